import type { Trial } from '../model/trial.ts';

/** The same for scripts; null where nothing waits and nothing was taken back. */
export function trialDocument(trial: Trial): object | null {
  switch (trial.kind) {
    case 'none':
      return null;
    case 'armed': {
      const { snapshot, author, specDigest, until } = trial;
      return { state: 'armed', snapshot, author, spec: specDigest, until: new Date(until).toISOString() };
    }
    case 'taken-back': {
      const { snapshot, author, at, why } = trial;
      return { state: 'taken-back', snapshot, author, at: new Date(at).toISOString(), why };
    }
  }
}
