import fc from 'fast-check';
import { parseAddress } from '../../src/model/address.ts';
import {
  type Forwarding,
  type Persistence,
  type RealServer,
  type ServiceAddress,
  serverKey,
  serviceKey,
  sortServices,
  type VirtualService,
} from '../../src/model/table.ts';

type Family = 'ipv4' | 'ipv6';

/** Every scheduler that Debian's kernels have. */
export const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'sed', 'nq', 'fo', 'ovf', 'mh'];

const port = fc.integer({ min: 1, max: 65535 });

const ipv4 = fc.tuple(fc.integer({ min: 1, max: 126 }), fc.nat(255), fc.nat(255), fc.nat(254)).map((b) => b.join('.'));

/** Unicast, with runs of zeros, so that the ways to shorten an address all come up. */
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 7, maxLength: 7 })
  .map((groups) => parseAddress(['2001', ...groups.map((g) => g.toString(16))].join(':'))?.text ?? '::1');

function addressOf(family: Family): fc.Arbitrary<string> {
  return family === 'ipv4' ? ipv4.filter((text) => !text.startsWith('127.')) : ipv6;
}

function persistenceOf(family: Family): fc.Arbitrary<Persistence> {
  const bits = fc.integer({ min: 1, max: 32 });
  const mask = bits.map((n) => [24, 16, 8, 0].map((s) => ((0xffffffff << (32 - n)) >>> s) & 255).join('.'));
  const netmask = family === 'ipv4' ? mask : fc.integer({ min: 1, max: 128 });
  return fc.record({ timeoutSeconds: fc.integer({ min: 1, max: 2678400 }), netmask });
}

function flagsOf(scheduler: string): fc.Arbitrary<string[]> {
  const own = scheduler === 'sh' || scheduler === 'mh' ? [`${scheduler}-fallback`, `${scheduler}-port`] : undefined;
  return fc.subarray(own ?? ['flag-1', 'flag-2', 'flag-3']).map((flags) => flags.sort());
}

const checksum = fc.constantFrom('nocsum', 'csum', 'remcsum');
const tunnel: fc.Arbitrary<Forwarding> = fc
  .oneof(
    fc.record({ type: fc.constant('ipip') }),
    fc.record({ type: fc.constant('gue'), port, checksum }),
    fc.record({ type: fc.constant('gre'), checksum: fc.constantFrom('nocsum', 'csum') }),
  )
  .map((of) => ({ method: 'tun', tunnel: { ...of } }) as Forwarding);

const SMALL = fc.oneof(fc.nat(100), fc.nat(2147483647));

/** A server as the kernel keeps it after ipvsadm: DR and TUN on the port of their service. */
function serverOf(service: ServiceAddress): fc.Arbitrary<RealServer> {
  const forwarding = fc.oneof<fc.Arbitrary<Forwarding>[]>(
    fc.constant({ method: 'nat' }),
    fc.constant({ method: 'dr' }),
    tunnel,
  );
  return forwarding.chain((method) => {
    const families: Family[] = method.method === 'tun' ? ['ipv4', 'ipv6'] : [service.family];
    const isFixed = service.kind === 'address' && method.method !== 'nat';
    return fc.constantFrom(...families).chain((family) =>
      fc
        .record({ address: addressOf(family), port: isFixed ? fc.constant(service.port) : port, weight: SMALL })
        .chain((server) =>
          fc.tuple(SMALL, SMALL).map(([a, b]) => ({
            ...server,
            family,
            forwarding: method,
            upperThreshold: Math.max(a, b),
            lowerThreshold: Math.min(a, b),
          })),
        ),
    );
  });
}

const family = fc.constantFrom<Family[]>('ipv4', 'ipv6');

const serviceAddress: fc.Arbitrary<ServiceAddress> = family.chain((of) =>
  fc.oneof<fc.Arbitrary<ServiceAddress>[]>(
    fc.record({
      kind: fc.constant('address'),
      family: fc.constant(of),
      protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
      vip: addressOf(of),
      port: fc.oneof(fc.constant(0), port),
    }),
    fc.record({
      kind: fc.constant('fwmark'),
      family: fc.constant(of),
      mark: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2 ** 31 - 1, max: 2 ** 32 - 1 })),
    }),
  ),
);

function serviceOf(address: ServiceAddress): fc.Arbitrary<VirtualService> {
  const mayOps = address.kind === 'fwmark' || address.protocol === 'udp';
  const isWhole = address.kind === 'address' && address.port === 0;
  const persistence = persistenceOf(address.family);
  return fc.constantFrom(...SCHEDULERS).chain((scheduler) =>
    fc.record({
      address: fc.constant(address),
      scheduler: fc.constant(scheduler),
      schedulerFlags: flagsOf(scheduler),
      persistence: isWhole ? persistence : fc.option(persistence),
      persistenceEngine: fc.constantFrom(null, 'sip'),
      onePacket: mayOps ? fc.boolean() : fc.constant(false),
      servers: fc.uniqueArray(serverOf(address), { maxLength: 5, selector: serverKey }),
    }),
  );
}

/** Any table that ipvsadm can make and ip_vs keeps as it is told. */
export function randomTable({ maxServices = 8 } = {}): fc.Arbitrary<VirtualService[]> {
  return fc
    .uniqueArray(serviceAddress.chain(serviceOf), { maxLength: maxServices, selector: (s) => serviceKey(s.address) })
    .map((services) => sortServices(structuredClone(services)));
}
