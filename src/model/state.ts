import type { Maintenance } from './maintenance.ts';

/** A server that left the spec and still serves what it has. Journaled before its weight becomes 0. */
export interface DrainIntent {
  /** `serviceKey` of the service. */
  readonly service: string;
  /** `serverKey` of the real server. */
  readonly server: string;
  /** Epoch milliseconds: wall clock, since a drain outlives the process, and a reboot. */
  readonly startedAt: number;
  /** How long it may wait for its active connections, at most. */
  readonly drainSeconds: number;
  /** The weight before the drain, which cancelling it restores. */
  readonly weight: number;
}

/** A service that lvsctl wrote, and therefore may change and remove. */
export interface OwnedService {
  /** `serviceKey` of the service. */
  readonly key: string;
  /** Its name in the spec that was applied last. */
  readonly name: string;
  /** Names of its real servers, by `serverKey`: one that left the spec is still called what people call it. */
  readonly servers?: Readonly<Record<string, string>>;
  /** The pool they come from, if they do: what was decided about a pool holds in a rollback too. */
  readonly pool?: string;
}

/** A keepalived.conf that was put into its place, until keepalived was seen to have it. */
export interface PendingConf {
  /** SHA-256 of its text, in hex. */
  readonly digest: string;
  /** Keys of services that leave keepalived with it, and whose kernel entries are to stay. */
  readonly handedOver: readonly string[];
}

/** What lvsctl knows about one network namespace beyond what the kernel's table says. */
export interface State {
  readonly owned: readonly OwnedService[];
  readonly drains: readonly DrainIntent[];
  /** `generation` of the applied spec. */
  readonly generation: number | null;
  /** Commit time of the applied spec in git, epoch seconds. */
  readonly specTime: number | null;
  /** Digest of the spec that was applied whole last. */
  readonly specDigest: string | null;
  /** Digest of the one that somebody began to apply last, whether or not it came to an end. */
  readonly attemptedSpec: string | null;
  /** Digest of the one that was rolled back from: it comes back only when somebody says that it is meant. */
  readonly rejectedSpec: string | null;
  /** Epoch milliseconds. */
  readonly appliedAt: number | null;
  readonly pendingConf: PendingConf | null;
  /** Null: this director takes its part. */
  readonly maintenance: Maintenance | null;
}

/** Nothing was ever applied here. */
export const emptyState: State = {
  owned: [],
  drains: [],
  generation: null,
  specTime: null,
  specDigest: null,
  attemptedSpec: null,
  rejectedSpec: null,
  appliedAt: null,
  pendingConf: null,
  maintenance: null,
};
