import type { LoadedSpec } from '../spec/load.ts';
import { CONTROL_RULES } from './control-rules.ts';
import { byPlace, findAll, toFinding } from './find-all.ts';
import type { Finding } from './finding.ts';
import { checkSettings, type RuleLevels, specLevels } from './rule-levels.ts';
import { type Suppressed, suppress } from './suppress.ts';

/** Who asks, and what they want to hear. */
export interface Control {
  /** Of the command line; they win over those of the spec. */
  readonly levels: RuleLevels;
  /** Whether comments may turn findings off. */
  readonly comments: boolean;
  /** The verb acts on the spec: what is an error by itself stays one, and lint's own settings are no concern of it. */
  readonly acts: boolean;
  /** What was found in this spec by looking at more than it. Default: nothing. */
  readonly beside?: readonly Finding[];
}

/** What is wrong or unwise in a spec, by what its authors and the command line want to hear. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
}

export function judge(loaded: LoadedSpec, control: Control): Verdict {
  const levels = new Map([...specLevels(loaded), ...control.levels]);
  const all = [...findAll(loaded), ...(control.beside ?? [])];
  const { findings, suppressed, faults } = control.comments ? suppress(loaded, all) : unsuppressed(all);
  const own = control.acts ? [] : [...faults, ...settingFaults(loaded)];
  const kept = control.acts
    ? [...findings, ...suppressed.flatMap(({ finding }) => (isError(finding) ? [finding] : []))]
    : findings;
  const heard = (finding: Finding) => atLevel(finding, { levels, acts: control.acts });
  return {
    findings: [...kept, ...own].flatMap((finding) => heard(finding) ?? []).sort(byPlace),
    suppressed: suppressed.flatMap((entry) => {
      const finding = heard(entry.finding);
      return finding === undefined ? [] : [{ ...entry, finding }];
    }),
  };
}

const unsuppressed = (findings: readonly Finding[]) => ({ findings, suppressed: [], faults: [] });

function settingFaults(loaded: LoadedSpec): Finding[] {
  return [...checkSettings(loaded)].map((report) => toFinding(report, { rule: CONTROL_RULES.setting, loaded }));
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function atLevel(finding: Finding, { levels, acts }: { levels: RuleLevels; acts: boolean }): Finding | undefined {
  const level = levels.get(finding.rule);
  if (level === undefined || (acts && isError(finding))) return finding;
  return level === 'off' ? undefined : { ...finding, severity: level };
}
