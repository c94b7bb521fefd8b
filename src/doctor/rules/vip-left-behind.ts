import { networkCommand } from '../commands.ts';
import type { Interface } from '../facts.ts';
import { type Held, holdersOf, isServedHere, type Part, partsOf, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';

export const vipLeftBehind: Rule<DirectorHost> = {
  id: 'DOC405',
  name: 'vip-left-behind',
  severity: 'error',
  why: 'Two hosts then answer for the VIP, this one without being master: some clients reach nobody',
  source: 'keepalived: VIPs stay where its processes are killed; one added by hand is not its to remove',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  // The owner of an address has it for good (RFC 5798 §6.1).
  const parts = partsOf(host).filter(({ member }) => member.priority !== 255);
  if (parts.length === 0) return;
  const states = statesOf(facts);
  if (!facts.interfaces.known || !states.known) return yield* [...notSeen(facts.interfaces), ...notSeen(states)];
  const runs = facts.keepalived.known && facts.keepalived.value.pids.length > 0;
  for (const part of parts) {
    const state = states.value.get(part.instance.name)?.state ?? null;
    const held = heldVips(part, { host, interfaces: facts.interfaces.value });
    if (state === 'master' || state === 'init' || held.length === 0) continue;
    const because = !runs
      ? 'keepalived does not run'
      : state === null
        ? 'keepalived does not know it'
        : `it is ${state}`;
    const places = held.map(({ address, interface: device }) => `${address.text} on ${device.name}`).join(', ');
    yield {
      seen: `This host has VIPs of the VRRP instance ${part.instance.name} (${places}), and ${because}`,
      wanted: 'VIPs on the director that is master alone',
      // The last one first: with the first address of a network on an interface, the kernel takes away all of it.
      fix: held
        .toReversed()
        .map(({ address, interface: device }) =>
          networkCommand(facts, `ip address del ${address.text}/${address.prefixLength} dev ${device.name}`),
        ),
    };
  }
}

function heldVips(
  { instance }: Part,
  { host, interfaces }: { host: DirectorHost; interfaces: readonly Interface[] },
): readonly Held[] {
  const vips = vipsOf(instance).map(({ address }) => address.text);
  // In the order of the interfaces, which is that of their addresses.
  return interfaces
    .flatMap((one) =>
      one.addresses.filter(({ text }) => vips.includes(text)).flatMap(({ text }) => holdersOf(text, [one])),
    )
    .filter(({ interface: device, address }) => !(device.isLoopback && isServedHere(address.text, host)));
}
