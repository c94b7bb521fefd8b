import type { VrrpStatus } from '../../model/keepalived-status.ts';
import { type Part, partsOf, vipsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';

export const instanceSettings: Rule<DirectorHost> = {
  id: 'DOC403',
  name: 'instance-settings',
  severity: 'error',
  why: 'keepalived goes by the file that it loaded last: what the spec says since then is not so',
  source: 'keepalived --signum=JSON',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { keepalived } = host.facts;
  const parts = partsOf(host);
  // Whether it runs at all is for DOC401.
  if (parts.length === 0 || (keepalived.known && keepalived.value.pids.length === 0)) return;
  const states = statesOf(host.facts);
  if (!states.known) return yield* notSeen(states);
  for (const part of parts) {
    const { name } = part.instance;
    const status = states.value.get(name);
    const differences = status === undefined ? [] : compare(part, status);
    if (status !== undefined && differences.length === 0) continue;
    yield {
      seen:
        status === undefined
          ? `The running keepalived does not know the VRRP instance ${name}`
          : `The running keepalived has the VRRP instance ${name} with ${differences.join('; ')}`,
      wanted: `${name} as the spec says`,
      fix: ['lvsctl apply'],
      advice: 'Name the spec with --file, as here',
    };
  }
}

function compare({ instance, member }: Part, status: VrrpStatus): string[] {
  const vips = vipsOf(instance).map(({ address }) => address.text);
  const wanted = {
    virtual_router_id: instance.virtualRouterId,
    priority: member.priority,
    // A VMAC is an interface of its own.
    ...(instance.vmac === null && member.interface !== null ? { interface: member.interface } : {}),
    vips: [...vips].sort().join(', '),
  };
  const live: Readonly<Record<keyof typeof wanted, string | number>> = {
    virtual_router_id: status.virtualRouterId,
    priority: status.basePriority,
    interface: status.interface,
    vips: [...status.vips].sort().join(', '),
  };
  return Object.entries(wanted)
    .filter(([key, value]) => live[key as keyof typeof wanted] !== value)
    .map(([key, value]) => `${key} ${live[key as keyof typeof wanted]} in place of ${value}`);
}
