import type { ReadingRuleInfo } from '../rule.ts';

export const tooLarge: ReadingRuleInfo = {
  id: 'LVS011',
  name: 'too-large',
  severity: 'error',
  why: 'A spec of this size is a mistake, and would take minutes to read',
  harm: 'At most 8 MiB and 300,000 lines and values are read, 256 directors, 100,000 real servers in services, and 10,000 parts of directors in VRRP instances. Ten lines may make millions, since a pool counts for each service that uses it. After 10,000 mistakes of form no more are told. What is larger is a mistake or an attack, and would keep lvsctl busy for minutes before it could say so.',
  examples: {
    // No tag: joined text of this size costs nothing as long as nobody reads it.
    bad: `# ${'x'.repeat(8 * 1024 * 1024)}\nservices: { web: { vip: 203.0.113.10, port: 80, pool: web } }\n`,
    good: 'services: { web: { vip: 203.0.113.10, port: 80, pool: web } }\n',
  },
  source: 'lvsctl',
};
