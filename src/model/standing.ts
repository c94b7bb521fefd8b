import type { Desired, DesiredServer, DesiredService } from './desired.ts';

/** Why a real server has the weight it has now, or is not in the table. Times are epoch milliseconds. */
export type Standing =
  /** As the spec has it. */
  | { readonly kind: 'in' }
  /** Nobody knows yet: it stays as the kernel has it until the first verdict. */
  | { readonly kind: 'held' }
  | { readonly kind: 'failed'; readonly since: number; readonly detail: string }
  /** It failed, and is kept all the same, since too little would be left. */
  | { readonly kind: 'kept'; readonly since: number; readonly detail: string }
  /** The sorry server serves in its place. */
  | { readonly kind: 'aside' }
  /** It was well again a short while ago; a share of its weight, 0..1. */
  | { readonly kind: 'ramping'; readonly share: number }
  /** Its check says which weight it is to have. */
  | { readonly kind: 'weighed'; readonly detail: string };

/** A real server with the weight it is to have now. */
export interface ServingServer extends DesiredServer {
  readonly standing: Standing;
}

/** A service as it is to be in the kernel now. */
export interface ServingService extends DesiredService {
  readonly servers: readonly ServingServer[];
  /** Real servers of the spec that are not to be there now. */
  readonly withdrawn: readonly ServingServer[];
  /** Too little of it is well: the sorry server serves, where there is one. */
  readonly isBelowQuorum: boolean;
}

/** What the kernel is to hold now, where `Desired` is what the spec says. */
export interface Serving extends Desired {
  readonly services: readonly ServingService[];
  /** When it changes by itself next (a slow start goes on), in epoch milliseconds; null: not before a verdict does. */
  readonly nextAt: number | null;
}
