import type { DesiredServer } from './desired.ts';

/** Commands by the change of health that they run at. */
export interface ServiceNotify {
  readonly up?: string | undefined;
  readonly down?: string | undefined;
  readonly quorumUp?: string | undefined;
  readonly quorumDown?: string | undefined;
  /** `user` or `user group`. */
  readonly user?: string | undefined;
}

/** What a service does as its real servers fail and come back. */
export interface Availability {
  /** Total weight of healthy real servers that it needs. */
  readonly quorum: number;
  readonly hysteresis: number;
  readonly sorryServer: DesiredServer | null;
  /** Real servers count as failed until their first success. */
  readonly alpha: boolean;
  /** Commands for down run when keepalived stops. */
  readonly omega: boolean;
  readonly notify: ServiceNotify;
  /** Null: the last real servers stay, unless a sorry server stands by. */
  readonly minCapacity: MinCapacity | null;
  readonly slowStart: SlowStart | null;
  /** Names of services. */
  readonly dependsOn: readonly string[];
}

/** How much of the pool's weight stays in rotation, whatever its checks say. */
export interface MinCapacity {
  /** 0..1 */
  readonly share: number;
  /** Of what: of the weight that nobody took out by hand, or of all that the spec has. */
  readonly of: 'enabled' | 'all';
}

/** A real server that is well again gets its weight over this time, in equal steps. */
export interface SlowStart {
  readonly seconds: number;
  readonly steps: number;
}

/** That of a service about which nothing was said. */
export const PLAIN_AVAILABILITY: Availability = {
  quorum: 1,
  hysteresis: 0,
  sorryServer: null,
  alpha: false,
  omega: false,
  notify: {},
  minCapacity: null,
  slowStart: null,
  dependsOn: [],
};
