import { readList, readWhole } from '../model/document.ts';
import type { Overrides } from '../model/override.ts';
import { readOverride, writeOverride } from '../model/override-fields.ts';
import type { Form } from '../model/stored-document.ts';

/** Read strictly: half of them would give drained servers their weight back. */
export const OVERRIDES_FORM: Form<Overrides> = {
  version: 1,
  read: (fields) => ({
    issued: readWhole(fields, 'issued', Number.MAX_SAFE_INTEGER),
    list: readList(fields, 'overrides').map(readOverride),
  }),
  write: ({ issued, list }) => ({ issued, overrides: list.map(writeOverride) }),
};
