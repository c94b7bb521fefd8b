import { join } from 'node:path';
import type { SpecSource } from '../model/spec-source.ts';
import { formatDocument } from '../model/stored-document.ts';
import { type DocumentFile, lookAtDocument } from './look-at-document.ts';
import { removeFile, replaceFile } from './replace-file.ts';
import { SPEC_FORM } from './spec-source-document.ts';

/** The text of the spec that holds in one network namespace, in `applied-spec.json`: what a rollback goes back to. */
export interface AppliedSpecStore {
  /** The spec of that digest; null where its text is not known, or cannot be read. Fails where a newer lvsctl wrote it. */
  read(digest: string | null): Promise<SpecSource | null>;
  /** On disk when it returns; null: nobody knows the text of what holds. Fails likewise. */
  write(source: SpecSource | null): Promise<void>;
}

export function openAppliedSpecStore({ directory }: { readonly directory: string }): AppliedSpecStore {
  const file = appliedSpecFile(directory);
  const stored = async () => {
    const found = await lookAtDocument(file);
    return found.kind === 'good' ? found.value : null;
  };
  return {
    read: async (digest) => {
      const source = await stored();
      return source?.digest === digest ? source : null;
    },
    write: async (source) => {
      const former = await stored();
      if (source === null) return removeFile(file.path);
      if (former?.digest === source.digest) return;
      await replaceFile(file.path, formatDocument(source, SPEC_FORM));
    },
  };
}

export function appliedSpecFile(directory: string): DocumentFile<SpecSource> {
  const without = 'a rollback to what holds now goes by the table alone';
  return { what: 'applied spec', path: join(directory, 'applied-spec.json'), form: SPEC_FORM, without };
}
