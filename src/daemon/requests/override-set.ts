import { readCount, readOptional, readText } from '../../model/document.ts';
import { readAction, readTarget } from '../../model/override-fields.ts';
import { formatTarget } from '../../model/override-target.ts';
import type { ControlRequest } from '../control.ts';
import { readPermissions } from './permissions.ts';

/** Decide this. */
export const overrideSet: ControlRequest<'override-set'> = {
  write: (order) => ({ ...order, target: formatTarget(order.target) }),
  read: (fields) => ({
    target: readTarget(fields, 'target'),
    action: readAction(fields, 'action'),
    reason: readOptional(fields, 'reason', readText),
    author: readText(fields, 'author'),
    ttlSeconds: readOptional(fields, 'ttlSeconds', readCount),
    drainSeconds: readOptional(fields, 'drainSeconds', readCount),
    permissions: readPermissions(fields),
  }),
  answer: (order, desk, caller) => desk.set(order, caller),
};
