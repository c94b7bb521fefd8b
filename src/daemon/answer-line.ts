import { EXIT, OperationError } from '../errors.ts';
import type { Caller } from '../host/control-server.ts';
import { type ControlProblem, formatAnswer, formatProblem, readRequest } from '../model/control.ts';
import { DocumentError, type Fields } from '../model/document.ts';
import type { ControlDesk, Conversations } from './control.ts';
import { REQUESTS } from './requests.ts';

/** One request in, its answer out, a line each. What is no request, and what fails, is told and breaks nothing. */
export async function answerLine(
  line: string,
  { desk, caller, fault }: { desk: ControlDesk; caller: Caller; fault: (error: unknown) => void },
): Promise<string> {
  try {
    const { request, body } = readRequest(line);
    if (!isRequest(request)) throw unknown(request);
    return formatAnswer(await answer(request, body, { desk, caller }));
  } catch (error) {
    if (error instanceof OperationError) return formatProblem(problemOf(error));
    if (error instanceof DocumentError) return cutOffLine(`The request cannot be read: ${error.message}`);
    fault(error);
    return formatProblem({
      message: 'The daemon has a fault of its own: see its log',
      hints: [],
      exitCode: EXIT.failed,
    });
  }
}

function problemOf({ message, hints, exitCode }: OperationError): ControlProblem {
  return { message, hints, exitCode };
}

/** Why nobody goes on reading, as a line. */
export function cutOffLine(message: string): string {
  const problem: ControlProblem = { message, hints: [], exitCode: EXIT.usage };
  return formatProblem(problem);
}

function isRequest(name: string): name is keyof Conversations {
  return Object.hasOwn(REQUESTS, name);
}

async function answer<Name extends keyof Conversations>(
  name: Name,
  body: Fields,
  { desk, caller }: { desk: ControlDesk; caller: Caller },
): Promise<Conversations[Name]['answer']> {
  const request = REQUESTS[name];
  return request.answer(request.read(body), desk, caller);
}

function unknown(name: string): OperationError {
  return new OperationError(`There is no request "${name}"`, {
    exitCode: EXIT.usage,
    hints: [`There is: ${Object.keys(REQUESTS).join(', ')}`],
  });
}
