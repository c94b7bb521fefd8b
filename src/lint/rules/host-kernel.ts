import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { declaredDirectors } from '../declared-hosts.ts';
import { missingIn } from '../kernel-needs.ts';
import type { Report, Rule } from '../rule.ts';

export const hostKernel: Rule = {
  id: 'LVS154',
  name: 'host-kernel',
  severity: 'error',
  why: 'An older kernel refuses the scheduler, or takes the real server and sends it plain IP in IP',
  harm: 'A scheduler is a module of the kernel; where there is none, adding the service fails. A kernel before the types of tunnels passes over the option that it does not know, and sends plain IP in IP to a real server that expects another wrapping and drops it. Nobody sees that on the director with the newer kernel, only after a failover to the older one.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { kernel: "6.1" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { kernel: "4.15" } }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: mh, scheduler_flags: [mh-fallback] }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { kernel: "6.1" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { kernel: "6.1" } }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: mh, scheduler_flags: [mh-fallback] }
    `,
  },
  source: 'Linux 3.18 (fo), 4.3 (ovf), 4.18 (mh), 5.2 (gue), 5.3 (gre), 5.12 (twos): net/netfilter/ipvs',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, host } of declaredDirectors(loaded))
    for (const need of host.kernel === undefined ? [] : missingIn(loaded, host.kernel))
      yield {
        path: need.path,
        message: `${need.what} needs Linux ${need.since}, and ${name} has ${host.kernel}`,
        hint: 'run a newer kernel there, or choose another one',
        related: [{ path: [...path, 'kernel'], message: `the kernel of ${name}` }],
      };
}
