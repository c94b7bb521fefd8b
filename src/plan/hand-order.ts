import type { OverrideAction, OverrideTarget } from '../model/override.ts';
import { formatTarget, parseTarget } from '../model/override-target.ts';
import type { Permissions } from './guard.ts';

/** What somebody said is meant, although a guard would stop it. */
export type HandPermissions = Pick<Permissions, 'maxRemove' | 'empty'>;

/** An operator's decision, not carried out yet. */
export interface HandOrder {
  readonly target: OverrideTarget;
  readonly action: OverrideAction;
  readonly reason: string | null;
  readonly author: string;
  /** How long it is to hold; null: until somebody ends it. */
  readonly ttlSeconds: number | null;
  /** How long a server that is disabled may drain; null: as its service says. */
  readonly drainSeconds: number | null;
  readonly permissions: HandPermissions;
}

/** Which override is to end: that of a target, or the one with an id. */
export type EndSubject = OverrideTarget | { readonly kind: 'id'; readonly id: string };

export interface EndOrder {
  readonly subject: EndSubject;
  /** `enable` ends what `disable` began, `undrain` everything else. */
  readonly verb: 'undrain' | 'enable';
  readonly permissions: HandPermissions;
}

/** `o3`, or a target; undefined for anything else. */
export function parseSubject(text: string): EndSubject | undefined {
  return /^o\d+$/.test(text) ? { kind: 'id', id: text } : parseTarget(text);
}

export function formatSubject(subject: EndSubject): string {
  return subject.kind === 'id' ? subject.id : formatTarget(subject);
}
