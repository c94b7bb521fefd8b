import type { Checksum, Forwarding, RealServer, ServerAddress } from '../model/table.ts';
import { readEndpoint, readNumber } from './endpoint.ts';
import { type Unreadable, unreadable } from './rule-options.ts';

type Options = ReadonlyMap<string, string>;

/**
 * What `-i` without `--tun-type` means. ipvsadm 1.31 prints it for a tunnel type it does not know; ipvsadm before 1.30
 * printed it for IPIP, and so reads `ipvsadm -R`.
 */
export type BareTunnel = 'ipip' | 'unread';

/** Which real server a rule is about. */
export function readServerAddress(options: Options): ServerAddress | undefined {
  const endpoint = readEndpoint(options.get('-r') ?? '');
  return endpoint && { family: endpoint.family, address: endpoint.text, port: endpoint.port };
}

const SERVICE_ONLY = ['-s', '-p', '-M', '--pe', '-o', '-b'];

/** A real server and its attributes from a `-a` rule. */
export function readServer(
  options: Options,
  bareTunnel: BareTunnel,
): { readonly ok: true; readonly server: RealServer } | Unreadable {
  const foreign = SERVICE_ONLY.find((name) => options.has(name));
  if (foreign !== undefined) return unreadable(`Option "${foreign}" does not belong to a real server`);
  const address = readServerAddress(options);
  if (address === undefined) return unreadable(`Its address is not address:port ("${options.get('-r') ?? ''}")`);
  const forwarding = readForwarding(options, bareTunnel);
  if (!forwarding.ok) return forwarding;
  const [weight, upperThreshold, lowerThreshold] = [
    readNumber(options.get('-w') ?? ''),
    readNumber(options.get('-x') ?? '0', { max: 2 ** 32 - 1 }),
    readNumber(options.get('-y') ?? '0', { max: 2 ** 32 - 1 }),
  ];
  if (weight === undefined) return unreadable('It has no weight from 0 to 2147483647');
  if (upperThreshold === undefined || lowerThreshold === undefined) return unreadable('Its thresholds are no numbers');
  return {
    ok: true,
    server: { ...address, forwarding: forwarding.forwarding, weight, upperThreshold, lowerThreshold },
  };
}

type ForwardingResult = { readonly ok: true; readonly forwarding: Forwarding } | Unreadable;

function readForwarding(options: Options, bareTunnel: BareTunnel): ForwardingResult {
  const letters = ['-m', '-g', '-i'].filter((letter) => options.has(letter));
  if (letters.length !== 1) return unreadable('It needs exactly one of -m, -g and -i');
  if (letters[0] === '-i') return readTunnel(options, bareTunnel);
  const tunnelOption = [...options.keys()].find((name) => name.startsWith('--tun-'));
  if (tunnelOption !== undefined) return unreadable(`Option "${tunnelOption}" needs -i`);
  return { ok: true, forwarding: { method: letters[0] === '-m' ? 'nat' : 'dr' } };
}

function readTunnel(options: Options, bareTunnel: BareTunnel): ForwardingResult {
  const type = options.get('--tun-type') ?? (bareTunnel === 'ipip' ? 'ipip' : undefined);
  const port = readNumber(options.get('--tun-port') ?? '', { min: 1, max: 65535 });
  const checksums = (['nocsum', 'csum', 'remcsum'] as const).filter((name) => options.has(`--tun-${name}`));
  if (type === undefined) return unreadable('Its tunnel is of a type that ipvsadm has no name for');
  if (checksums.length > 1) return unreadable('Its tunnel has more than one kind of checksum');
  return tunnelOf({ type, port: options.has('--tun-port') ? (port ?? Number.NaN) : null, checksum: checksums[0] });
}

function tunnelOf(given: { type: string; port: number | null; checksum: Checksum | undefined }): ForwardingResult {
  const { type, port, checksum = 'nocsum' } = given;
  if (type === 'gue' && port !== null && port > 0) return tunnel({ type, port, checksum });
  if (type === 'gre' && port === null && checksum !== 'remcsum') return tunnel({ type, checksum });
  if (type === 'ipip' && port === null && given.checksum === undefined) return tunnel({ type });
  return unreadable(`Its tunnel options do not make a tunnel of type "${type}"`);
}

function tunnel(of: Extract<Forwarding, { method: 'tun' }>['tunnel']): ForwardingResult {
  return { ok: true, forwarding: { method: 'tun', tunnel: of } };
}
