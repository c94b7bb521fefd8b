import type { FilterChain, FilterRule, Match, Verdict } from '../../doctor/firewall.ts';

/** `nft -j list ruleset`: see libnftables-json(5). */
interface Ruleset {
  readonly nftables: readonly { readonly chain?: NftChain; readonly rule?: NftRule; readonly set?: NftSet }[];
}

interface NftChain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly type?: string;
  readonly hook?: string;
  readonly prio?: number;
  readonly policy?: string;
}

interface NftRule {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly expr: readonly Expression[];
}

interface NftSet {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly elem?: readonly unknown[];
}

type Expression = Readonly<Record<string, unknown>>;

/** Whether iptables wrote rules into nftables of which nft itself cannot say everything. */
export function hasForeignRules(document: unknown): boolean {
  return (document as Ruleset).nftables.some(({ rule }) => rule?.expr.some((expression) => 'xt' in expression));
}

const FAMILIES = { ip: 'ipv4', ip6: 'ipv6', inet: 'both' } as const satisfies Record<string, FilterChain['family']>;

/** The chains of a ruleset that filter what comes in, and those that they jump to. */
export function rulesetChains(document: unknown): readonly FilterChain[] {
  const entries = (document as Ruleset).nftables ?? [];
  const sets = entries.flatMap(({ set }) => set ?? []);
  const rules = entries.flatMap(({ rule }) => rule ?? []);
  return entries
    .flatMap(({ chain }) => (chain !== undefined && chain.family in FAMILIES ? [chain] : []))
    .map((chain) => toChain(chain, { rules, sets }));
}

function toChain(
  chain: NftChain,
  { rules, sets }: { rules: readonly NftRule[]; sets: readonly NftSet[] },
): FilterChain {
  const isBase = chain.type === 'filter' && (chain.hook === 'input' || chain.hook === 'prerouting');
  const own = rules.filter((rule) => rule.chain === chain.name && isSameTable(rule, chain));
  return {
    tool: 'nft',
    family: FAMILIES[chain.family as keyof typeof FAMILIES],
    familyWord: chain.family,
    table: chain.table,
    name: chain.name,
    base: isBase ? { priority: chain.prio ?? 0, policy: chain.policy === 'drop' ? 'drop' : 'accept' } : null,
    rules: own.flatMap((rule) =>
      toRules(
        rule,
        sets.filter((set) => isSameTable(set, chain)),
      ),
    ),
  };
}

function isSameTable(a: { family: string; table: string }, b: { family: string; table: string }): boolean {
  return a.family === b.family && a.table === b.table;
}

/** One for each verdict: a map of verdicts has several. */
function toRules({ expr }: NftRule, sets: readonly NftSet[]): FilterRule[] {
  const matches: Match[] = [];
  for (const expression of expr) {
    const [kind = '', body] = Object.entries(expression)[0] ?? [];
    const verdict = toVerdict(kind, body);
    if (verdict !== null) return [{ matches, verdict }];
    if (kind === 'vmap') return mapRules(body as VerdictMap, { matches, sets });
    if (kind === 'match') matches.push(...toMatches(body as NftMatch, sets));
    else if (!SILENT.includes(kind)) matches.push(OTHER);
  }
  return [{ matches, verdict: { kind: 'continue' } }];
}

const OTHER: Match = { what: 'other', isNegated: false, values: [] };

/** Statements that let every packet go on. */
const SILENT = ['counter', 'log', 'mangle', 'notrack', 'comment'];

function toVerdict(kind: string, body: unknown): Verdict | null {
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { kind };
    case 'reject':
      return { kind: 'drop' };
    case 'jump':
    case 'goto':
      return { kind, chain: (body as { readonly target: string }).target };
    case 'queue':
      return { kind: 'unclear' };
    case 'xt':
      return (body as { readonly type?: string } | null)?.type === 'match' ? null : { kind: 'unclear' };
    default:
      return null;
  }
}

interface NftMatch {
  readonly op: string;
  readonly left: unknown;
  readonly right: unknown;
}

function toMatches({ op, left, right }: NftMatch, sets: readonly NftSet[]): Match[] {
  const values = valuesOf(right, sets);
  if (values === null || !['==', '!=', 'in'].includes(op)) return [OTHER];
  const isNegated = op === '!=';
  const key = keyOf(left);
  if (key === null) return [OTHER];
  // A port is of one protocol, which no other expression needs to say.
  const transport =
    key.protocol === null ? [] : [{ what: 'protocol', isNegated: false, values: [key.protocol] } as const];
  return [...transport, { what: key.what, isNegated, values }];
}

const KEYS: Readonly<Record<string, Match['what']>> = {
  'ip protocol': 'protocol',
  'ip6 nexthdr': 'protocol',
  'meta l4proto': 'protocol',
  'ip saddr': 'source',
  'ip6 saddr': 'source',
  'ip daddr': 'destination',
  'ip6 daddr': 'destination',
  'tcp dport': 'port',
  'udp dport': 'port',
  'th dport': 'port',
  'meta iifname': 'interface',
  'meta iif': 'interface',
  'ct state': 'state',
};

/** What an expression looks at: `{"payload": {"protocol": "udp", "field": "dport"}}`, `{"meta": {"key": "iifname"}}`. */
function keyOf(left: unknown): { readonly what: Match['what']; readonly protocol: string | null } | null {
  const { payload, meta, ct } = left as {
    readonly payload?: { readonly protocol?: string; readonly field?: string };
    readonly meta?: { readonly key?: string };
    readonly ct?: { readonly key?: string };
  };
  const name =
    payload !== undefined ? `${payload.protocol} ${payload.field}` : meta ? `meta ${meta.key}` : `ct ${ct?.key}`;
  const what = KEYS[name];
  if (what === undefined) return null;
  const protocol = payload?.protocol ?? '';
  return { what, protocol: protocol === 'udp' || protocol === 'tcp' ? protocol : null };
}

/** Texts of what may stand on the right; null where it is something else. */
function valuesOf(right: unknown, sets: readonly NftSet[]): readonly string[] | null {
  if (typeof right === 'number') return [String(right)];
  if (typeof right === 'string') return right.startsWith('@') ? namedValues(right.slice(1), sets) : [right];
  if (Array.isArray(right)) return allValues(right, sets);
  const { set, range, prefix, elem } = (right ?? {}) as {
    readonly set?: readonly unknown[];
    readonly range?: readonly unknown[];
    readonly prefix?: { readonly addr: string; readonly len: number };
    readonly elem?: { readonly val: unknown };
  };
  if (set !== undefined) return allValues(Array.isArray(set) ? set : [set], sets);
  if (elem !== undefined) return valuesOf(elem.val, sets);
  if (prefix !== undefined) return [`${prefix.addr}/${prefix.len}`];
  return range === undefined ? null : [range.join('-')];
}

function allValues(items: readonly unknown[], sets: readonly NftSet[]): readonly string[] | null {
  const values = items.map((item) => valuesOf(item, sets));
  return values.includes(null) ? null : values.flatMap((value) => value ?? []);
}

function namedValues(name: string, sets: readonly NftSet[]): readonly string[] | null {
  const set = sets.find((one) => one.name === name);
  return set === undefined ? null : allValues(set.elem ?? [], sets);
}

interface VerdictMap {
  readonly key: unknown;
  readonly data: { readonly set?: readonly (readonly [unknown, Expression])[] } | string;
}

/** A map with a name is not looked into: it may do anything. */
function mapRules(
  { key, data }: VerdictMap,
  { matches, sets }: { matches: readonly Match[]; sets: readonly NftSet[] },
): FilterRule[] {
  if (typeof data === 'string' || data.set === undefined)
    return [{ matches: [...matches, OTHER], verdict: { kind: 'unclear' } }];
  return data.set.map(([value, expression]) => {
    const [kind = '', body] = Object.entries(expression)[0] ?? [];
    const match = toMatches({ op: '==', left: key, right: value }, sets);
    return { matches: [...matches, ...match], verdict: toVerdict(kind, body) ?? { kind: 'unclear' } };
  });
}
