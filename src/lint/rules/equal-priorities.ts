import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, writtenInstances } from '../written-vrrp.ts';

export const equalPriorities: Rule = {
  id: 'LVS221',
  name: 'equal-priorities',
  severity: 'warning',
  why: 'Among equals the higher IP address wins, so nobody decided which director works',
  harm: 'Between equal priorities the higher IP address wins, so the number of an interface decides which director works. keepalived -t sees one director at a time, and cannot notice.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 100, lb2: 100 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'RFC 5798 §6.4.3',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, written, meant } = instance;
    if (directorsLost(loaded, instance)) continue;
    const isWritten = written.priority !== undefined;
    const twins = meant.members.flatMap((member, index) => {
      const twin = meant.members.slice(0, index).find(({ priority }) => priority === member.priority);
      return twin === undefined ? [] : [{ member, twin }];
    });
    for (const { member, twin } of isWritten ? twins : twins.slice(0, 1))
      yield {
        path: isWritten ? [...path, 'priority', member.director] : path,
        ...(isWritten ? {} : { side: 'key' as const }),
        message: `${twin.director} and ${member.director} have the same priority ${member.priority} in ${name}`,
        hint: isWritten
          ? 'give one of them a higher one'
          : `add a priority, such as { ${twin.director}: 150, ${member.director}: 100 }`,
      };
  }
}
