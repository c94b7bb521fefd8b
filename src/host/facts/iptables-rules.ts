import type { FilterChain, FilterRule, Match, Verdict } from '../../doctor/firewall.ts';
import type { Family } from '../../model/address.ts';

interface Source {
  readonly tool: FilterChain['tool'];
  readonly family: Family;
}

/** The chains of a table `filter` as `iptables -S` prints them; only INPUT gets what is for this host. */
export function readChains(listing: string, source: Source): readonly FilterChain[] {
  const lines = listing.split('\n').map((line) => words(line));
  const policies = new Map(
    lines.flatMap(([flag, chain = '', policy = '']) => (flag === '-P' ? [[chain, policy]] : [])),
  );
  const names = lines.flatMap(([flag, chain = '']) => (flag === '-P' || flag === '-N' ? [chain] : []));
  return names.map((name) => ({
    tool: source.tool,
    family: source.family,
    familyWord: source.family === 'ipv4' ? 'ip' : 'ip6',
    table: 'filter',
    name,
    base: name === 'INPUT' ? { priority: 0, policy: policies.get(name) === 'DROP' ? 'drop' : 'accept' } : null,
    rules: lines.filter(([flag, chain]) => flag === '-A' && chain === name).map(([, , ...rest]) => toRule(rest)),
  }));
}

function words(line: string): string[] {
  return [...line.matchAll(/"(?:[^"\\]|\\.)*"|\S+/g)].map(([word]) => word);
}

const WHAT: Readonly<Record<string, Match['what']>> = {
  '-p': 'protocol',
  '-s': 'source',
  '-d': 'destination',
  '-i': 'interface',
  '--dport': 'port',
  '--dports': 'port',
  '--ctstate': 'state',
  '--state': 'state',
};

/** What says nothing by itself: the name of the match whose options follow, and a remark. */
const SILENT = ['-m', '--comment'];

function toRule(rest: readonly string[]): FilterRule {
  const matches: Match[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const isNegated = rest[at] === '!';
    const flag = rest[isNegated ? at + 1 : at] ?? '';
    if (flag === '-j' || flag === '-g') return { matches, verdict: verdictOf(flag, rest[at + 1] ?? '') };
    const start = at + (isNegated ? 2 : 1);
    const next = rest.findIndex((word, index) => index >= start && (word === '!' || /^--?[a-z]/.test(word)));
    const values = rest.slice(start, next < 0 ? undefined : next);
    at = start + values.length - 1;
    if (SILENT.includes(flag)) continue;
    const what = WHAT[flag] ?? 'other';
    matches.push({
      what,
      isNegated,
      values: values.flatMap((value) => value.split(',')).map((value) => plain(value, what)),
    });
  }
  return { matches, verdict: { kind: 'continue' } };
}

function plain(value: string, what: Match['what']): string {
  if (what === 'interface') return value.replace(/\+$/, '*');
  return what === 'port' ? value.replace(':', '-') : value;
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  ACCEPT: { kind: 'accept' },
  DROP: { kind: 'drop' },
  REJECT: { kind: 'drop' },
  RETURN: { kind: 'return' },
  LOG: { kind: 'continue' },
  NFLOG: { kind: 'continue' },
  MARK: { kind: 'continue' },
  CONNMARK: { kind: 'continue' },
  QUEUE: { kind: 'unclear' },
  NFQUEUE: { kind: 'unclear' },
};

/** What is no target of iptables itself is a chain. */
function verdictOf(flag: string, target: string): Verdict {
  return VERDICTS[target] ?? { kind: flag === '-g' ? 'goto' : 'jump', chain: target };
}
