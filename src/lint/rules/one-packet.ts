import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const onePacket: Rule = {
  id: 'LVS113',
  name: 'one-packet',
  severity: 'error',
  why: 'Packets of one TCP or SCTP connection would go to different real servers',
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
      hint: service.protocol === undefined ? 'add protocol: udp, or remove this line' : 'remove this line',
    };
  }
}
