import type { Caller } from '../host/control-server.ts';
import type { DaemonStatus } from '../model/daemon-status.ts';
import type { Fields } from '../model/document.ts';
import type { Override } from '../model/override.ts';
import type { Verdict } from '../model/verdict.ts';
import type { EndOrder, HandOrder } from '../plan/hand-order.ts';
import type { EndOutcome, FollowOutcome, SetOutcome } from '../plan/hand-outcome.ts';
import type { ToldEvents } from './event-ring.ts';
import type { ReloadEnd } from './reload-end.ts';

/** Everything that can be asked of the daemon: by its name, what is sent and what comes back. */
export interface Conversations {
  readonly ping: { readonly body: NoBody; readonly answer: Pick<DaemonStatus, 'pid' | 'version'> };
  readonly status: { readonly body: NoBody; readonly answer: DaemonStatus };
  readonly reload: { readonly body: { readonly wait: boolean }; readonly answer: ReloadEnd };
  readonly overrides: { readonly body: NoBody; readonly answer: readonly Override[] };
  readonly 'override-set': { readonly body: HandOrder; readonly answer: SetOutcome };
  readonly 'override-end': { readonly body: EndOrder; readonly answer: EndOutcome };
  readonly verdicts: { readonly body: NoBody; readonly answer: readonly (readonly [string, Verdict])[] | null };
  readonly events: { readonly body: { readonly after: number | null }; readonly answer: ToldEvents };
  readonly 'override-follow': { readonly body: { readonly id: string }; readonly answer: FollowOutcome };
}

export type NoBody = Readonly<Record<string, never>>;

/** How one of them is read and answered. */
export interface ControlRequest<Name extends keyof Conversations> {
  /** The body as it is sent. */
  write(body: Conversations[Name]['body']): object;
  /** Strictly; throws a DocumentError. */
  read(fields: Fields): Conversations[Name]['body'];
  answer(body: Conversations[Name]['body'], desk: ControlDesk, caller: Caller): Promise<Conversations[Name]['answer']>;
}

/** What the daemon does for those who ask. */
export interface ControlDesk {
  status(): DaemonStatus;
  /** Reads the spec now; told to wait, it answers when that was reconciled. */
  reload(wait: boolean): Promise<ReloadEnd>;
  overrides(): Promise<readonly Override[]>;
  set(order: HandOrder, caller: Caller): Promise<SetOutcome>;
  end(order: EndOrder, caller: Caller): Promise<EndOutcome>;
  follow(id: string): Promise<FollowOutcome>;
  /** By `checkKey`; null: nobody is checked yet. */
  verdicts(): readonly (readonly [string, Verdict])[] | null;
  /** What it said after that number, as soon as there is something; null: the number of now. */
  events(after: number | null): Promise<ToldEvents>;
}
