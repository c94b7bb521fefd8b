/** Where in a spec something was written, so that plans, findings and failures can point at it. Lines and columns count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function formatOrigin(origin: Origin): string {
  return `${origin.file}:${origin.line}`;
}
