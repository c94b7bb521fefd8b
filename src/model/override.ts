/** What an operator decided by hand. It stands above the spec and the checks until it ends. */
export interface Override {
  /** Short and never given out twice, such as `o3`: what messages and `undrain` may name. */
  readonly id: string;
  readonly target: OverrideTarget;
  readonly action: OverrideAction;
  /** Why; null only where it is about a single server. */
  readonly reason: string | null;
  /** Who: the login name, under sudo the one behind it. */
  readonly author: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds; null: until somebody ends it. */
  readonly expiresAt: number | null;
}

/** Whom it is about, in the spec's names; an address is meant in every service that has it. */
export type OverrideTarget =
  | { readonly kind: 'server'; readonly service: string; readonly server: string }
  | { readonly kind: 'pool'; readonly pool: string }
  | { readonly kind: 'address'; readonly address: string };

/** `drain`: weight 0, established connections go on. `disable`: out of the table. `weight`: that one, or a share of the spec's. */
export type OverrideAction =
  | { readonly kind: 'drain' }
  | { readonly kind: 'disable' }
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'share'; readonly percent: number };

/** All overrides of one network namespace, in the order in which they were made. */
export interface Overrides {
  /** How many ids were given out. */
  readonly issued: number;
  readonly list: readonly Override[];
}

/** Nobody ever decided anything here. */
export const noOverrides: Overrides = { issued: 0, list: [] };

/** Those that stand at a time, in epoch milliseconds; one whose time is over does nothing. */
export function standingAt(now: number, overrides: readonly Override[]): readonly Override[] {
  return overrides.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}
