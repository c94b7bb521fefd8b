import {
  DocumentError,
  type Fields,
  parseJson,
  readCount,
  readList,
  readNullable,
  readRecord,
  readText,
} from '../model/document.ts';
import { HISTORY_RESULTS, HISTORY_VERBS, type HistoryEntry, type HistoryStep } from '../model/history.ts';
import { readRevision } from './spec-source-document.ts';

/** One line, without its end. Times are written as people read them. */
export function formatHistoryEntry({ at, ...entry }: HistoryEntry): string {
  return JSON.stringify({ time: new Date(at).toISOString(), ...entry });
}

/** Undefined for half a line, and for one that another version wrote. */
export function parseHistoryEntry(line: string): HistoryEntry | undefined {
  try {
    return readEntry(readRecord(parseJson(line), 'an entry'));
  } catch {
    return undefined;
  }
}

function readEntry(fields: Fields): HistoryEntry {
  const counts = readRecord(fields.counts, '"counts"');
  return {
    at: readTime(fields),
    author: readText(fields, 'author'),
    verb: readWord(fields, 'verb', HISTORY_VERBS),
    spec: readNullable(fields, 'spec', readSpec),
    snapshot: readNullable(fields, 'snapshot', readText),
    counts: {
      done: readCount(counts, 'done'),
      failed: readCount(counts, 'failed'),
      skipped: readCount(counts, 'skipped'),
    },
    steps: readList(fields, 'steps').map(readStep),
    conf: readNullable(fields, 'conf', readConf),
    result: readWord(fields, 'result', HISTORY_RESULTS),
    problem: readText(fields, 'problem'),
  };
}

function readTime(fields: Fields): number {
  const at = Date.parse(readText(fields, 'time'));
  if (Number.isFinite(at)) return at;
  throw new DocumentError('"time" is not a time');
}

function readSpec(fields: Fields, key: string): HistoryEntry['spec'] {
  const spec = readRecord(fields[key], `"${key}"`);
  return { digest: readText(spec, 'digest'), revision: readNullable(spec, 'revision', readRevision) };
}

function readConf(fields: Fields, key: string): HistoryEntry['conf'] {
  const conf = readRecord(fields[key], `"${key}"`);
  return { action: readText(conf, 'action'), result: readText(conf, 'result') };
}

function readStep(value: unknown): HistoryStep {
  const step = readRecord(value, 'a step');
  return {
    text: readText(step, 'text'),
    result: readWord(step, 'result', ['done', 'failed', 'skipped'] as const),
    message: readText(step, 'message'),
  };
}

function readWord<W extends string>(fields: Fields, key: string, words: readonly W[]): W {
  const word = words.find((one) => one === fields[key]);
  if (word !== undefined) return word;
  throw new DocumentError(`"${key}" is none of ${words.join(', ')}`);
}
