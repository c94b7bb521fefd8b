import { readFile } from 'node:fs/promises';
import { type Fact, known, unknown } from '../../doctor/facts.ts';
import type { FilterChain } from '../../doctor/firewall.ts';
import type { NetnsOptions } from '../in-netns.ts';
import { readChains } from './iptables-rules.ts';
import { look, readJson } from './look.ts';
import type { Listing } from './look-at-all.ts';
import { hasForeignRules, rulesetChains } from './nft-ruleset.ts';

type Chains = Fact<readonly FilterChain[]>;

/** What nftables has, and the names of the older tables that are in use. */
interface Tables {
  readonly nft: Fact<string>;
  readonly legacy: string;
}

// To list a table that nobody uses would load it, so the kernel is asked first which it has.
const NAMES = 'cat /proc/net/ip_tables_names 2>/dev/null; sed s/^/6/ /proc/net/ip6_tables_names 2>/dev/null; true';

export const TABLES: Listing<Tables> = {
  commands: [
    ['nft', '-j', 'list', 'ruleset'],
    ['sh', '-c', NAMES],
  ],
  read: ([nft = unknown('It was not looked at'), names]) =>
    names === undefined || !names.known
      ? unknown('The tables of iptables are not known')
      : known({ nft, legacy: names.value }),
};

/** What filters incoming packets: nftables, and the older tables of iptables beside it. */
export async function readFirewall(tables: Fact<Tables>, place: NetnsOptions): Promise<Chains> {
  if (!tables.known) return tables;
  const nft = await readNft(tables.value.nft, place);
  const legacy = await readLegacy(tables.value.legacy, place);
  if (!nft.known) return nft;
  return legacy.known ? known([...nft.value, ...legacy.value]) : legacy;
}

async function readNft(listing: Fact<string>, place: NetnsOptions): Promise<Chains> {
  // Without the module there are no rules of it, whoever would list them.
  if (!listing.known && !(await hasNftables())) return known([]);
  const isForeign = readJson(listing, hasForeignRules);
  const chains = readJson(listing, rulesetChains);
  if (!chains.known || !isForeign.known || !isForeign.value) return chains;
  const tables = await listTables(['iptables-nft', 'ip6tables-nft'], place);
  if (!tables.known) return tables;
  return known([...chains.value.filter((chain) => !isOfIptables(chain)), ...tables.value]);
}

/** A kernel without modules may have it built in. */
async function hasNftables(): Promise<boolean> {
  const modules = await readFile('/proc/modules', 'utf8').catch(() => 'nf_tables ');
  return /^nf_tables /m.test(modules);
}

function isOfIptables({ table, family }: FilterChain): boolean {
  return table === 'filter' && family !== 'both';
}

async function readLegacy(names: string, place: NetnsOptions): Promise<Chains> {
  const tools = [
    ...(/^filter$/m.test(names) ? ['iptables-legacy' as const] : []),
    ...(/^6filter$/m.test(names) ? ['ip6tables-legacy' as const] : []),
  ];
  return listTables(tools, place);
}

async function listTables(tools: readonly FilterChain['tool'][], place: NetnsOptions): Promise<Chains> {
  const chains: FilterChain[] = [];
  for (const tool of tools) {
    const listing = await look([tool, '-S'], place);
    if (!listing.known) return unknown(`The rules of iptables could not be listed: ${listing.reason}`);
    chains.push(...readChains(listing.value, { tool, family: tool.startsWith('ip6') ? 'ipv6' : 'ipv4' }));
  }
  return known(chains);
}
