import { isInNetwork } from '../../needs/network.ts';
import { networkCommand } from '../commands.ts';
import type { Interface } from '../facts.ts';
import { holdersOf, partsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const directorAddress: Rule<DirectorHost> = {
  id: 'DOC303',
  name: 'director-address',
  severity: 'error',
  why: 'The other directors expect adverts from the address that the spec gives this one, and drop those of others by unicast',
  source: 'keepalived vrrp.c: vrrp_check_packet; unicast_src_ip must be an address of the host',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts, director } = host;
  if (director === null) return;
  if (!facts.interfaces.known) return yield* notSeen(facts.interfaces);
  const sources = partsOf(host).flatMap(({ member }) =>
    member.source === null ? [] : [{ address: member.source.text, device: member.interface }],
  );
  const wanted = new Map([
    [director.address.text, director.interface],
    ...sources.map(({ address, device }) => [address, device] as const),
  ]);
  for (const [address, device] of wanted) yield* judge(address, { device, host, interfaces: facts.interfaces.value });
}

function* judge(
  address: string,
  { device, host, interfaces }: { device: string | null; host: DirectorHost; interfaces: readonly Interface[] },
): Iterable<Report> {
  const holders = holdersOf(address, interfaces).map((held) => held.interface.name);
  const wanted = `${address} on ${device ?? 'an interface'} of ${host.director?.name}`;
  if (holders.length === 0) {
    const fix = addCommand(address, { device, host, interfaces });
    yield {
      seen: `No interface has ${address}`,
      wanted,
      fix,
      advice: 'Is this really that director? --director names it',
    };
  } else if (device !== null && !holders.includes(device))
    yield {
      seen: `${address} is on ${holders.join(' and ')}`,
      wanted,
      advice: `Write interface: ${holders[0]} for ${host.director?.name}, or move the address`,
    };
}

/** Only another address of that interface tells how long the prefix is. */
function addCommand(
  address: string,
  { device, host, interfaces }: { device: string | null; host: DirectorHost; interfaces: readonly Interface[] },
): string[] {
  const neighbour = interfaces
    .find(({ name }) => name === device)
    ?.addresses.find((own) => isInNetwork(address, { address: own, prefixLength: own.prefixLength }));
  if (neighbour === undefined || device === null) return [];
  return [networkCommand(host.facts, `ip address add ${address}/${neighbour.prefixLength} dev ${device}`)];
}
