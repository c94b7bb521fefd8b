import type { Address } from '../model/address.ts';
import type { DesiredServer } from '../model/desired.ts';
import { type Origin, originOf } from '../model/origin.ts';
import type { Forwarding, ServiceAddress, Tunnel } from '../model/table.ts';
import type { Path } from './place.ts';
import type { ResolveContext, WrittenServer } from './resolve-service.ts';
import type { ForwardingSpec } from './schema/forwarding.ts';
import type { ServerSpec, ServiceSpec } from './schema/services.ts';

interface ServerContext extends ResolveContext {
  readonly service: ServiceSpec;
  readonly servicePath: Path;
  readonly address: ServiceAddress;
}

/** One real server of one service. */
export function resolveServer({ name, path, server }: WrittenServer, context: ServerContext): DesiredServer {
  const { spec, service, address } = context;
  const own = serverDetails(server);
  const pick = <K extends SettingKey>(key: K) => own[key] ?? service[key] ?? spec.defaults?.[key];
  // Without a word ipvsadm takes dr; lint refuses a spec that leaves it open.
  const forwarding = resolveForwarding(pick('forwarding') ?? 'dr');
  return {
    name,
    family: own.address.family,
    address: own.address.text,
    port: serverPort(own.port, { forwarding, address }),
    forwarding,
    weight: pick('weight') ?? 1,
    upperThreshold: pick('upper_threshold') ?? 0,
    lowerThreshold: pick('lower_threshold') ?? 0,
    origin: originOf(context.locate(path, 'key')),
    fieldOrigins: serverOrigins(path, { ...context, own }),
  };
}

type SettingKey = 'forwarding' | 'weight' | 'upper_threshold' | 'lower_threshold';

interface ServerDetails {
  readonly address: Address;
  readonly port?: number | undefined;
  readonly weight?: number | undefined;
  readonly upper_threshold?: number | undefined;
  readonly lower_threshold?: number | undefined;
  readonly forwarding?: ForwardingSpec | undefined;
}

/** Both forms of a server as one. */
export function serverDetails(server: ServerSpec): ServerDetails {
  return 'family' in server ? { address: server } : server;
}

/**
 * With dr and tun the kernel cannot rewrite the port, and ipvsadm silently puts the service's in; only for a mark, which
 * has no port, it keeps the one given.
 */
function serverPort(
  given: number | undefined,
  { forwarding, address }: { forwarding: Forwarding; address: ServiceAddress },
): number {
  if (address.kind === 'fwmark') return given ?? 0;
  return forwarding.method === 'nat' ? (given ?? address.port) : address.port;
}

function resolveForwarding(forwarding: ForwardingSpec): Forwarding {
  if (forwarding === 'tun') return { method: 'tun', tunnel: { type: 'ipip' } };
  if (typeof forwarding === 'string') return { method: forwarding };
  return { method: 'tun', tunnel: resolveTunnel(forwarding.tun) };
}

const CHECKSUMS = { none: 'nocsum', csum: 'csum', remcsum: 'remcsum' } as const;

function resolveTunnel(tun: Extract<ForwardingSpec, object>['tun']): Tunnel {
  const checksum = CHECKSUMS[tun.checksum ?? 'none'];
  if (tun.type === 'gue') return { type: 'gue', port: tun.port ?? 0, checksum };
  if (tun.type === 'gre') return { type: 'gre', checksum: checksum === 'remcsum' ? 'nocsum' : checksum };
  return { type: 'ipip' };
}

const SERVER_KEYS = {
  forwarding: 'forwarding',
  weight: 'weight',
  upperThreshold: 'upper_threshold',
  lowerThreshold: 'lower_threshold',
} as const satisfies Record<string, SettingKey>;

/** A value stands with the server, else with the service, else in defaults; else nowhere. */
function serverOrigins(path: Path, context: ServerContext & { own: ServerDetails }): Record<string, Origin> {
  const { spec, service, servicePath, own, locate } = context;
  const origins = Object.entries(SERVER_KEYS).flatMap(([attribute, key]) => {
    const at =
      own[key] !== undefined
        ? path
        : service[key] !== undefined
          ? servicePath
          : spec.defaults?.[key] !== undefined
            ? ['defaults']
            : null;
    return at === null ? [] : [[attribute, originOf(locate([...at, key], 'key'))] as const];
  });
  return Object.fromEntries(origins);
}
