import type { SpecRevision } from './spec-source.ts';

/** `unconfirmed`: a rollback that nobody asked for, since nobody confirmed. */
export const HISTORY_VERBS = ['apply', 'watch', 'rollback', 'confirm', 'unconfirmed'] as const;
export type HistoryVerb = (typeof HISTORY_VERBS)[number];

/** `draining`: all is done but for servers that wait for their last connections. */
export const HISTORY_RESULTS = ['done', 'draining', 'failed'] as const;
export type HistoryResult = (typeof HISTORY_RESULTS)[number];

export interface HistoryStep {
  /** `edit real server web/web-1 10.0.0.1:80 weight 5`. */
  readonly text: string;
  readonly result: 'done' | 'failed' | 'skipped';
  /** Why it failed, or was not tried; empty where it was done. */
  readonly message: string;
}

/** One run that changed something. */
export interface HistoryEntry {
  /** Epoch milliseconds: when it began. */
  readonly at: number;
  readonly author: string;
  readonly verb: HistoryVerb;
  /** Null where it was about no spec, but about a snapshot's table. */
  readonly spec: { readonly digest: string; readonly revision: SpecRevision | null } | null;
  /** The one that was taken before it. */
  readonly snapshot: string | null;
  readonly counts: { readonly done: number; readonly failed: number; readonly skipped: number };
  /** The first of them. */
  readonly steps: readonly HistoryStep[];
  readonly conf: { readonly action: string; readonly result: string } | null;
  readonly result: HistoryResult;
  /** What broke it off, or what keepalived said; empty where nothing did. */
  readonly problem: string;
}
