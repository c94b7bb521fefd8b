import { partsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';

export const instanceFault: Rule<DirectorHost> = {
  id: 'DOC404',
  name: 'instance-fault',
  severity: 'error',
  why: 'An instance in fault never becomes master: with the other director down as well, nobody has its VIPs',
  source: 'keepalived vrrp_scheduler.c: VRRP_STATE_FAULT',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const parts = partsOf(host);
  if (parts.length === 0) return;
  const states = statesOf(host.facts);
  if (!states.known) return yield* notSeen(states);
  for (const { instance, member } of parts) {
    if (states.value.get(instance.name)?.state !== 'fault') continue;
    const { interfaces, scripts, processes, files, bfd } = instance.tracking;
    const followed = [...interfaces, ...scripts, ...processes, ...files, ...bfd].map(({ name }) => name);
    yield {
      seen: `The VRRP instance ${instance.name} is in fault`,
      wanted: `${instance.name} master or backup`,
      advice: `Look at ${[member.interface ?? 'its interface', ...followed].join(', ')}, and at the log of keepalived: journalctl -u keepalived`,
    };
  }
}
