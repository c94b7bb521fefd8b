import { networkCommand } from '../commands.ts';
import { holdersOf, partsOf, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';

export const vipMissing: Rule<DirectorHost> = {
  id: 'DOC406',
  name: 'vip-missing',
  severity: 'error',
  why: 'The master does not have a VIP that it says it has, and the others leave it alone: nobody answers for it',
  source: 'keepalived.conf(5): no_track; somebody removed the address',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  const parts = partsOf(host);
  if (parts.length === 0) return;
  const states = statesOf(facts);
  if (!facts.interfaces.known || !states.known) return yield* [...notSeen(facts.interfaces), ...notSeen(states)];
  for (const { instance, member } of parts) {
    const status = states.value.get(instance.name);
    if (status?.state !== 'master') continue;
    for (const vip of vipsOf(instance)) {
      // What its file does not give it is for DOC403.
      if (!status.vips.includes(vip.address.text) || holdersOf(vip.address.text, facts.interfaces.value).length > 0)
        continue;
      const device = vip.interface ?? member.interface ?? status.interface;
      yield {
        seen: `The VRRP instance ${instance.name} is master, and no interface has ${vip.address.text}`,
        wanted: `${vip.address.text} on ${device}`,
        fix: [networkCommand(facts, `ip address add ${vip.address.text}/${vip.prefixLength} dev ${device}`)],
      };
    }
  }
}
