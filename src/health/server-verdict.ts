import { isDeepStrictEqual } from 'node:util';
import type { FlapDamping } from '../model/check.ts';
import type { CheckedServer, Verdict, WeightWish } from '../model/verdict.ts';
import { combine, type NamedOpinion } from './combine.ts';
import { CALM, damp, held } from './flap-damping.ts';
import type { Known, Opinion } from './tally.ts';
import type { CheckTarget } from './target.ts';

/** A verdict that became another one, or that wishes another weight. */
export interface VerdictChange {
  readonly server: CheckedServer;
  readonly before: Verdict;
  readonly after: Verdict;
  /** `answer`: what a check found. `spec`: the checks are others now. */
  readonly cause: 'answer' | 'spec';
  /** How long the verdict had been `unknown`, `up` or `down` before. */
  readonly lastedSeconds: number;
}

/** Why the verdict is looked at, and when: monotonic and epoch milliseconds. */
export interface Occasion {
  readonly cause: VerdictChange['cause'];
  readonly now: number;
  readonly wallNow: number;
}

/** The verdict on one real server: what its checks say together, with its flapping damped. */
export class ServerVerdict {
  /** What the checks said last, whether or not the real server is held. */
  said: Opinion = { kind: 'unknown' };
  current: Verdict = { kind: 'unknown' };
  private damper = CALM;
  private changedAt: number;

  constructor(now: number) {
    this.changedAt = now;
  }

  /** Judges anew; null: nothing changed that matters. */
  judge(
    { server, check }: CheckTarget,
    { opinions, occasion }: { readonly opinions: readonly NamedOpinion[]; readonly occasion: Occasion },
  ): VerdictChange | null {
    const said = combine(check.mode, opinions);
    // Of checks that changed, some may not have been asked yet: what was known holds until then.
    if (said.kind === 'unknown') return null;
    this.said = said;
    return this.publish(this.damped(said, { damping: check.flapDamping, now: occasion.now }), { server, occasion });
  }

  private damped(said: Known, { damping, now }: { readonly damping: FlapDamping | null; readonly now: number }): Known {
    this.damper = damping === null ? CALM : damp(this.damper, { kind: said.kind, now, damping });
    return damping !== null && this.damper.isHeld ? held(said, damping) : said;
  }

  private publish(
    opinion: Known,
    { server, occasion }: { readonly server: CheckedServer; readonly occasion: Occasion },
  ): VerdictChange | null {
    const { cause, now, wallNow } = occasion;
    const before = this.current;
    const isSame = before.kind === opinion.kind;
    const after: Verdict = { ...opinion, since: before.kind === opinion.kind ? before.since : wallNow };
    this.current = after;
    if (isSame && isDeepStrictEqual(wishOf(before), wishOf(after))) return null;
    const lastedSeconds = (now - this.changedAt) / 1000;
    if (!isSame) this.changedAt = now;
    return { server, before, after, cause, lastedSeconds };
  }
}

function wishOf(verdict: Verdict): WeightWish | null {
  return verdict.kind === 'up' ? verdict.weight : null;
}
