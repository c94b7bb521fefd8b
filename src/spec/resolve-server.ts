import type { Address } from '../model/address.ts';
import type { Check } from '../model/check.ts';
import type { DesiredServer } from '../model/desired.ts';
import type { Origin } from '../model/origin.ts';
import type { Forwarding, ServerAttributes, ServiceAddress, Tunnel } from '../model/table.ts';
import { resolveCheck } from './resolve-check.ts';
import type { Path } from './place.ts';
import type { ResolveContext, WrittenServer } from './resolve-service.ts';
import type { CheckSpec } from './schema/checks.ts';
import type { ForwardingSpec } from './schema/forwarding.ts';
import type { ServerHostSpec } from './schema/host.ts';
import type { ServerSpec, ServiceSpec } from './schema/services.ts';

/** What is the same for all real servers of one service. */
export interface ServerContext extends ResolveContext {
  readonly address: ServiceAddress;
  readonly inherited: Inherited;
}

/** One real server of one service. */
export function resolveServer({ name, path, server }: WrittenServer, context: ServerContext): DesiredServer {
  const { address, inherited, originAt } = context;
  const own = serverDetails(server);
  const forwarding = own.forwarding === undefined ? inherited.forwarding : resolveForwarding(own.forwarding);
  return {
    name,
    family: own.address.family,
    address: own.address.text,
    port: serverPort(own.port, { forwarding, address }),
    forwarding,
    weight: own.weight ?? inherited.weight,
    upperThreshold: own.upper_threshold ?? inherited.upperThreshold,
    lowerThreshold: own.lower_threshold ?? inherited.lowerThreshold,
    origin: originAt(path),
    fieldOrigins: originsOf(([attribute, key]) =>
      own[key] === undefined ? inherited.origins[attribute] : originAt([...path, key]),
    ),
    check: own.check === undefined ? inherited.check : resolveCheck(own.check),
    extra: own.extra ?? [],
  };
}

/** What a real server has that says nothing itself: resolved once, since thousands may share it. */
export interface Inherited extends ServerAttributes {
  readonly check: Check | null;
  readonly origins: Readonly<Record<string, Origin>>;
}

/** The settings of a service for its real servers, else those of `defaults`. */
export function inheritedSettings(
  { path, service }: { path: Path; service: ServiceSpec },
  { spec, originAt }: ResolveContext,
): Inherited {
  const { defaults = {} } = spec;
  const pick = <K extends SettingKey>(key: K) => service[key] ?? defaults[key];
  return {
    // Without a word ipvsadm takes dr; lint refuses a spec that leaves it open.
    forwarding: resolveForwarding(pick('forwarding') ?? 'dr'),
    weight: pick('weight') ?? 1,
    upperThreshold: pick('upper_threshold') ?? 0,
    lowerThreshold: pick('lower_threshold') ?? 0,
    check: resolveCheck(pick('check')),
    origins: originsOf(([, key]) => {
      if (service[key] !== undefined) return originAt([...path, key]);
      return defaults[key] === undefined ? undefined : originAt(['defaults', key]);
    }),
  };
}

type SettingKey = 'forwarding' | 'weight' | 'upper_threshold' | 'lower_threshold' | 'check';

/** A real server in its long form. */
export interface ServerDetails {
  readonly address: Address;
  readonly port?: number | undefined;
  readonly weight?: number | undefined;
  readonly upper_threshold?: number | undefined;
  readonly lower_threshold?: number | undefined;
  readonly forwarding?: ForwardingSpec | undefined;
  readonly check?: CheckSpec | undefined;
  readonly extra?: readonly string[] | undefined;
  readonly host?: ServerHostSpec | undefined;
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

const SERVER_KEYS = [
  ['forwarding', 'forwarding'],
  ['weight', 'weight'],
  ['upperThreshold', 'upper_threshold'],
  ['lowerThreshold', 'lower_threshold'],
] as const satisfies readonly (readonly [string, SettingKey])[];

/** Attributes that nobody wrote have none. */
function originsOf(find: (setting: (typeof SERVER_KEYS)[number]) => Origin | undefined): Record<string, Origin> {
  const origins: Record<string, Origin> = {};
  for (const setting of SERVER_KEYS) {
    const origin = find(setting);
    if (origin !== undefined) origins[setting[0]] = origin;
  }
  return origins;
}
