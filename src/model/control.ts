import {
  checkVersion,
  DocumentError,
  type Fields,
  parseJson,
  readCount,
  readList,
  readRecord,
  readText,
} from './document.ts';

/** Of the language that verbs speak with the daemon: JSON, one line for a request and one for its answer. */
const VERSION = 1;

/** Why a request was not done, in the words and with the exit code that the verb ends with. */
export interface ControlProblem {
  readonly message: string;
  readonly hints: readonly string[];
  readonly exitCode: number;
}

export function formatRequest(request: string, body: object): string {
  return line({ request, body });
}

export function readRequest(text: string): { readonly request: string; readonly body: Fields } {
  const fields = readRecord(parseJson(text), 'the request');
  checkVersion(fields, VERSION);
  return { request: readText(fields, 'request'), body: readRecord(fields.body ?? {}, '"body"') };
}

export function formatAnswer(answer: unknown): string {
  return line({ answer });
}

export function formatProblem(problem: ControlProblem): string {
  return line({ problem });
}

/** The answer is as the daemon of the same version made it: the socket is its own. */
export function readAnswer(text: string): { readonly answer: unknown } | { readonly problem: ControlProblem } {
  const fields = readRecord(parseJson(text), 'the answer');
  checkVersion(fields, VERSION);
  return 'problem' in fields ? { problem: readProblem(fields.problem) } : { answer: fields.answer };
}

function readProblem(value: unknown): ControlProblem {
  const fields = readRecord(value, '"problem"');
  const hints = readList(fields, 'hints');
  if (!hints.every((hint) => typeof hint === 'string')) throw new DocumentError('a hint is not a text');
  return { message: readText(fields, 'message'), hints, exitCode: readCount(fields, 'exitCode') };
}

function line(document: object): string {
  return `${JSON.stringify({ version: VERSION, ...document })}\n`;
}
