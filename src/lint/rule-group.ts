import type { RuleInfo } from './rule.ts';

/** What the number of a rule says: the ranges, by their first number. */
const GROUPS = [
  { from: 1, title: 'Reading', about: 'The text of a spec, its keys and its values.' },
  {
    from: 100,
    title: 'Services',
    about: 'Services, pools and real servers that the kernel would refuse or take otherwise.',
  },
  {
    from: 140,
    title: 'Checks and owners',
    about: 'Health checks, quorum and sorry servers, and services that keepalived owns.',
  },
  {
    from: 160,
    title: 'Directors, VRRP and keepalived',
    about: 'What keepalived would refuse, ignore or take otherwise.',
  },
  { from: 200, title: 'Advice on services', about: 'What works, but not as most people expect.' },
  { from: 220, title: 'Advice on VRRP and keepalived', about: 'The same for directors, VRRP, tracking and scripts.' },
  {
    from: 280,
    title: 'The cluster as a whole',
    about: 'What shows only when directors, or specs, are looked at together.',
  },
] as const;

export type RuleGroup = (typeof GROUPS)[number];

/** Rules in the groups that their numbers name, both in order; groups without a rule are left out. */
export function groupRules(
  rules: readonly RuleInfo[],
): readonly { readonly group: RuleGroup; readonly rules: readonly RuleInfo[] }[] {
  return GROUPS.map((group) => ({ group, rules: rules.filter((rule) => groupOf(rule) === group) })).filter(
    (part) => part.rules.length > 0,
  );
}

function groupOf({ id }: RuleInfo): RuleGroup {
  return GROUPS.findLast(({ from }) => from <= Number(id.slice('LVS'.length))) ?? GROUPS[0];
}
