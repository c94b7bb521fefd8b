import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const onePacket: Rule = {
  id: 'LVS113',
  name: 'one-packet',
  severity: 'error',
  why: 'Packets of one TCP or SCTP connection would go to different real servers',
  harm: 'One-packet scheduling chooses a real server for every single packet, which tears a TCP or SCTP connection apart. ipvsadm refuses it, keepalived resets it, but the kernel would take it over netlink.',
  examples: {
    bad: yaml`
      services:
        dns: { vip: 203.0.113.10, port: 53, pool: web, one_packet: true }
    `,
    good: yaml`
      services:
        dns:
          vip: 203.0.113.10
          port: 53
          protocol: udp
          pool: web
          check: { dns: { name: example.com } }
          one_packet: true
    `,
  },
  source: 'ipvsadm.c: "One-Packet Scheduling is only for UDP virtual services"; keepalived check_data.c resets it',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    const protocol = service.protocol ?? 'tcp';
    if (service.one_packet !== true || service.vip === undefined || protocol === 'udp') continue;
    if (loaded.incomplete(path)) continue;
    yield {
      path: [...path, 'one_packet'],
      side: 'key',
      message: `one_packet is for udp and fwmark services; ${name} is ${protocol}`,
      ...(service.protocol === undefined
        ? { hint: 'add protocol: udp, or remove this line' }
        : { hint: 'remove this line', fix: removal([...path, 'one_packet']) }),
    };
  }
}
