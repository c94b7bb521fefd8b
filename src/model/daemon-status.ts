/** What a running `watch` says of itself. */
export interface DaemonStatus {
  readonly pid: number;
  readonly version: string;
  readonly mode: 'observe' | 'enforce';
  /** Epoch milliseconds, as all times here. */
  readonly startedAt: number;
  readonly spec: {
    readonly paths: readonly string[];
    /** In short, of the spec that was taken last; null: there is none yet. */
    readonly sha256: string | null;
  };
  /** The last look at the table; null before the first. */
  readonly turn: { readonly at: number; readonly trigger: string; readonly result: string } | null;
}
