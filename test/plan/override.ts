import assert from 'node:assert/strict';
import type { Override, OverrideAction } from '../../src/model/override.ts';
import { parseTarget } from '../../src/model/override-target.ts';

/** An override as short as a test can say it: `override('service-1/rs-2', { kind: 'drain' })`. */
export function override(target: string, action: OverrideAction, rest: Partial<Override> = {}): Override {
  const parsed = parseTarget(target);
  assert.ok(parsed, `"${target}" is no target`);
  const said = { id: 'o1', reason: null, author: 'alice', createdAt: 0, expiresAt: null };
  return { ...said, target: parsed, action, ...rest };
}

export const DRAIN: OverrideAction = { kind: 'drain' };
export const DISABLE: OverrideAction = { kind: 'disable' };
