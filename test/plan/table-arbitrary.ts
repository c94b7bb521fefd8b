import fc from 'fast-check';
import { parseAddress } from '../../src/model/address.ts';
import {
  type Forwarding,
  type RealServer,
  type ServiceAddress,
  serverKey,
  serviceKey,
  sortServices,
  type VirtualService,
} from '../../src/model/table.ts';

/** Random valid tables. Addresses come from small sets, so that two tables meet in most of their keys. */

const VIPS = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8::1', '2001:db8::2'];
const SERVERS = {
  ipv4: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'],
  ipv6: ['fd00::1', 'fd00::2', 'fd00::3', 'fd00::4'],
} as const;
const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'sed', 'nq', 'fo', 'ovf', 'mh'];
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  sh: ['sh-fallback', 'sh-port'],
  mh: ['mh-fallback', 'mh-port'],
};

const addressArbitrary: fc.Arbitrary<ServiceAddress> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...VIPS), fc.constantFrom('tcp', 'udp', 'sctp'), fc.constantFrom(53, 80)).map(
      ([vip, protocol, port]): ServiceAddress => ({
        kind: 'address',
        family: parseAddress(vip)?.family ?? 'ipv4',
        protocol,
        vip,
        port,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('ipv4', 'ipv6'), fc.constantFrom(1, 4294967295))
      .map(([family, mark]): ServiceAddress => ({ kind: 'fwmark', family, mark })),
  },
);

const forwardingArbitrary: fc.Arbitrary<Forwarding> = fc.oneof(
  fc.constant<Forwarding>({ method: 'nat' }),
  fc.constant<Forwarding>({ method: 'dr' }),
  fc.constantFrom<Forwarding>(
    { method: 'tun', tunnel: { type: 'ipip' } },
    { method: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } },
    { method: 'tun', tunnel: { type: 'gre', checksum: 'nocsum' } },
  ),
);

function serverArbitrary(address: ServiceAddress): fc.Arbitrary<RealServer> {
  return fc
    .record({
      address: fc.constantFrom(...SERVERS[address.family]),
      forwarding: forwardingArbitrary,
      weight: fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 100 }) },
      ),
      natPort: fc.constantFrom(8080, 8081),
      upperThreshold: fc.constantFrom(0, 0, 500),
      lowerThreshold: fc.constantFrom(0, 100),
    })
    .map(({ natPort, ...server }) => ({
      ...server,
      family: address.family,
      port: server.forwarding.method === 'nat' ? natPort : address.kind === 'fwmark' ? 0 : address.port,
      lowerThreshold: server.upperThreshold === 0 ? 0 : server.lowerThreshold,
    }));
}

const serviceArbitrary: fc.Arbitrary<VirtualService> = addressArbitrary.chain((address) =>
  fc
    .record({
      scheduler: fc.constantFrom(...SCHEDULERS),
      flags: fc.integer({ min: 0, max: 3 }),
      persistence: fc.option(fc.record({ timeoutSeconds: fc.integer({ min: 1, max: 2678400 }), isWide: fc.boolean() })),
      onePacket: fc.boolean(),
      servers: fc.uniqueArray(serverArbitrary(address), { selector: serverKey, minLength: 1, maxLength: 4 }),
    })
    .map(({ flags, persistence, onePacket, ...rest }) => ({
      ...rest,
      address,
      schedulerFlags: (FLAGS[rest.scheduler] ?? []).filter((_flag, bit) => flags & (1 << bit)),
      persistence: persistence && {
        timeoutSeconds: persistence.timeoutSeconds,
        netmask: netmask(address, persistence.isWide),
      },
      persistenceEngine: null,
      onePacket: onePacket && (address.kind === 'fwmark' || address.protocol === 'udp'),
    })),
);

function netmask(address: ServiceAddress, isWide: boolean): string | number {
  if (address.family === 'ipv4') return isWide ? '255.255.255.0' : '255.255.255.255';
  return isWide ? 64 : 128;
}

export function tableArbitrary(maxLength = 6): fc.Arbitrary<VirtualService[]> {
  return fc
    .uniqueArray(serviceArbitrary, { selector: (service) => serviceKey(service.address), maxLength })
    .map((services) => sortServices(services));
}
