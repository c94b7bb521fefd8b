import { suggestion } from '../../spec/did-you-mean.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { type ExtraLine, extraLines } from '../extra-lines.ts';
import { type ConfBlock, KEYWORDS, NEW_KEYWORDS, OWN_KEYWORDS } from '../keepalived-keywords.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const extraKeyword: Rule = {
  id: 'LVS194',
  name: 'extra-keyword',
  severity: 'error',
  why: 'keepalived goes on without a word that it does not know; and what it is told twice it takes from the last line, or refuses',
  harm: 'keepalived says "Unknown keyword" and goes on, so a misspelt or removed one does nothing. A keyword that lvsctl writes too stands twice in the block: for some the last line wins, without a word from keepalived -t, and for others keepalived refuses the second one.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          extra: [skip_chek_adv_addr on]
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          extra: [skip_check_adv_addr on]
    `,
  },
  source: 'keepalived 2.2.7: install_keyword, "Unknown keyword"; keepalived.conf(5)',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, keyword, block } of extraLines(loaded)) {
    const fault = keyword === null ? undefined : faultOf(keyword, block);
    if (fault !== undefined) yield { path, ...fault };
  }
}

function faultOf(keyword: string, block: ExtraLine['block']): { message: string; hint?: string } | undefined {
  const key = new Map(Object.entries(OWN_KEYWORDS[block] ?? {})).get(keyword);
  if (key === null) return { message: `lvsctl writes ${keyword} itself`, hint: 'remove it' };
  if (key !== undefined) return { message: `lvsctl writes ${keyword} itself, from ${key}`, hint: 'say it there' };
  const known = [...KEYWORDS[block], ...Object.keys(NEW_KEYWORDS[block])];
  if (known.includes(keyword) || keyword.startsWith('include')) return undefined;
  return { message: `"${keyword}" is no keyword of ${NOUNS[block]}${suggestion(keyword, known)}` };
}

const NOUNS: Readonly<Record<ConfBlock, string>> = {
  root: 'keepalived.conf outside its blocks',
  global_defs: 'global_defs',
  vrrp_instance: 'a vrrp_instance',
  vrrp_sync_group: 'a vrrp_sync_group',
  virtual_server: 'a virtual_server',
  real_server: 'a real_server',
};
