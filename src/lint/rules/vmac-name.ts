import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import { oncePerSpec } from '../once-per-spec.ts';
import type { Report, Rule } from '../rule.ts';
import { allTrackerUses } from '../tracker-uses.ts';
import { findTwins, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const vmacName: Rule = {
  id: 'LVS187',
  name: 'vmac-name',
  severity: 'error',
  why: 'keepalived makes the virtual interface itself, and under another name when that one is taken',
  harm: 'keepalived creates the virtual interface of an instance itself. When the name is taken, by a real interface or by that of another instance, it uses another name, and whatever refers to the written one, firewall rules for instance, refers to something else.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          vmac: { interface: eth0 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          vmac: { interface: vrrp51 }
    `,
  },
  source: 'keepalived vrrp_parser.c vrrp_vmac_handler; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { path } = instance;
    const taken = takenBy(loaded, instance);
    if (taken !== undefined)
      yield { path: [...path, 'vmac', 'interface'], message: taken, hint: 'choose a name that is free, or remove it' };
  }
  for (const { later, earlier } of findTwins(loaded, deviceOf)) {
    yield {
      path: [...later.path, 'vmac', 'interface'],
      message: `${later.name} wants the virtual interface ${deviceOf(later)} of ${earlier.name}`,
      hint: 'choose a name that is free, or remove it',
      related: [{ path: [...earlier.path, 'vmac', 'interface'], message: `that of ${earlier.name}` }],
    };
  }
}

/** Why the name of the virtual interface is not free, as far as the spec tells. */
function takenBy(loaded: LoadedSpec, instance: WrittenInstance): string | undefined {
  const device = deviceOf(instance);
  if (device === null) return undefined;
  if (device === '.' || device === '..') return `No interface can be called ${device}`;
  return realInterfaces(loaded).has(device) ? `${device} is an interface already` : undefined;
}

function deviceOf({ meant }: WrittenInstance): string | null {
  return meant.vmac?.interface ?? null;
}

/** Every interface that the spec takes to be there. */
const realInterfaces = oncePerSpec((loaded): ReadonlySet<string | null | undefined> => {
  const { connection_sync, keepalived } = loaded.spec;
  return new Set([
    connection_sync?.interface,
    keepalived?.default_interface,
    ...loaded.desired.directors.map((director) => director.interface),
    ...allTrackerUses(loaded).flatMap(({ kind, name }) => (kind === 'interfaces' ? [name] : [])),
    ...writtenInstances(loaded).flatMap(({ meant: { members, vips, excludedVips } }) =>
      [...members, ...vips, ...excludedVips].map((part) => part.interface),
    ),
  ]);
});
