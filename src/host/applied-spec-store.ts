import { join } from 'node:path';
import { parseJson } from '../model/document.ts';
import type { SpecSource } from '../model/spec-source.ts';
import { readOwnFile } from './read-own-file.ts';
import { removeFile, replaceFile } from './replace-file.ts';
import { readSpecSource } from './spec-source-document.ts';

/** The text of the spec that holds in one network namespace, in `applied-spec.json`: what a rollback goes back to. */
export interface AppliedSpecStore {
  /** The spec of that digest; null where its text is not known, or cannot be read. */
  read(digest: string | null): Promise<SpecSource | null>;
  /** On disk when it returns; null: nobody knows the text of what holds. */
  write(source: SpecSource | null): Promise<void>;
}

export function openAppliedSpecStore({ directory }: { readonly directory: string }): AppliedSpecStore {
  const path = join(directory, 'applied-spec.json');
  const stored = async () => readStored(await readOwnFile(path, 'applied spec'));
  return {
    read: async (digest) => {
      const source = await stored();
      return source?.digest === digest ? source : null;
    },
    write: async (source) => {
      if (source === null) return removeFile(path);
      if ((await stored())?.digest === source.digest) return;
      await replaceFile(path, `${JSON.stringify(source, null, 2)}\n`);
    },
  };
}

function readStored(text: string | null): SpecSource | null {
  if (text === null) return null;
  try {
    return readSpecSource(parseJson(text));
  } catch {
    return null;
  }
}
