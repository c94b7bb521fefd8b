import type { Override } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';

/** The list as one document: what `overrides -o json` prints. */
export function overridesDocument(overrides: readonly Override[]): object {
  return { format_version: '1.0', kind: 'lvsctl.overrides', overrides: overrides.map(overrideDocument) };
}

/** One of them, with the target as people write it and the times in ISO 8601. */
export function overrideDocument({ target, createdAt, expiresAt, ...override }: Override): object {
  return {
    ...override,
    target: formatTarget(target),
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
