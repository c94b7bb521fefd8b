import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import type { ForwardingSpec } from '../../spec/schema/forwarding.ts';
import { everyServer } from '../every-server.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const tunnelOptions: Rule = {
  id: 'LVS115',
  name: 'tunnel-options',
  severity: 'error',
  why: 'ipvsadm refuses these combinations: only gue has a port, and not every tunnel has every checksum',
  harm: 'ipvsadm wants a port for gue and takes none for ipip and gre; ipip has no checksum, and gre none for remote checksum offload. A refused rule leaves the real server out of the service.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          forwarding: { tun: { type: gue } }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          forwarding: { tun: { type: gue, port: 6080 } }
    `,
  },
  source: 'ipvsadm(8) --tun-type, --tun-port, --tun-csum; keepalived check_parser.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, forwarding } of writtenForwardings(loaded)) {
    if (typeof forwarding === 'string' || loaded.incomplete([...path, 'tun'])) continue;
    yield* checkTunnel(forwarding.tun, [...path, 'tun']);
  }
}

type TunnelSpec = Extract<ForwardingSpec, object>['tun'];

function* checkTunnel(tun: TunnelSpec, path: Path): Iterable<Report> {
  const type = tun.type ?? 'ipip';
  if (type === 'gue' && tun.port === undefined)
    yield {
      path: [...path, 'type'],
      message: 'A gue tunnel needs the port the real server listens on',
      hint: 'add port: 6080',
    };
  if (type !== 'gue' && tun.port !== undefined)
    yield {
      path: [...path, 'port'],
      message: `A tunnel of type ${type} has no port`,
      hint: 'remove it, or use type: gue',
    };
  const checksums = { ipip: ['none'], gre: ['none', 'csum'], gue: ['none', 'csum', 'remcsum'] }[type];
  if (tun.checksum !== undefined && !checksums.includes(tun.checksum))
    yield {
      path: [...path, 'checksum'],
      message: `A tunnel of type ${type} has no checksum ${tun.checksum}`,
      hint: `use ${checksums.join(' or ')}`,
    };
}

interface WrittenForwarding {
  readonly path: Path;
  readonly forwarding: ForwardingSpec;
}

function writtenForwardings(loaded: LoadedSpec): readonly WrittenForwarding[] {
  const { defaults, services } = loaded.spec;
  return [
    ...forwardingAt(['defaults'], defaults?.forwarding),
    ...Object.entries(services ?? {}).flatMap(([name, { forwarding }]) => forwardingAt(['services', name], forwarding)),
    ...everyServer(loaded).flatMap(({ path, details }) => forwardingAt(path, details.forwarding)),
  ];
}

function forwardingAt(path: Path, forwarding: ForwardingSpec | undefined): readonly WrittenForwarding[] {
  return forwarding === undefined ? [] : [{ path: [...path, 'forwarding'], forwarding }];
}
