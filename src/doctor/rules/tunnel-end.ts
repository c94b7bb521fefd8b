import { linkOptions } from '../../needs/tunnels.ts';
import { networkCommand } from '../commands.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';
import { needsOf, tunnelEnds } from '../serving.ts';

export const tunnelEnd: Rule<ServingHost> = {
  id: 'DOC502',
  name: 'tunnel-end',
  severity: 'error',
  why: 'What the director wraps is unwrapped by a device of that kind, and dropped where there is none',
  source: 'ip-link(8); net/ipv4/ipip.c, sit.c, ip_gre.c',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  const { devices } = needsOf(host);
  if (devices.length === 0) return;
  if (!facts.interfaces.known) return yield* notSeen(facts.interfaces);
  for (const device of devices) {
    const ends = tunnelEnds(device, facts.interfaces.value);
    if (ends.some(({ isUp }) => isUp)) continue;
    const [down] = ends;
    const up = (name: string) => networkCommand(facts, `ip link set ${name} up`);
    const wanted = `A device of kind ${device.kind} for ${device.local}, up`;
    if (down !== undefined) yield { seen: `${down.name} is down`, wanted, fix: [up(down.name)] };
    else
      yield {
        seen: `No device of kind ${device.kind} takes packets for ${device.local}`,
        wanted,
        fix: [
          networkCommand(facts, `ip link add ${device.name} type ${linkOptions(device).join(' ')}`),
          up(device.name),
        ],
      };
  }
}
