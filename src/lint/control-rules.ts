import { yaml } from './example.ts';
import type { RuleInfo } from './rule.ts';

/** The rules about what a spec tells lint itself. */
export const CONTROL_RULES = {
  reason: {
    id: 'LVS020',
    name: 'disable-reason',
    severity: 'error',
    why: 'Nobody can tell later whether the exception still holds',
    harm: 'A comment that turns a finding off outlives the people who know why it is there. Without a reason the next reader can neither trust it nor dare to remove it. The finding is off all the same, so that this one is the only one.',
    examples: {
      bad: yaml`
        services:
          # lvsctl-disable-next-line LVS202
          web: { vip: 203.0.113.10, port: 80, servers: { a: { address: 10.0.0.21, weight: 70000 } } }
      `,
      good: yaml`
        services:
          # lvsctl-disable-next-line LVS202 -- every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, servers: { a: { address: 10.0.0.21, weight: 70000 } } }
      `,
    },
    source: 'lvsctl: comments',
  },
  rule: {
    id: 'LVS021',
    name: 'disable-rule',
    severity: 'error',
    why: 'A comment that names no rule turns nothing off, whatever its author believes',
    harm: 'A number or name that is mistyped matches no rule, so the finding that was to be silent is told all the same, or, worse, is believed to be looked after. What could not be read cannot be turned off at all: nobody knows what it would have said.',
    examples: {
      bad: yaml`
        services:
          # lvsctl-disable-next-line large-wieght-of-all -- every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, pool: web }
      `,
      good: yaml`
        services:
          # lvsctl-disable-next-line large-weight -- every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, servers: { a: { address: 10.0.0.21, weight: 70000 } } }
      `,
    },
    source: 'lvsctl: comments',
  },
  unused: {
    id: 'LVS022',
    name: 'disable-unused',
    severity: 'warning',
    why: 'It would hide the next mistake on that line',
    harm: 'The finding that this comment turned off is gone, since the line was mended or moved. The comment waits there, and silences the next mistake of that kind before anybody has seen it.',
    examples: {
      bad: yaml`
        services:
          # lvsctl-disable-next-line LVS202 -- every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, pool: web }
      `,
      good: yaml`
        services:
          web: { vip: 203.0.113.10, port: 80, pool: web }
      `,
    },
    source: 'lvsctl: comments',
  },
  setting: {
    id: 'LVS023',
    name: 'lint-setting',
    severity: 'error',
    why: 'A setting for a rule that there is not has no effect, whatever its author believes',
    harm: 'A rule that was to be an error stays what it is, and the review that was to stop a mistake lets it pass. What could not be read has no other severity than error: half a spec takes services away.',
    examples: {
      bad: yaml`
        lint: { rules: { LVS998: error } }
      `,
      good: yaml`
        lint: { rules: { LVS202: error } }
      `,
    },
    source: 'lvsctl: lint.rules',
  },
  directive: {
    id: 'LVS024',
    name: 'unknown-directive',
    severity: 'error',
    why: 'A mistyped comment turns nothing off, whatever its author believes',
    harm: 'A comment that begins with lvsctl- is meant for lint. One that lint does not know does nothing, as any other comment, and nobody would notice.',
    examples: {
      bad: yaml`
        services:
          # lvsctl-disable-following-line LVS202 -- every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, pool: web }
      `,
      good: yaml`
        services:
          # every director has ipvsadm 1.31
          web: { vip: 203.0.113.10, port: 80, pool: web }
      `,
    },
    source: 'lvsctl: comments',
  },
} as const satisfies Readonly<Record<string, RuleInfo>>;
