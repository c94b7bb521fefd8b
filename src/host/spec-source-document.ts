import { type Fields, readCount, readFlag, readList, readNullable, readRecord, readText } from '../model/document.ts';
import type { SpecRevision, SpecSource, SpecText } from '../model/spec-source.ts';
import type { Form } from '../model/stored-document.ts';

/** A spec in a file of its own. */
export const SPEC_FORM: Form<SpecSource> = {
  version: 1,
  isVersionNew: true,
  read: readSpecSource,
  write: (source) => source,
};

/** Half of its files would be another spec. */
export function readSpecSource(fields: Fields): SpecSource {
  return {
    files: readList(fields, 'files').map(readFile),
    digest: readText(fields, 'digest'),
    revision: readNullable(fields, 'revision', readRevision),
  };
}

function readFile(value: unknown): SpecText {
  const fields = readRecord(value, 'a file of a spec');
  return { name: readText(fields, 'name'), text: readText(fields, 'text') };
}

export function readRevision(fields: Fields, key: string): SpecRevision {
  const revision = readRecord(fields[key], `"${key}"`);
  return {
    commit: readText(revision, 'commit'),
    time: readCount(revision, 'time'),
    dirty: readFlag(revision, 'dirty'),
  };
}
