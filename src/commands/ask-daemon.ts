import type { Conversations } from '../daemon/control.ts';
import { REQUESTS } from '../daemon/requests.ts';
import { EXIT, OperationError } from '../errors.ts';
import { askSocket } from '../host/control-client.ts';
import { formatRequest, readAnswer } from '../model/control.ts';
import { DocumentError } from '../model/document.ts';
import type { Context } from './context.ts';
import { controlPath, otherControlPath } from './control-path.ts';

/** A turn under way, and the calls of ipvsadm in it, may take their time. */
const ANSWER_SECONDS = 120;

type Question<Name extends keyof Conversations> = {
  readonly request: Name;
  readonly body: Conversations[Name]['body'];
  readonly timeoutSeconds?: number;
};

/** Asks the daemon of a network namespace; null where there is none. What it refuses is thrown as if done here. */
export async function askDaemon<Name extends keyof Conversations>(
  context: Context,
  { netns }: { netns?: string | undefined },
  { request, body, timeoutSeconds = ANSWER_SECONDS }: Question<Name>,
): Promise<{ readonly answer: Conversations[Name]['answer'] } | null> {
  const question = { line: formatRequest(request, REQUESTS[request].write(body)), timeoutSeconds };
  const other = otherControlPath(context, netns);
  const text =
    (await askSocket(controlPath(context, netns).path, question)) ??
    (other === null ? null : await askSocket(other, question));
  if (text === null) return null;
  const read = readWords(text);
  if (!('problem' in read)) return { answer: read.answer as Conversations[Name]['answer'] };
  const { message, hints, exitCode } = read.problem;
  throw new OperationError(message, {
    hints,
    exitCode: Object.values(EXIT).find((code) => code === exitCode) ?? EXIT.failed,
  });
}

function readWords(text: string): ReturnType<typeof readAnswer> {
  try {
    return readAnswer(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new OperationError(`The daemon's answer cannot be read: ${error.message}`, {
      hints: ['It may be of another version: restart it.'],
    });
  }
}
