import { OperationError } from '../errors.ts';
import { type Form, NewerDocument, parseDocument } from '../model/stored-document.ts';
import { readOwnFile } from './read-own-file.ts';

/** A file of ours in which a document is kept. */
export interface DocumentFile<T> {
  /** `state`. */
  readonly what: string;
  readonly path: string;
  readonly form: Form<T>;
  /** What happens without it, for whoever may want to remove it: `nothing is taken back by itself`. */
  readonly without: string;
}

export type DocumentLook<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'damaged'; readonly reason: string };

/** What is in it. One that a newer lvsctl wrote is no damage: it stays where it is, and nothing goes on without it. */
export async function lookAtDocument<T>(file: DocumentFile<T>): Promise<DocumentLook<T>> {
  const text = await readOwnFile(file.path, file.what);
  if (text === null) return { kind: 'absent' };
  try {
    return { kind: 'good', value: parseDocument(text, file.form) };
  } catch (error) {
    if (error instanceof NewerDocument) throw writtenByNewer(file, error);
    return { kind: 'damaged', reason: (error as Error).message };
  }
}

function writtenByNewer(
  { what, path, without }: Omit<DocumentFile<never>, 'form'>,
  cause: NewerDocument,
): OperationError {
  return new OperationError(`A newer lvsctl wrote the ${what} in ${path}: ${cause.message}`, {
    hints: [
      'Run that lvsctl again, or a newer one: what it knows is still there. This one goes no further, and changes nothing.',
      `To stay with this one, move the file away: then ${without}.`,
    ],
    cause,
  });
}
