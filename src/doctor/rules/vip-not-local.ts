import type { LocalAddress } from '../../needs/real-server-needs.ts';
import { networkCommand } from '../commands.ts';
import type { Interface } from '../facts.ts';
import { type Held, holdersOf } from '../part.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';
import { needsOf } from '../serving.ts';
import { speaksArp } from '../sysctl-reports.ts';

export const vipNotLocal: Rule<ServingHost> = {
  id: 'DOC501',
  name: 'vip-not-local',
  severity: 'error',
  why: 'Packets come to a real server by dr or tun with the VIP as their destination, and it drops them unless that is an address of its own',
  source: 'LVS-HOWTO; net/netfilter/ipvs/ip_vs_xmit.c',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { addresses } = needsOf(host);
  const { interfaces } = host.facts;
  if (addresses.length === 0) return;
  if (!interfaces.known) return yield* notSeen(interfaces);
  for (const wanted of addresses) yield* judge(wanted, { host, interfaces: interfaces.value });
}

function* judge(
  wanted: LocalAddress,
  { host, interfaces }: { host: ServingHost; interfaces: readonly Interface[] },
): Iterable<Report> {
  const holders = holdersOf(wanted.address, interfaces).filter((held) => held.interface.isUp);
  const device = interfaces.some(({ name, isUp }) => name === wanted.device && isUp) ? wanted.device : 'lo';
  const text = `${wanted.address}/${wanted.prefixLength}`;
  const add = networkCommand(
    host.facts,
    `ip address add ${text} dev ${device}${wanted.family === 'ipv6' ? ' nodad' : ''}`,
  );
  if (holders.length === 0)
    yield { seen: `No interface has the VIP ${wanted.address}`, wanted: `${text} on ${device}`, fix: [add] };
  for (const holder of holders) {
    const problem = problemOf(holder, wanted);
    if (problem === null) continue;
    const remove = networkCommand(
      host.facts,
      `ip address del ${wanted.address}/${holder.address.prefixLength} dev ${holder.interface.name}`,
    );
    yield { wanted: `${text} on ${device}`, ...problem, fix: [remove, add] };
  }
}

function problemOf(
  { interface: device, address }: Held,
  { family, prefixLength }: LocalAddress,
): Pick<Report, 'seen' | 'why'> | null {
  const text = `The VIP ${address.text}/${address.prefixLength} is on ${device.name}`;
  if (device.isLoopback && address.prefixLength !== prefixLength)
    return {
      seen: text,
      why: 'With a shorter prefix on lo, this host takes every address of that network for its own',
    };
  if (family === 'ipv4' && speaksArp(device))
    return {
      seen: text,
      why: 'An interface answers ARP for its own addresses: clients reach this host past the director',
    };
  return null;
}
