import type { ExitCode } from '../errors.ts';

/** How a verb ends, within what it prints as JSON, so that no wrapper has to read its words. */
export interface ExitDocument {
  readonly code: ExitCode;
  /** `changes`, `no-changes`, `drift`, `no-drift`, `no-spec`, `findings`, `clean`, `overrides`, `no-overrides`, or `guard.` and the name of the guard. */
  readonly reason: string;
}

export function formatWithExit(document: object, exit: ExitDocument): string {
  return `${JSON.stringify({ ...document, exit }, null, 2)}\n`;
}
