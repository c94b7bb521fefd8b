import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** keepalived.conf is there, and somebody else wrote it: what it says is lost when ours takes its place. */
export function foreignConf({ conf, permissions }: GuardInput): Hazard[] {
  if (!conf?.isForeign) return [];
  return [
    {
      guard: 'foreign-conf',
      subject: conf.path,
      message: 'was not written by lvsctl, and all that only it says would be lost',
      override: '--adopt keepalived.conf',
      origin: null,
      allowed: permissions.adopt === 'all' || permissions.adopt.includes('keepalived.conf'),
    },
  ];
}
