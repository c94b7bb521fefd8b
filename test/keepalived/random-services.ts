import fc from 'fast-check';
import { serviceKey, type VirtualService } from '../../src/model/table.ts';
import { randomTable } from '../ipvsadm/random-table.ts';
import { specText } from '../spec-text.ts';

/** What stands beside the services of `randomServices` in their spec. */
export const HEAD = {
  directors: { lb1: { address: '192.0.2.11', interface: 'eth0' } },
  keepalived: { script_user: 'root' },
  track: {
    files: { drain: { path: '/run/keepalived-drain' } },
    bfd: { peer: { neighbor: '192.0.2.2', source: '192.0.2.11' } },
  },
  defaults: { owner: 'keepalived', forwarding: 'nat', drain: 0 },
};

const milliseconds = (min: number, max: number) => fc.integer({ min, max }).map((time) => `${time}ms`);
const address = fc.constantFrom('10.1.0.1', 'fd00::1', 'fe80::1');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const http = fc.record({
  path: fc.constantFrom('/', '/a b?c=d#e', '/{x}!'),
  method: maybe(fc.constantFrom('GET', 'HEAD')),
  host: maybe(fc.constantFrom('www.example.com', '[::1]')),
  status: fc.constantFrom(200, '200-299,401', [204]),
  body: maybe(fc.constantFrom('ok', '^ok', 'a"b', '\\$1 {1}', '\\{\\}', '[a-z]{3}!', 'x+')),
  digest: maybe(fc.constantFrom('0'.repeat(32), '0'.repeat(64))),
  protocol: fc.constantFrom('1.0', '1.1', '2'),
});

const probe = fc.oneof(
  fc.constant({ tcp: {} }),
  fc.constant({ ping: {} }),
  http.map((value) => ({ http: value })),
  fc
    .record({ http, sni: maybe(fc.constant('www.example.com')), verify: maybe(fc.boolean()) })
    .map(({ http: value, ...tls }) => ({ https: { ...value, ...tls } })),
  fc
    .record({ name: maybe(fc.constantFrom('.', 'a.example')), type: fc.constantFrom('A', 'TXT') })
    .map((value) => ({ dns: value })),
  fc
    .record({ payload: maybe(fc.constantFrom('0102', '00ff')), reply: maybe(fc.constantFrom('0a', 'xx', 'ff')) })
    .map((value) => ({ udp: value })),
  fc.record({ helo: maybe(fc.constant('lb1')) }).map((value) => ({ smtp: value })),
  fc.record({ command: fc.constant("/usr/bin/true 'a b'"), dynamic: fc.boolean() }).map((value) => ({ script: value })),
  fc
    .record({ track_file: fc.constant('drain'), weight: fc.integer({ min: -99, max: 99 }), reverse: fc.boolean() })
    .map((value) => ({ file: value })),
  fc.constant({ bfd: { instance: 'peer' } }),
  fc.constantFrom({ ldap: {} }, { mysql: {} }, { redis: {} }, { grpc: {} }),
);

const target = fc.record({
  address: rarely(address),
  port: maybe(fc.integer({ min: 1, max: 65535 })),
  source: rarely(address),
});

const timing = fc.record({
  interval: milliseconds(100, 99999),
  fast_interval: maybe(milliseconds(100, 9999)),
  timeout: fc.oneof(milliseconds(10, 9999), fc.constant('3s')),
  fall: fc.integer({ min: 1, max: 9 }),
  rise: fc.integer({ min: 1, max: 3 }),
  warmup: maybe(fc.oneof(fc.constant(0), milliseconds(1, 9999))),
  on_failure: fc.constantFrom('remove', 'quiesce'),
});

const single = fc.tuple(probe, target).map(([kind, where]) => ({ ...kind, ...where }));
const group = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(single, { minLength: 1, maxLength: 3 }))
  .map(([mode, members]) => ({ [mode]: Object.fromEntries(members.map((member, at) => [`c${at}`, member])) }));

const check = fc.oneof(
  { weight: 2, arbitrary: fc.constant('none') },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.oneof(single, single, group), timing).map(([what, when]) => ({ ...what, ...when })),
  },
);

const sorry = fc.record({
  address: fc.constantFrom('10.0.0.9', 'fd00::9'),
  port: maybe(fc.integer({ min: 0, max: 65535 })),
  forwarding: fc.constantFrom('nat', 'dr', 'tun', { tun: { type: 'gre' } }),
});

const more = fc.record({
  check,
  quorum: maybe(fc.integer({ min: 1, max: 9 })),
  hysteresis: maybe(fc.integer({ min: 0, max: 3 })),
  alpha: fc.boolean(),
  omega: fc.boolean(),
  sorry_server: maybe(sorry),
  notify: maybe(fc.constant({ up: "/usr/bin/true 'a b'", quorum_down: '/usr/bin/true' })),
});

/** A service as the lines of a spec. */
export interface RandomService {
  readonly key: string;
  readonly text: string;
}

/**
 * As many services as asked for, no two at one address. Much of it keepalived cannot do: what lint says of them is part
 * of what is tested.
 */
export function randomServices(count: number): fc.Arbitrary<RandomService[]> {
  const one = fc.tuple(randomTable({ maxServices: 1 }), more);
  return fc.array(one, { minLength: count, maxLength: count }).map((pairs) => {
    const services = pairs.flatMap(([table, extra], at) =>
      table.map(inKeepalivedsWords).map((service) => ({
        key: serviceKey(service.address),
        text: serviceText(service, { name: `s${at}`, extra }),
      })),
    );
    return services.filter(({ key }, at) => services.findIndex((other) => other.key === key) === at);
  });
}

/** Most of what lint would say of each third table, so that enough are left. */
function inKeepalivedsWords(service: VirtualService): VirtualService {
  const { address, persistenceEngine } = service;
  const isMark = address.kind === 'fwmark';
  const servers = service.servers.map((server) => ({
    ...server,
    port: isMark && server.forwarding.method !== 'nat' ? 0 : server.port,
  }));
  return { ...service, servers, persistenceEngine: isMark || address.protocol === 'udp' ? persistenceEngine : null };
}

export function servicesText(services: readonly RandomService[]): string {
  return `${specText([], HEAD).replace('services: {}', 'services:')}${services.map(({ text }) => text).join('')}`;
}

function serviceText(service: VirtualService, { name, extra }: { name: string; extra: object }): string {
  const [, lines = ''] = specText([service]).split('services:\n');
  const keys = Object.entries(extra).filter(([, value]) => value !== undefined);
  const text = keys.map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`).join('');
  return lines.replace('  service-1:\n', `  ${name}:\n${text}`);
}
