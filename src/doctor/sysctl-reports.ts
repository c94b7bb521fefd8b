import type { Sysctl } from '../needs/sysctl.ts';
import { sysctlCommand } from './commands.ts';
import type { HostFacts, Interface } from './facts.ts';
import { type NotSeen, notSeen, type Report } from './rule.ts';

/** What of these kernel parameters is not as it should be. */
export function* sysctlReports(facts: HostFacts, rows: readonly Sysctl[]): Iterable<Report | NotSeen> {
  const { sysctls } = facts;
  if (rows.length === 0) return;
  if (!sysctls.known) return yield* notSeen(sysctls);
  for (const row of rows) {
    const value = sysctls.value.get(row.name);
    if (value === undefined || isFine(row, value) || isFineEverywhere(row, facts)) continue;
    yield {
      seen: `${row.name} is ${value}`,
      wanted: `${row.name}=${row.value}`,
      why: row.reason,
      fix: [sysctlCommand(facts, row.name, row.value)],
    };
  }
}

function isFine({ value, alsoFine }: Sysctl, live: string): boolean {
  return live === value || alsoFine.includes(live);
}

/** Of these the kernel takes the larger one of `all` and the interface (ip-sysctl.rst). */
const LARGER = /^net\.ipv4\.conf\.(all)\.(arp_ignore|arp_announce|rp_filter)$/;

/** Whether every interface that speaks ARP has the value for itself. */
function isFineEverywhere(row: Sysctl, { sysctls, interfaces }: HostFacts): boolean {
  const parameter = LARGER.exec(row.name)?.[2];
  if (parameter === undefined || !sysctls.known || !interfaces.known) return false;
  const speaking = interfaces.value.filter(speaksArp);
  return (
    speaking.length > 0 &&
    speaking.every(({ name }) => isFine(row, sysctls.value.get(interfaceSysctl(name, parameter)) ?? ''))
  );
}

export function speaksArp({ isUp, isLoopback, mac, kind }: Interface): boolean {
  return isUp && !isLoopback && mac !== null && kind !== 'dummy';
}

/** The name of an IPv4 parameter of one interface; a dot in the interface's name becomes a slash, as in sysctl(8). */
export function interfaceSysctl(name: string, parameter: string): string {
  return `net.ipv4.conf.${name.replaceAll('.', '/')}.${parameter}`;
}
