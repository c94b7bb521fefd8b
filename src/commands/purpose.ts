import type { HistoryResult, HistoryVerb } from '../model/history.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { State } from '../model/state.ts';
import { appliedState, attemptState } from '../plan/spec-marks.ts';
import type { PlanOrder } from '../view/plan-document.ts';
import type { Arming } from './arming.ts';
import type { Session } from './session.ts';

/** Why a plan is carried out, and so what is remembered of it beside the journal of its steps. All under the lock. */
export interface Purpose {
  /** For the history. */
  readonly verb: HistoryVerb;
  /** For the snapshot. */
  readonly reason: string;
  /** Neither draining servers nor what keepalived says of its file keep the rest from being done. */
  readonly isUrgent: boolean;
  /** Before the first step. Returns the state that the steps begin with. */
  begin(state: State, snapshot: string | null): Promise<State>;
  /** Before the lock is given up for a while, since servers drain. */
  keepOn(): Promise<void>;
  /** When all is done. Returns the state that is written then. */
  end(state: State): Promise<State>;
  /** The last thing, whatever became of it. */
  conclude(result: HistoryResult): Promise<void>;
}

/** Without `arming`, it is final when it is done. */
export function applying(
  { desired }: Pick<PlanOrder, 'desired'>,
  source: SpecSource,
  { session, arming }: { session: Session; arming: Arming | null },
): Purpose {
  return {
    verb: 'apply',
    reason: `apply of spec ${source.digest.slice(0, 12)}`,
    isUrgent: false,
    begin: async (state, snapshot) => {
      if (arming === null) await session.trial.write({ kind: 'none' });
      else await arming.arm(source.digest, snapshot);
      return attemptState(state, source);
    },
    keepOn: async () => arming?.keepOn(),
    end: async (state) => {
      await session.appliedSpec.write(source);
      return appliedState(state, { desired, source });
    },
    conclude: async () => arming?.conclude(),
  };
}
