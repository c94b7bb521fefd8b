import { DocumentError, type Fields, parseJson, readRecord } from './document.ts';

/** How one kind of document of ours is read and written. */
export interface Form<T> {
  /** Goes up when a word that an older lvsctl knows means something else, or a list of words gets another one. */
  readonly version: number;
  /** Documents of the first days have no version. */
  readonly isVersionNew?: boolean;
  /** Strictly; throws a DocumentError. */
  readonly read: (fields: Fields) => T;
  /** Its fields, without the version. */
  readonly write: (value: T) => object;
}

/** Why a document that is whole is not ours to go by, nor to write over: a newer lvsctl says more in it than we understand. */
export class NewerDocument extends Error {
  override readonly name = 'NewerDocument';
}

/** Nothing is written that could not be read again, nor more than is read. */
export function formatDocument<T>(value: T, form: Form<T>): string {
  const known = form.read(readRecord(fieldsOf(value, form), 'the document'));
  return `${JSON.stringify(fieldsOf(known, form), null, 2)}\n`;
}

export function parseDocument<T>(text: string, form: Form<T>): T {
  return readDocument(parseJson(text), form);
}

/** The same from a value that is already parsed, such as a part of another document. */
export function readDocument<T>(document: unknown, form: Form<T>): T {
  const fields = readRecord(document, 'the document');
  checkStoredVersion(fields, form);
  const value = form.read(fields);
  // Half an understanding would be worse than none: an override with a condition would become one without.
  const lost = lostIn(fields, fieldsOf(value, form));
  if (lost !== null) throw new NewerDocument(`it has "${lost}", which this lvsctl does not know`);
  return value;
}

export function fieldsOf<T>(value: T, form: Form<T>): object {
  return { version: form.version, ...form.write(value) };
}

function checkStoredVersion({ version }: Fields, form: Pick<Form<never>, 'version' | 'isVersionNew'>): void {
  if (version === form.version || (version === undefined && form.isVersionNew)) return;
  const reason = `its version is ${JSON.stringify(version)}, this lvsctl reads ${form.version}`;
  throw typeof version === 'number' && version > form.version ? new NewerDocument(reason) : new DocumentError(reason);
}

/** What would be gone if `after` were written in the place of `before`; null says nothing, so that it is no loss. */
function lostIn(before: unknown, after: unknown, path = ''): string | null {
  if (!isContainer(before) || !isContainer(after)) return null;
  for (const [key, value] of Object.entries(before)) {
    const place = path === '' ? key : `${path}.${key}`;
    if (value === null) continue;
    const lost = key in after ? lostIn(value, after[key], place) : place;
    if (lost !== null) return lost;
  }
  return null;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
