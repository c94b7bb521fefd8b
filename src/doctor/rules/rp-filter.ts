import { sysctlCommand } from '../commands.ts';
import { interfacesOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { interfaceSysctl } from '../sysctl-reports.ts';

export const rpFilter: Rule<DirectorHost> = {
  id: 'DOC203',
  name: 'rp-filter',
  severity: 'info',
  why: 'A request is dropped in silence where the route back to its client leads through another interface',
  source: 'Documentation/networking/ip-sysctl.rst: rp_filter; net/ipv4/fib_frontend.c',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { sysctls, interfaces } = host.facts;
  if (!sysctls.known || !interfaces.known) return yield* [...notSeen(sysctls), ...notSeen(interfaces)];
  const own = interfaces.value.filter(({ isLoopback, isUp, addresses }) => !isLoopback && isUp && addresses.length > 0);
  // With one interface there is no other way back.
  if (own.length < 2) return;
  const value = (name: string) => Number(sysctls.value.get(interfaceSysctl(name, 'rp_filter')) ?? 0);
  for (const name of interfacesOf(host).keys()) {
    if (Math.max(value('all'), value(name)) !== 1) continue;
    yield {
      seen: `rp_filter is strict on ${name}, and this host has ${own.length} interfaces: ${own.map((one) => one.name).join(', ')}`,
      wanted: 'rp_filter 2 (loose) where requests come in by another interface than the route to their clients',
      fix: [sysctlCommand(host.facts, interfaceSysctl(name, 'rp_filter'), '2')],
    };
  }
}
