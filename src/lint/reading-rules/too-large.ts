import type { ReadingRuleInfo } from '../rule.ts';

export const tooLarge: ReadingRuleInfo = {
  id: 'LVS011',
  name: 'too-large',
  severity: 'error',
  why: 'A file of this size is no spec, and would take minutes to read',
  harm: 'At most 8 MiB and 400,000 lines and values are read; 8 MiB hold about 100,000 real servers. What is larger is a mistake or an attack, and would keep lvsctl busy for minutes before it could say so.',
  examples: {
    // No tag: joined text of this size costs nothing as long as nobody reads it.
    bad: `# ${'x'.repeat(8 * 1024 * 1024)}\nservices: { web: { vip: 203.0.113.10, port: 80, pool: web } }\n`,
    good: 'services: { web: { vip: 203.0.113.10, port: 80, pool: web } }\n',
  },
  source: 'lvsctl',
};
