import { networkCommand } from '../commands.ts';
import { interfacesOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const interfaceDown: Rule<DirectorHost> = {
  id: 'DOC302',
  name: 'interface-down',
  severity: 'error',
  why: 'No advert leaves an interface that is down: the instance is in fault, and the other director takes over',
  source: 'keepalived vrrp_if.c: IF_ISUP; netdevice(7): IFF_UP, IFF_RUNNING',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  const named = interfacesOf(host);
  if (named.size === 0) return;
  if (!facts.interfaces.known) return yield* notSeen(facts.interfaces);
  for (const { name, isUp, hasCarrier } of facts.interfaces.value) {
    const use = named.get(name);
    if (use === undefined || (isUp && hasCarrier)) continue;
    const wanted = `${name} up, for ${use}`;
    if (!isUp) yield { seen: `${name} is down`, wanted, fix: [networkCommand(facts, `ip link set ${name} up`)] };
    else yield { seen: `${name} is up, but has no carrier`, wanted, advice: 'Look at its cable and at the switch' };
  }
}
