import type { SyncDaemon, VirtualService } from '../../src/model/table.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { desired, fwmark, live, owning, plan, server, service, type Sketch, tcp } from '../plan/build.ts';

const MASTER: SyncDaemon = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 1472,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};
const GUE = { method: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } } as const;
const PLACE = { file: 'defaults.lvs.yaml', line: 4, column: 3 };

const WEB = tcp('203.0.113.10', 443);
const DNS = { kind: 'address', family: 'ipv6', protocol: 'udp', vip: '2001:db8::53', port: 53 } as const;
const OLD = tcp('203.0.113.99');
const FOREIGN = [
  service(tcp('10.0.0.9', 8443), [server('10.0.0.1'), server('10.0.0.2')]),
  service(fwmark(4294967295), []),
];

const BEFORE: readonly VirtualService[] = [
  service(
    WEB,
    [
      server('10.20.0.13', 100, { port: 443 }),
      server('10.20.0.14', 100, { port: 443 }),
      server('10.20.0.15', 0, { port: 443 }),
      server('10.20.0.16', 100, { port: 443, forwarding: { method: 'dr' } }),
    ],
    { scheduler: 'wrr', persistence: { timeoutSeconds: 300, netmask: '255.255.255.255' } },
  ),
  service(OLD, [server('10.20.0.30')]),
];

const AFTER: readonly Sketch[] = [
  {
    ...service(WEB, [], {
      scheduler: 'sh',
      schedulerFlags: ['sh-port'],
      onePacket: true,
      persistence: { timeoutSeconds: 300, netmask: '255.255.255.0' },
    }),
    name: 'web-https',
    fieldOrigins: { scheduler: PLACE },
    servers: [
      named('web-3', server('10.20.0.13', 150, { port: 443 })),
      named(
        'web-6',
        server('10.20.0.16', 100, { port: 443, forwarding: GUE, upperThreshold: 500, lowerThreshold: 100 }),
      ),
      named('web-of-the-second-rack-7', server('10.20.0.17', 100, { port: 443 })),
    ],
  },
  {
    ...service(DNS, [], { scheduler: 'rr', onePacket: true }),
    name: 'dns',
    servers: [named('ns-1', server('fd00::21', 1, { port: 53 })), named('ns-2', server('fd00::22', 1, { port: 53 }))],
  },
];

function named(name: string, real: ReturnType<typeof server>) {
  return { ...real, name };
}

/** A plan with something of everything a plan may hold. */
export function samplePlan(rest: Parameters<typeof plan>[2] = {}): Plan {
  return plan([...BEFORE, ...FOREIGN], AFTER, {
    live: live([...BEFORE, ...FOREIGN], {
      active: { '10.20.0.14:443': 1843, '10.20.0.15:443': 7, '10.20.0.30:80': 1 },
      timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
      syncDaemons: [MASTER],
      unread: [{ text: '-A -t 192.0.2.7:0 -s none\u001b[31m', reason: 'scheduler none is not one' }],
    }),
    desired: desired(AFTER, {
      timeouts: { tcp: 1200, udp: 90 },
      syncDaemons: [{ ...MASTER, interface: 'eth1', ttl: 3 }],
    }),
    state: owning(BEFORE, {
      drains: [
        { service: 'tcp 203.0.113.10:443', server: '10.20.0.15:443', startedAt: 0, drainSeconds: 300, weight: 100 },
      ],
    }),
    now: 60_000,
    ...rest,
  });
}

export const SOURCES = { desired: 'lb/prod.lvs.yaml @ 4f1c2ab (clean)', live: 'IPVS on lb-a, 2026-11-22 14:02:11Z' };
