import type { Origin } from '../model/origin.ts';
import type {
  RealServer,
  ServerAddress,
  ServiceAddress,
  ServiceAttributes,
  SyncDaemon,
  Timeouts,
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
