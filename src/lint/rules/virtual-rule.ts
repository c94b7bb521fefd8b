import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { ruleFault } from '../rule-line.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const virtualRule: Rule = {
  id: 'LVS189',
  name: 'virtual-rule',
  severity: 'error',
  why: 'keepalived leaves out a routing rule that it does not understand, and puts one without a preference where it likes',
  harm: 'keepalived leaves out a rule that it does not understand. One without a preference gets a number that nobody chose, so which of two rules wins is a matter of chance.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          rules: [from 203.0.113.10 table 100]
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          rules: [from 203.0.113.10 table 100 preference 100]
    `,
  },
  source: 'keepalived vrrp_iprule.c alloc_rule; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded))
    for (const [index, rule] of meant.rules.entries()) {
      const fault = ruleFault(rule);
      if (fault !== undefined)
        yield { path: [...path, 'rules', index], ...fault, message: `Routing rule of ${name}: ${fault.message}` };
    }
}
