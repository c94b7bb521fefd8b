import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const notText: ReadingRuleInfo = {
  id: 'LVS010',
  name: 'not-text',
  severity: 'error',
  why: 'The file is damaged, or is no spec',
  harm: 'Bytes that are not UTF-8, or control characters, mean that the file was damaged, saved in an old encoding, or is no spec. Names with such bytes would go into logs, metrics and keepalived.conf. A carriage return without a line feed ends a line for some readers and editors, and for others is a letter of it, so that a spec would say two things.',
  examples: {
    bad: yaml`
      # caf${'\ufffd'}: saved as Latin-1
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
    good: yaml`
      # café: saved as UTF-8
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'YAML 1.2.2 §5.1, §5.2, §5.4',
};
