import type { ConfOutcome } from './replace-conf.ts';

/** What becomes of keepalived.conf, in the words of the log. */
export const CONF_DONE = {
  loaded: (path: string) => `${path} written, and keepalived has it`,
  written: (path: string) => `${path} written; keepalived was not reloaded`,
} as const;

export const CONF_FAILED = {
  refused: 'keepalived would not take it, so nothing was changed',
  'rolled-back': 'keepalived did not take it over as it should, so the former file is back',
  broken: 'keepalived did not take it over, and does not have the former file either',
} as const satisfies Record<Exclude<ConfOutcome['result'], 'done'>, string>;
