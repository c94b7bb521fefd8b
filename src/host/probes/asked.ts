import type { Address } from '../../model/address.ts';
import type { Probe } from '../../model/check.ts';
import type { Answer, Question } from '../../model/verdict.ts';

/** What questions need of the place where they are asked. */
export interface Surroundings {
  /**
   * Ends the question at once: with a TimeoutError when its time is up, which is its answer; else what it comes to says nothing
   * of the server.
   */
  readonly signal: AbortSignal;
  /** Programs get its PATH, and HOME where they run as who we are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** keepalived.script_user: `user` or `user group` for scripts that name none themselves. */
  readonly scriptUser: string | null;
  /** The path of the file of that name under track.files. */
  readonly trackFilePath: (name: string) => string;
}

/** Where something is sent. */
export interface Target {
  readonly address: Address;
  readonly port: number;
  /** Address it is sent from; null: chosen by routing. */
  readonly source: Address | null;
  /** Its time is up, or nobody waits any more. */
  readonly signal: AbortSignal;
}

type ProbeOfKind = { readonly [P in Probe as P['kind']]: P };
export type Kind = keyof ProbeOfKind;

/** A question on its way. */
export interface Asked<K extends Kind> extends Target {
  readonly probe: ProbeOfKind[K];
  readonly question: Question;
  readonly surroundings: Surroundings;
}

/** Asks one question of a kind. Fails with a ProbeFailure, or an error of a socket, for what the server does. */
export type Asking<K extends Kind> = (asked: Asked<K>) => Promise<Answer>;

export function well(detail: string): Answer {
  return { ok: true, detail, weight: null };
}

export function ill(detail: string): Answer {
  return { ok: false, detail };
}
