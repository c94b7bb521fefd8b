import { sysctlCommand } from '../commands.ts';
import { partsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { interfaceSysctl } from '../sysctl-reports.ts';

export const proxyArp: Rule<DirectorHost> = {
  id: 'DOC204',
  name: 'proxy-arp',
  severity: 'warning',
  why: 'A director that answers ARP for addresses of others answers for VIPs as well while it is not master',
  source: 'keepalived.conf(5), kernel settings; net/ipv4/arp.c: arp_fwd_proxy',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts } = host;
  const interfaces = new Set(partsOf(host).flatMap(({ member }) => member.interface ?? []));
  if (interfaces.size === 0) return;
  if (!facts.sysctls.known) return yield* notSeen(facts.sysctls);
  // The kernel does it where either of both says so.
  for (const parameter of ['proxy_arp', 'proxy_arp_pvlan']) {
    for (const name of ['all', ...interfaces]) {
      const sysctl = interfaceSysctl(name, parameter);
      if (facts.sysctls.value.get(sysctl) !== '1') continue;
      yield { seen: `${sysctl} is 1`, wanted: `${sysctl}=0`, fix: [sysctlCommand(facts, sysctl, '0')] };
    }
  }
}
