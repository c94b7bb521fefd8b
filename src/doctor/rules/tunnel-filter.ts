import { sysctlCommand } from '../commands.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';
import { needsOf, tunnelEnds } from '../serving.ts';
import { interfaceSysctl } from '../sysctl-reports.ts';

export const tunnelFilter: Rule<ServingHost> = {
  id: 'DOC505',
  name: 'tunnel-filter',
  severity: 'error',
  why: 'What comes out of the tunnel is from clients that are not reached through it, and a strict filter drops that',
  source: 'Documentation/networking/ip-sysctl.rst: rp_filter; LVS-HOWTO: LVS-Tun',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { sysctls, interfaces } = host.facts;
  const { devices, deviceSysctls } = needsOf(host);
  if (deviceSysctls.length === 0) return;
  if (!sysctls.known || !interfaces.known) return yield* [...notSeen(sysctls), ...notSeen(interfaces)];
  const value = (name: string) => Number(sysctls.value.get(interfaceSysctl(name, 'rp_filter')) ?? 0);
  const ends = devices
    .filter(({ name }) => deviceSysctls.some((row) => row.name === interfaceSysctl(name, 'rp_filter')))
    .flatMap((device) => tunnelEnds(device, interfaces.value));
  for (const name of new Set(ends.filter(({ isUp }) => isUp).map((end) => end.name))) {
    // The kernel takes the larger one, so that 0 for the device alone would change nothing.
    if (Math.max(value('all'), value(name)) !== 1) continue;
    const parameter = interfaceSysctl(name, 'rp_filter');
    yield {
      seen: `rp_filter is strict on ${name} (all: ${value('all')}, ${name}: ${value(name)})`,
      wanted: `${parameter}=2`,
      fix: [sysctlCommand(host.facts, parameter, '2')],
    };
  }
}
