import type { Bound } from '../health/bounds.ts';
import { askedAt, type CheckAccount } from '../health/check-account.ts';
import { jitterSeconds } from '../health/timetable.ts';
import type { Check } from '../model/check.ts';
import type { DesiredServer, DesiredService, Owner } from '../model/desired.ts';
import { serviceKey } from '../model/table.ts';
import { questionText } from './question-text.ts';

interface QuestionDocument {
  /** Null: the only one. */
  readonly name: string | null;
  readonly kind: string;
  /** For people. */
  readonly question: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly source: string | null;
}

/** How real servers of a service are checked, as documents hold it. Times are seconds. */
export interface CheckDocument {
  readonly service: string;
  readonly address: string;
  readonly owner: Owner;
  readonly servers: readonly { readonly name: string; readonly questions: readonly QuestionDocument[] }[];
  /** Null: none. */
  readonly check: {
    /** Whether all the questions of a real server have to be answered well, or any of them. */
    readonly mode: 'all' | 'any';
    readonly interval: number;
    readonly jitter: number;
    readonly fast_interval: number;
    readonly timeout: number;
    readonly fall: number;
    readonly rise: number;
    readonly warmup: number;
    readonly on_failure: 'remove' | 'quiesce';
    readonly flap_damping: { readonly changes: number; readonly within: number; readonly hold: number } | null;
    readonly slow_start: { readonly time: number; readonly steps: number } | null;
  } | null;
  /** How long a failure, and a recovery, may stay unnoticed; null where there is no check. */
  readonly detection: Bound | null;
  readonly recovery: Bound | null;
}

export function checkDocument({ service, servers, judged }: CheckAccount): CheckDocument {
  return {
    service: service.name,
    address: serviceKey(service.address),
    owner: service.owner,
    servers: servers.map((server) => ({ name: server.name, questions: questionsOf(server) })),
    check: judged && timesOf(judged.check, service),
    detection: judged?.detection ?? null,
    recovery: judged?.recovery ?? null,
  };
}

function questionsOf(server: DesiredServer): readonly QuestionDocument[] {
  return (server.check?.checks ?? []).map((single) => ({
    name: single.name,
    kind: single.probe.kind,
    question: questionText(single, server),
    ...askedAt(single, server),
    source: single.source?.text ?? null,
  }));
}

/** What keepalived does not know is not there where it checks. */
function timesOf(check: Check, { owner, availability }: DesiredService): CheckDocument['check'] {
  const isOurs = owner === 'lvsctl';
  const damping = isOurs ? check.flapDamping : null;
  const slow = isOurs ? availability.slowStart : null;
  return {
    mode: check.mode,
    interval: check.intervalSeconds,
    jitter: isOurs ? jitterSeconds(check.intervalSeconds) : 0,
    fast_interval: check.fastIntervalSeconds,
    timeout: check.timeoutSeconds,
    fall: check.fall,
    rise: isOurs ? check.rise : 1,
    warmup: check.warmupSeconds,
    on_failure: check.onFailure,
    flap_damping: damping && { changes: damping.changes, within: damping.withinSeconds, hold: damping.holdSeconds },
    slow_start: slow && { time: slow.seconds, steps: slow.steps },
  };
}
