/** How a turn of the loop ended. */
export type TurnEnd =
  | { readonly kind: 'in-sync' | 'changed' | 'draining' }
  /** Observing: so many places differ. */
  | { readonly kind: 'drift'; readonly places: number }
  /** By a guard, or since it may not do that unasked: a sentence each. */
  | { readonly kind: 'refused'; readonly messages: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** What came of a spec that the daemon was asked to read. */
export type ReloadEnd =
  /** Nobody waits for it. */
  | { readonly kind: 'asked' }
  /** It has errors, one line each; the last good one is kept. */
  | { readonly kind: 'invalid'; readonly messages: readonly string[] }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'reconciled'; readonly sha256: string; readonly end: TurnEnd };
