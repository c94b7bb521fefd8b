import { type Family, parseAddress } from '../model/address.ts';
import { isInNetwork } from '../needs/network.ts';

/** A chain that filters what comes in, or one that such a chain jumps to. */
export interface FilterChain {
  /** The program that shows and changes it. */
  readonly tool: 'nft' | 'iptables-nft' | 'ip6tables-nft' | 'iptables-legacy' | 'ip6tables-legacy';
  readonly family: Family | 'both';
  /** As the tool calls the family: `inet`. */
  readonly familyWord: string;
  readonly table: string;
  readonly name: string;
  /** Null: packets come here from other chains alone. */
  readonly base: { readonly priority: number; readonly policy: 'accept' | 'drop' } | null;
  readonly rules: readonly FilterRule[];
}

export interface FilterRule {
  readonly matches: readonly Match[];
  readonly verdict: Verdict;
}

/** `other`: something we do not judge, which may fit or not. */
export interface Match {
  readonly what: 'protocol' | 'source' | 'destination' | 'interface' | 'port' | 'state' | 'other';
  readonly isNegated: boolean;
  /** Any of them fits: `vrrp`, `8848`, `8000-9000`, `10.0.0.0/8`, `eth*`. */
  readonly values: readonly string[];
}

/** `unclear`: it may end here in a way that we do not judge. */
export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' | 'unclear' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** The first packet of a flow, as it comes in. Null: it may be any. */
export interface Packet {
  readonly family: Family;
  /** Number and names: `112`, `vrrp`. */
  readonly protocol: readonly string[];
  readonly port: number | null;
  readonly interface: string | null;
  readonly source: string | null;
  readonly destination: string | null;
}

/** The base chain that certainly drops a packet, and by what; null where none does, or none that we understand. */
export function dropping(
  packet: Packet,
  chains: readonly FilterChain[],
): { readonly chain: FilterChain; readonly by: 'rule' | 'policy' } | null {
  for (const chain of chains) {
    if (chain.base === null || !isForFamily(chain, packet)) continue;
    const end = walk(packet, { chain, chains, depth: 0 });
    if (end === 'drop') return { chain, by: 'rule' };
    if (end === 'continue' && chain.base.policy === 'drop') return { chain, by: 'policy' };
  }
  return null;
}

function isForFamily({ family }: FilterChain, packet: Packet): boolean {
  return family === 'both' || family === packet.family;
}

type End = 'accept' | 'drop' | 'continue' | 'unclear';

interface Walk {
  readonly chain: FilterChain;
  readonly chains: readonly FilterChain[];
  readonly depth: number;
}

// The kernel allows 16 (NFT_JUMP_STACK_SIZE), and no loops.
const MOST_JUMPS = 16;

function walk(packet: Packet, { chain, chains, depth }: Walk): End {
  for (const { matches, verdict } of chain.rules) {
    const fits = allFit(packet, matches);
    if (fits === 'no' || verdict.kind === 'continue') continue;
    if (verdict.kind === 'return') {
      if (fits === 'yes') return 'continue';
      return 'unclear';
    }
    const end = 'chain' in verdict ? follow(packet, verdict.chain, { chain, chains, depth }) : verdict.kind;
    // What only may fit and would drop is no visible drop; what may let the packet in ends our knowledge.
    if (fits === 'maybe' && (end === 'drop' || end === 'continue')) continue;
    if (fits === 'maybe') return 'unclear';
    if (end !== 'continue') return end;
    if (verdict.kind === 'goto') return 'continue';
  }
  return 'continue';
}

function follow(packet: Packet, name: string, { chain, chains, depth }: Walk): End {
  const target = chains.find(
    (one) =>
      one.name === name && one.table === chain.table && one.familyWord === chain.familyWord && one.tool === chain.tool,
  );
  if (target === undefined || depth === MOST_JUMPS) return 'unclear';
  return walk(packet, { chain: target, chains, depth: depth + 1 });
}

type Fit = 'yes' | 'no' | 'maybe';

function allFit(packet: Packet, matches: readonly Match[]): Fit {
  const fits = matches.map((match) => fit(packet, match));
  if (fits.includes('no')) return 'no';
  return fits.includes('maybe') ? 'maybe' : 'yes';
}

function fit(packet: Packet, { what, isNegated, values }: Match): Fit {
  const fits = values.map((value) => fitsOne(packet, what, value));
  const any = fits.includes('yes') ? 'yes' : fits.includes('maybe') ? 'maybe' : 'no';
  if (any === 'maybe' || what === 'other') return 'maybe';
  return (any === 'yes') === isNegated ? 'no' : 'yes';
}

function fitsOne(packet: Packet, what: Match['what'], value: string): Fit {
  switch (what) {
    case 'protocol':
      return is(packet.protocol.includes(value));
    case 'port':
      return packet.port === null ? 'no' : is(isInRange(packet.port, value));
    case 'interface':
      return packet.interface === null ? 'maybe' : is(isInterface(packet.interface, value));
    case 'source':
      return fitsAddress(packet.source, value);
    case 'destination':
      return fitsAddress(packet.destination, value);
    case 'state':
      return is(value.toLowerCase() === 'new');
    case 'other':
      return 'maybe';
  }
}

function is(truth: boolean): Fit {
  return truth ? 'yes' : 'no';
}

function isInRange(port: number, value: string): boolean {
  const [first = '', last = first] = value.split(/[-:]/);
  return port >= Number(first) && port <= Number(last);
}

function isInterface(name: string, value: string): boolean {
  return value.endsWith('*') ? name.startsWith(value.slice(0, -1)) : name === value;
}

function fitsAddress(address: string | null, value: string): Fit {
  const [text = '', length] = value.split('/');
  const network = parseAddress(text);
  if (address === null || network === undefined) return 'maybe';
  const prefixLength = length === undefined ? (network.family === 'ipv4' ? 32 : 128) : Number(length);
  return is(isInNetwork(address, { address: network, prefixLength }));
}
