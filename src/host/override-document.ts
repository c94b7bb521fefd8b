import { checkVersion, parseJson, readList, readRecord, readWhole } from '../model/document.ts';
import type { Overrides } from '../model/override.ts';
import { readOverride, writeOverride } from '../model/override-fields.ts';

const VERSION = 1;

export function formatOverrides({ issued, list }: Overrides): string {
  return `${JSON.stringify({ version: VERSION, issued, overrides: list.map(writeOverride) }, null, 2)}\n`;
}

/** Reads them strictly: half of them would give drained servers their weight back. */
export function parseOverrides(text: string): Overrides {
  return readOverrides(parseJson(text));
}

/** The same from a value that is already parsed, such as a part of a snapshot. */
export function readOverrides(value: unknown): Overrides {
  const fields = readRecord(value, 'the document');
  checkVersion(fields, VERSION);
  return {
    issued: readWhole(fields, 'issued', Number.MAX_SAFE_INTEGER),
    list: readList(fields, 'overrides').map(readOverride),
  };
}
