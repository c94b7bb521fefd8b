import { parseAddress } from '../model/address.ts';
import type { Persistence, ServiceAddress, ServiceAttributes } from '../model/table.ts';
import { readEndpoint, readFwmark, readNumber } from './endpoint.ts';
import { type Unreadable, unreadable } from './rule-options.ts';

type Options = ReadonlyMap<string, string>;

const PROTOCOLS = [
  ['-t', 'tcp'],
  ['-u', 'udp'],
  ['--sctp-service', 'sctp'],
] as const;

/** Which service a rule is about; undefined when it names none, or more than one. */
export function readServiceAddress(options: Options): ServiceAddress | undefined {
  const given = PROTOCOLS.filter(([option]) => options.has(option));
  if (given.length + (options.has('-f') ? 1 : 0) !== 1) return undefined;
  const [named] = given;
  return named === undefined ? readFwmarkAddress(options) : readVip(options, named);
}

function readFwmarkAddress(options: Options): ServiceAddress | undefined {
  const mark = readFwmark(options.get('-f') ?? '');
  return mark === undefined ? undefined : { kind: 'fwmark', family: options.has('-6') ? 'ipv6' : 'ipv4', mark };
}

function readVip(options: Options, [option, protocol]: (typeof PROTOCOLS)[number]): ServiceAddress | undefined {
  const endpoint = readEndpoint(options.get(option) ?? '');
  if (endpoint === undefined || options.has('-6')) return undefined;
  return { kind: 'address', family: endpoint.family, protocol, vip: endpoint.text, port: endpoint.port };
}

const SERVICE_OPTIONS = new Set(['-t', '-u', '--sctp-service', '-f', '-6', '-s', '-p', '-M', '--pe', '-o', '-b']);

/** The attributes of a service in a `-A` rule. */
export function readServiceAttributes(
  options: Options,
  { family }: ServiceAddress,
): { readonly ok: true; readonly attributes: ServiceAttributes } | Unreadable {
  const foreign = [...options.keys()].find((name) => !SERVICE_OPTIONS.has(name));
  if (foreign !== undefined) return unreadable(`Option "${foreign}" does not belong to a service`);
  const scheduler = options.get('-s');
  if (scheduler === undefined) return unreadable('It has no scheduler');
  if (scheduler === 'none') return unreadable('It runs without a scheduler ("-s none")');
  const schedulerFlags = readFlags(scheduler, options.get('-b'));
  if (schedulerFlags === undefined) return unreadable(`Unknown scheduler flag in "-b ${options.get('-b')}"`);
  const persistence = readPersistence(options, family);
  if (persistence === undefined) return unreadable('Its persistence is not a time-out and a netmask');
  const [persistenceEngine, onePacket] = [options.get('--pe') ?? null, options.has('-o')];
  return { ok: true, attributes: { scheduler, schedulerFlags, persistence, persistenceEngine, onePacket } };
}

/** The three bits of `-b`, in order. ipvsadm before 1.31 calls those of every scheduler flag-1 to flag-3. */
const PLAIN_FLAGS: readonly string[] = ['flag-1', 'flag-2', 'flag-3'];
const NAMED_FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['sh', ['sh-fallback', 'sh-port', 'flag-3']],
  ['mh', ['mh-fallback', 'mh-port', 'flag-3']],
]);

function readFlags(scheduler: string, text: string | undefined): string[] | undefined {
  const names = NAMED_FLAGS.get(scheduler) ?? PLAIN_FLAGS;
  const flags = text === undefined ? [] : text.split(',').map((flag) => names[PLAIN_FLAGS.indexOf(flag)] ?? flag);
  return flags.every((flag) => names.includes(flag)) ? [...new Set(flags)].sort() : undefined;
}

/** ip_vs stores a time-out and a mask without the persistent flag too; they mean nothing then and are not read. */
function readPersistence(options: Options, family: 'ipv4' | 'ipv6'): Persistence | null | undefined {
  const timeout = options.get('-p');
  if (timeout === undefined) return null;
  const timeoutSeconds = readNumber(timeout, { min: 1, max: 2 ** 32 - 1 });
  const netmask = family === 'ipv6' ? readPrefix(options.get('-M') ?? '128') : readMask(options.get('-M'));
  return timeoutSeconds === undefined || netmask === undefined ? undefined : { timeoutSeconds, netmask };
}

function readPrefix(text: string): number | undefined {
  return readNumber(text, { min: 1, max: 128 });
}

/** Any dotted quad: other tools set masks with gaps, and ip_vs uses them as they are. */
function readMask(text = '255.255.255.255'): string | undefined {
  const mask = parseAddress(text);
  return mask?.family === 'ipv4' ? mask.text : undefined;
}
