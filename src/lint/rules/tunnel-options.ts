import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import type { ForwardingSpec } from '../../spec/schema/forwarding.ts';
import type { Report, Rule } from '../rule.ts';

export const tunnelOptions: Rule = {
  id: 'LVS115',
  name: 'tunnel-options',
  severity: 'error',
  why: 'ipvsadm refuses these combinations: only gue has a port, and not every tunnel has every checksum',
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

function writtenForwardings({ spec }: LoadedSpec): { path: Path; forwarding: ForwardingSpec }[] {
  const services = Object.entries(spec.services ?? {});
  const sets = [
    ...Object.entries(spec.pools ?? {}).map(([name, servers]) => ({ base: ['pools', name], servers })),
    ...services.map(([name, service]) => ({ base: ['services', name, 'servers'], servers: service.servers ?? {} })),
  ];
  const servers = sets.flatMap(({ base, servers }) =>
    Object.entries(servers).map(([name, server]) => ({
      path: [...base, name],
      forwarding: serverDetails(server).forwarding,
    })),
  );
  return [
    { path: ['defaults'], forwarding: spec.defaults?.forwarding },
    ...services.map(([name, service]) => ({ path: ['services', name], forwarding: service.forwarding })),
    ...servers,
  ].flatMap(({ path, forwarding }) =>
    forwarding === undefined ? [] : [{ path: [...path, 'forwarding'], forwarding }],
  );
}
