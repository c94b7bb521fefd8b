import { type Fields, readCount, readFlag, readList, readNullable, readRecord, readText } from '../model/document.ts';
import type { SpecRevision, SpecSource, SpecText } from '../model/spec-source.ts';

/** A stored spec: half of its files would be another spec. */
export function readSpecSource(value: unknown): SpecSource {
  const fields = readRecord(value, 'a spec');
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
