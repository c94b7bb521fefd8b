import type { Observation, WatchedFile } from './observe-spec.ts';

/** The spec says something else than before, or is back after it was missing or unreadable. */
export interface SpecChange<F extends WatchedFile> {
  readonly files: readonly F[];
  /** `digestFiles` of them. */
  readonly digest: string;
}

/**
 * `missing`: for longer than an editor takes to replace a file. `unreadable`: there, but not for us. `degraded`: the
 * spec is there, but we may see its changes late, or half made. Each is told once, and again when it comes back.
 */
export interface SpecProblem {
  readonly kind: 'missing' | 'unreadable' | 'degraded';
  /** A sentence without a full stop. */
  readonly message: string;
}

export interface SpecJudge<F extends WatchedFile> {
  /** Tells the caller what is new about an observation, if anything. */
  take(observation: Observation<F>): void;
  /** Whether `take` would have something to tell or to time. Changes nothing. */
  isNews(observation: Observation<F>): boolean;
  close(): void;
}

/** Decides which observations are worth telling: content, not events; absence only when it lasts. */
export function createSpecJudge<F extends WatchedFile>(options: {
  readonly knownDigest?: string | undefined;
  readonly missingAfterMs: number;
  readonly onChange: (change: SpecChange<F>) => void;
  readonly onError: (problem: SpecProblem) => void;
  /** The spec was away for long enough: look once more, and hand what was seen to `take`. */
  readonly onMissingDue: () => void;
}): SpecJudge<F> {
  let digest = options.knownDigest;
  let told: SpecProblem | null = null;
  let away: { readonly timer: NodeJS.Timeout; due: boolean } | null = null;

  const forgetAway = (): void => {
    clearTimeout(away?.timer);
    away = null;
  };
  const startAway = (): void => {
    const becomeDue = (): void => {
      if (away !== null) away.due = true;
      options.onMissingDue();
    };
    away = { timer: setTimeout(becomeDue, options.missingAfterMs), due: false };
  };
  const tellProblem = (problem: SpecProblem): void => {
    told = problem;
    options.onError(problem);
  };
  const tellChange = (change: SpecChange<F>): void => {
    const isBack = told !== null;
    told = null;
    if (change.digest === digest && !isBack) return;
    digest = change.digest;
    options.onChange({ files: change.files, digest });
  };
  const isNews = (seen: Observation<F>): boolean => {
    if (seen.kind === 'found') return seen.digest !== digest || told !== null || away !== null;
    if (seen.kind === 'unreadable') return told?.message !== seen.message;
    return told?.kind !== 'missing' && (away === null || away.due);
  };
  const take = (seen: Observation<F>): void => {
    if (!isNews(seen)) return;
    const isFirstMiss = seen.kind === 'missing' && away === null;
    forgetAway();
    if (isFirstMiss) startAway();
    else if (seen.kind === 'found') tellChange(seen);
    else tellProblem({ kind: seen.kind, message: seen.message });
  };
  return { take, isNews, close: forgetAway };
}
