import { findingsCheckstyle } from './checkstyle.ts';
import { findingsGcc } from './gcc.ts';
import { findingsGithub } from './github.ts';
import { findingsGitlab } from './gitlab.ts';
import { findingsJson } from './json.ts';
import { findingsJunit } from './junit.ts';
import { findingsPlain } from './plain.ts';
import { findingsRdjson } from './rdjson.ts';
import type { FindingsReport } from './report.ts';
import { findingsSarif } from './sarif.ts';
import { findingsText } from './tty.ts';

/** Every format of findings, by the name it is asked for. */
export const FORMATS = {
  tty: (report) => findingsText(report.findings, report),
  plain: ({ findings }) => findingsPlain(findings),
  gcc: findingsGcc,
  json: findingsJson,
  sarif: findingsSarif,
  github: findingsGithub,
  gitlab: findingsGitlab,
  junit: findingsJunit,
  checkstyle: findingsCheckstyle,
  rdjson: findingsRdjson,
} as const satisfies Readonly<Record<string, (report: FindingsReport) => string>>;

export type FormatName = keyof typeof FORMATS;
