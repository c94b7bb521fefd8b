import { type Fields, readCount, readFlag, readOptional, readRecord } from '../../model/document.ts';
import type { HandPermissions } from '../../plan/hand-order.ts';

/** What is not said is not allowed. */
export function readPermissions(fields: Fields): HandPermissions {
  const said = readRecord(fields.permissions ?? {}, '"permissions"');
  return {
    maxRemove: readOptional(said, 'maxRemove', readCount),
    empty: readOptional(said, 'empty', readFlag) ?? false,
  };
}
