import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const wholeSeconds: Rule = {
  id: 'LVS196',
  name: 'whole-seconds',
  severity: 'error',
  why: 'keepalived ignores a time that it cannot read, and takes its default',
  harm: 'keepalived reads smtp_connect_timeout as whole seconds. It ignores what it cannot read and waits its default, 30 seconds, for a mail server that does not answer.',
  examples: {
    bad: yaml`
      keepalived: { mail: { to: [ops@example.com], timeout: 1s500ms } }
    `,
    good: yaml`
      keepalived: { mail: { to: [ops@example.com], timeout: 2s } }
    `,
  },
  source: 'keepalived global_parser.c smtpto_handler; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const timeout = loaded.spec.keepalived?.mail?.timeout;
  if (timeout === undefined || Number.isInteger(timeout)) return;
  yield {
    path: ['keepalived', 'mail', 'timeout'],
    message: 'The timeout of mails has whole seconds',
    hint: `write ${Math.ceil(timeout)}s`,
  };
}
