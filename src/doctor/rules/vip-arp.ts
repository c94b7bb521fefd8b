import type { Neighbour } from '../facts.ts';
import { partsOf, serviceVips, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';

export const vipArp: Rule<DirectorHost> = {
  id: 'DOC308',
  name: 'vip-arp',
  severity: 'error',
  why: 'Clients whose ARP is answered by a real server, or by a second host, go past the director that should balance them',
  source: 'LVS-HOWTO: the ARP problem; arp_ignore in Documentation/networking/ip-sysctl.rst',
  check,
};

/** What was asked on the wire, and what the kernel learned by itself. */
function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { neighbours, arpAnswers, interfaces } = host.facts;
  if (serviceVips(host.desired).length === 0) return;
  if (!neighbours.known) return yield* notSeen(neighbours);
  if (arpAnswers !== null && !arpAnswers.known) yield* notSeen(arpAnswers);
  const own = new Set(interfaces.known ? interfaces.value.flatMap(({ mac }) => mac ?? []) : []);
  const answers = (arpAnswers?.known ? arpAnswers.value : []).filter(({ mac }) => !own.has(mac));
  for (const vip of serviceVips(host.desired)) {
    const macsIn = (list: readonly Neighbour[]) => [
      ...new Set(list.filter(({ address }) => address === vip).map(({ mac }) => mac)),
    ];
    const leaking = macsIn([...neighbours.value, ...answers]).flatMap(
      (mac) => realServerWith(mac, { host, neighbours: neighbours.value }) ?? [],
    );
    yield* leaking.map((name) => leakOf(vip, name));
    // What the kernel remembers may be the master of yesterday, so only answers of now are counted.
    if (leaking.length === 0) yield* crowd(vip, { macs: macsIn(answers), host });
  }
}

function leakOf(vip: string, name: string): Report {
  return {
    seen: `The real server ${name} answers ARP for ${vip}`,
    wanted: `${vip} answered for by the director that is master alone`,
    advice: `On ${name}: lvsctl doctor --role realserver`,
  };
}

/** More hosts that answer than one: on a backup the master may, on the master nobody else. */
function crowd(vip: string, { macs, host }: { macs: readonly string[]; host: DirectorHost }): Report[] {
  const isMaster = isMasterOf(vip, host);
  if (macs.length <= (isMaster ? 0 : 1)) return [];
  return [
    {
      seen: `${vip} is answered for by ${macs.join(' and ')}${isMaster ? ', though this director is master' : ''}`,
      wanted: `${vip} answered for by one host`,
      advice: 'Find the host with that MAC address (the switch knows its port), and take the VIP from it',
    },
  ];
}

function realServerWith(
  mac: string,
  { host, neighbours }: { host: DirectorHost; neighbours: readonly Neighbour[] },
): string | undefined {
  const addresses = neighbours.filter((one) => one.mac === mac).map(({ address }) => address);
  const directors = host.desired.directors.map(({ address }) => address.text);
  if (directors.some((address) => addresses.includes(address))) return undefined;
  return host.desired.services.flatMap(({ servers }) => servers).find(({ address }) => addresses.includes(address))
    ?.name;
}

function isMasterOf(vip: string, host: DirectorHost): boolean {
  const states = statesOf(host.facts);
  return partsOf(host).some(
    ({ instance }) =>
      vipsOf(instance).some(({ address }) => address.text === vip) &&
      states.known &&
      states.value.get(instance.name)?.state === 'master',
  );
}
