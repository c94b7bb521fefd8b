import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import type { Lock } from '../host/lock.ts';
import type { Purpose } from './purpose.ts';
import type { Session } from './session.ts';

/** The right to write one table, for as long as a verb needs it. The lock is given up and taken again while it waits. */
export interface Writing {
  readonly session: Session;
  lock: Lock;
  readonly lockTimeout: number;
  /** Wait for draining servers, or leave them to the next apply. */
  readonly wait: boolean;
  readonly purpose: Purpose;
  /** Null: keepalived has no part in it. */
  readonly side: ConfKeeper | null;
}
