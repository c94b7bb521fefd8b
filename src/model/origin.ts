/**
 * Where in a spec something was written, so that plans, findings and failures can point at it. Lines and columns count
 * from 1; line 0 is the thing as a whole, such as a snapshot.
 */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function formatOrigin(origin: Origin): string {
  return origin.line === 0 ? origin.file : `${origin.file}:${origin.line}`;
}

/** A stretch of a spec. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Range {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}
