import { DocumentError, type Fields, readCount, readNullable, readRecord, readText, readWhole } from './document.ts';
import type { Override, OverrideAction, OverrideTarget } from './override.ts';
import { formatTarget, parseTarget } from './override-target.ts';
import { MAX_WEIGHT } from './table.ts';

/** One override as stored, or as sent. Targets are written as people write them: `web/web-1`. */
export function readOverride(value: unknown): Override {
  const fields = readRecord(value, 'an override');
  return {
    id: readText(fields, 'id'),
    target: readTarget(fields, 'target'),
    action: readAction(fields, 'action'),
    reason: readNullable(fields, 'reason', readText),
    author: readText(fields, 'author'),
    createdAt: readCount(fields, 'createdAt'),
    expiresAt: readNullable(fields, 'expiresAt', readCount),
  };
}

export function writeOverride(override: Override): object {
  return { ...override, target: formatTarget(override.target) };
}

export function readTarget(fields: Fields, key: string): OverrideTarget {
  const target = parseTarget(readText(fields, key));
  if (target !== undefined) return target;
  throw new DocumentError(`"${key}" is neither SERVICE/SERVER nor pool:NAME nor address:IP`);
}

export function readAction(fields: Fields, key: string): OverrideAction {
  const action = readRecord(fields[key], `"${key}"`);
  switch (action.kind) {
    case 'drain':
    case 'disable':
      return { kind: action.kind };
    case 'weight':
      return { kind: 'weight', weight: readWhole(action, 'weight', MAX_WEIGHT) };
    case 'share':
      return { kind: 'share', percent: readPercent(action) };
    default:
      throw new DocumentError(`"${key}" is none of drain, disable, weight and share`);
  }
}

function readPercent(action: Fields): number {
  const percent = readCount(action, 'percent');
  if (percent <= 100) return percent;
  throw new DocumentError('"percent" is more than 100');
}
