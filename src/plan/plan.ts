import type { Change } from '../diff/change.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { UnreadRow } from '../model/live.ts';
import type { Origin } from '../model/origin.ts';
import type { Override } from '../model/override.ts';
import type { Standing } from '../model/standing.ts';
import type { OwnedService } from '../model/state.ts';
import type {
  RealServer,
  ServerAddress,
  ServiceAddress,
  ServiceAttributes,
  SyncDaemon,
  Timeouts,
  VirtualService,
} from '../model/table.ts';

/** One call of ipvsadm. Carries everything the call needs, since `-E` and `-e` reset what they are not told. */
export type Operation =
  | { readonly op: 'add-service'; readonly service: ServiceAddress; readonly attributes: ServiceAttributes }
  | { readonly op: 'edit-service'; readonly service: ServiceAddress; readonly attributes: ServiceAttributes }
  | { readonly op: 'delete-service'; readonly service: ServiceAddress }
  | { readonly op: 'add-server'; readonly service: ServiceAddress; readonly server: RealServer }
  | { readonly op: 'edit-server'; readonly service: ServiceAddress; readonly server: RealServer }
  | { readonly op: 'delete-server'; readonly service: ServiceAddress; readonly server: ServerAddress }
  | { readonly op: 'set-timeouts'; readonly timeouts: Partial<Timeouts> }
  | { readonly op: 'start-daemon'; readonly daemon: SyncDaemon }
  | { readonly op: 'stop-daemon'; readonly role: SyncDaemon['role']; readonly syncId: number };

/** The six phases of the ordering law (plan/order.ts). */
export type Phase = 1 | 2 | 3 | 4 | 5 | 6;

/** One operation at its place in a plan. */
export interface Step {
  readonly phase: Phase;
  readonly operation: Operation;
  /** What people call it: `web-https`, `web-https/web-3`. */
  readonly label: string;
  readonly origin: Origin | null;
}

/** How a change is carried out in this round. `none`: nothing to run now. */
export type Manner = 'now' | 'quiesce' | 'wait' | 'remove';

/** A change with what this plan does about it. */
export interface PlannedChange {
  readonly change: Change;
  /** `web-https`, `web-https/web-3`, or the key where nobody gave a name. */
  readonly label: string;
  readonly manner: Manner;
  /** Of a leaving server or service: what is still open there; null where a saved listing does not tell. */
  readonly active: number | null;
  /** Of a leaving server: entries of closed connections that are waited for too (plan/drain.ts). */
  readonly closing: number;
  /** Of a leaving server: how long it may still wait, in seconds; null where it does not. */
  readonly drainSeconds: number | null;
  readonly approval: Approval;
  /** What the checks of a real server have to do with it; null: nothing, it is the spec's. */
  readonly cause: Standing | null;
}

/** How much trust a change needs. Each class holds the ones before it. */
export type Approval = 'none' | 'additive' | 'safe' | 'all';

export type GuardName =
  | 'empty-spec'
  | 'empty-service'
  | 'max-remove'
  | 'max-remove-services'
  | 'vip-not-held'
  | 'takeover'
  | 'older-spec'
  | 'rejected-spec'
  | 'foreign-conf'
  | 'disruptive-reload';

/** A reason to stop and ask. The plan holds it as data; whether it stops the plan is `allowed`. */
export interface Hazard {
  readonly guard: GuardName;
  /** What people call the thing in danger. */
  readonly subject: string;
  /** What was seen, against which limit. */
  readonly message: string;
  /** The option that says it is meant, ready to type. */
  readonly override: string;
  readonly origin: Origin | null;
  readonly allowed: boolean;
}

/** Something to know before approving, that stops nothing. */
export interface Notice {
  readonly kind:
    | 'hash-order'
    | 'hash-drain'
    | 'persistence-drain'
    | 'netmask-change'
    | 'cannot-drain'
    | 'keepalived-drift'
    | 'override-idle'
    | 'maintenance';
  readonly subject: string;
  readonly message: string;
}

/** A real server that checks have a say about just now, and which. */
export interface ServerStanding {
  /** `serviceKey` and `serverKey`. */
  readonly service: string;
  readonly server: string;
  /** `web-https/web-3` */
  readonly label: string;
  readonly standing: Standing;
}

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** In the order of the law (plan/order.ts): what runs now. A leaving server's deletion follows in a later plan. */
  readonly steps: readonly Step[];
  readonly hazards: readonly Hazard[];
  readonly notices: readonly Notice[];
  /** What operators decided and still holds, in the order in which they did. */
  readonly overrides: readonly Override[];
  /** Real servers that are not as the spec has them, because of their checks. */
  readonly standings: readonly ServerStanding[];
  /** Names of services of which too little is well. */
  readonly belowQuorum: readonly string[];
  /** What becomes of keepalived.conf; null: nothing, or it was not looked at. */
  readonly conf: ConfChange | null;
  /** Live services that are not ours: listed, never touched. */
  readonly kept: readonly VirtualService[];
  readonly unread: readonly UnreadRow[];
  /** Live services of the spec that become ours with this plan. */
  readonly adopted: readonly OwnedService[];
  /** Services of ours that the spec gave to keepalived: kept, and not ours any more with this plan. */
  readonly released: readonly OwnedService[];
  readonly summary: { readonly services: Counts; readonly servers: Counts; readonly unchangedServices: number };
  /** The highest class among the changes and the overridden guards. */
  readonly approval: Approval;
  /** Fingerprint of the changes: of managed fields only, never of counters. `sha256:` and 64 hex digits. */
  readonly digest: string;
}
