import type { Override } from '../model/override.ts';
import type { HeldServer, ServingLeft } from './held-servers.ts';
import type { Hazard, Notice } from './plan.ts';

/** What a decision did to the real servers it is about. */
export interface HandEffect {
  readonly servers: readonly HeldServer[];
  /** Of each service it is about. */
  readonly left: readonly ServingLeft[];
  /** What of it the kernel does not show, a sentence each: the next apply, or watch, tries again. */
  readonly problems: readonly string[];
  readonly notices: readonly Notice[];
  /** Guards that were told that it is meant. */
  readonly hazards: readonly Hazard[];
  /** Other overrides that have the say over some of the servers now. */
  readonly ruledBy: readonly Override[];
  /** Services of keepalived that have such servers: untouched. */
  readonly theirs: readonly string[];
}

export interface RefusedByGuards {
  readonly kind: 'refused';
  readonly hazards: readonly Hazard[];
}

export interface Decided extends HandEffect {
  readonly kind: 'set';
  readonly override: Override;
  /** The one of the same target that it took the place of. */
  readonly replaced: Override | null;
  /** False: it stood already, and was only carried out again. */
  readonly isNew: boolean;
}

export interface Ended extends HandEffect {
  readonly kind: 'ended';
  readonly override: Override;
}

export type SetOutcome = Decided | RefusedByGuards;

/** `nothing`: there is nothing to end, and `message` says so. */
export type EndOutcome = Ended | RefusedByGuards | { readonly kind: 'nothing'; readonly message: string };

/** How far it is; null: the override does not stand any more. */
export type FollowOutcome = Pick<HandEffect, 'servers' | 'problems'> | null;
