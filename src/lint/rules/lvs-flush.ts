import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { extraLines } from '../extra-lines.ts';
import type { Report, Rule } from '../rule.ts';

export const lvsFlush: Rule = {
  id: 'LVS261',
  name: 'lvs-flush',
  severity: 'warning',
  why: 'keepalived empties the whole table of the kernel when it starts or stops, with the services that lvsctl or others have there',
  harm: 'lvs_flush empties the table of the kernel when keepalived starts, and lvs_flush_on_stop without VS when it stops. That is all there is in it: the services of lvsctl and of any other tool as well. keepalived writes its own ones anew; the others are gone until somebody applies them again.',
  examples: {
    bad: yaml`
      keepalived: { extra: [lvs_flush_on_stop] }
    `,
    good: yaml`
      keepalived: { extra: [lvs_flush_on_stop VS] }
    `,
  },
  source: 'keepalived.conf(5) lvs_flush, lvs_flush_on_stop; ipvswrapper.c ipvs_flush_cmd',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const others = loaded.desired.services.filter(({ owner }) => owner === 'lvsctl');
  const [first] = others;
  if (first === undefined) return;
  for (const { path, keyword, text, block } of extraLines(loaded)) {
    if (block !== 'global_defs' || (keyword !== 'lvs_flush' && keyword !== 'lvs_flush_on_stop')) continue;
    if (/lvs_flush_on_stop\s+VS\b/.test(text)) continue;
    yield {
      path,
      message: `${keyword} deletes ${others.length === 1 ? first.name : `${first.name} and ${others.length - 1} more services`} of lvsctl too`,
      hint: keyword === 'lvs_flush' ? 'remove it' : 'write lvs_flush_on_stop VS, which is for its own services',
    };
  }
}
