import type { SyncDaemon, Timeouts, VirtualService } from './table.ts';

/** Open connections of one real server. Never part of the configuration, so of its own type. */
export interface ConnectionCount {
  readonly active: number;
  readonly inactive: number;
}

/** A row of a listing that we understand too little of to manage. Shown, never touched. */
export interface UnreadRow {
  readonly text: string;
  readonly reason: string;
}

/** The kernel's IPVS state as one consistent read found it. */
export interface LiveTable {
  /** Sorted by `sortServices`. */
  readonly services: readonly VirtualService[];
  /** By `serviceKey`, then `serverKey`. */
  readonly connections: ReadonlyMap<string, ReadonlyMap<string, ConnectionCount>>;
  readonly unread: readonly UnreadRow[];
  /** Null where a saved listing does not tell. */
  readonly timeouts: Timeouts | null;
  readonly syncDaemons: readonly SyncDaemon[] | null;
}

/** Per-second rates of a service or a real server (`ipvsadm -Ln --rate --exact`). */
export interface Rate {
  readonly connections: number;
  readonly inPackets: number;
  readonly outPackets: number;
  readonly inBytes: number;
  readonly outBytes: number;
}

/** Rates by `serviceKey`, and under it by `serverKey`. */
export type Rates = ReadonlyMap<string, { readonly service: Rate; readonly servers: ReadonlyMap<string, Rate> }>;
