/**
 * How much a reload costs. `note`: worth knowing. `disruptive`: connections, VIPs or the duty to answer may be lost, so
 * it wants a word of its own.
 */
export type ImpactLevel = 'note' | 'disruptive';

/** One thing that a reload of keepalived does, beside taking over the new values. */
export interface Impact {
  readonly level: ImpactLevel;
  readonly kind: string;
  /** What people call the thing: an instance, a VIP, a service, a real server. */
  readonly subject: string;
  readonly message: string;
  /** The way out, where there is one. */
  readonly hint?: string;
}

/** keepalived.conf of this director, as it is and as it is to be. */
export interface ConfChange {
  readonly director: string;
  readonly path: string;
  /**
   * `create`: there is no file. `update`: it means something else. `comments`: it means the same, so keepalived need not
   * hear of it. `reload`: it is as wanted, but whoever wrote it did not live to see it loaded. `remove`: there was no file,
   * which only a rollback wants; `after` is empty then.
   */
  readonly action: 'create' | 'update' | 'comments' | 'reload' | 'remove';
  readonly before: string | null;
  readonly after: string;
  /** Somebody else wrote what is there. */
  readonly isForeign: boolean;
  readonly impacts: readonly Impact[];
  /** Keys of services that leave the file for lvsctl: their kernel entries are to stay when keepalived lets go of them. */
  readonly handedOver: readonly string[];
}
