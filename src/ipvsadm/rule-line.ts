import type { RealServer, ServerAddress, ServiceAddress, ServiceAttributes } from '../model/table.ts';
import { type RuleOptions, readOptions } from './rule-options.ts';
import { type BareTunnel, readServer, readServerAddress } from './rule-server.ts';
import { readServiceAddress, readServiceAttributes } from './rule-service.ts';

/** One line of a saved table. What cannot be read still says whom it is about, when that much is clear. */
export type Rule =
  | { readonly kind: 'service'; readonly service: ServiceAddress; readonly attributes: ServiceAttributes }
  | { readonly kind: 'server'; readonly service: ServiceAddress; readonly server: RealServer }
  | {
      readonly kind: 'unread';
      readonly service: ServiceAddress | undefined;
      readonly server: ServerAddress | undefined;
      readonly reason: string;
    };

/** Reads a `-A` or `-a` line, with or without the `ipvsadm` in front that `ipvsadm -R` takes too. */
export function readRule(line: string, bareTunnel: BareTunnel): Rule {
  const words = line.trim().split(/\s+/);
  const [command, ...rest] = words[0] === 'ipvsadm' ? words.slice(1) : words;
  if (command === '-A') return readServiceRule(rest);
  if (command === '-a') return readServerRule(rest, bareTunnel);
  return unread(`A table holds only -A and -a lines, not "${command}"`);
}

function readServiceRule(words: readonly string[]): Rule {
  const read = readOptions(words);
  const service = serviceOf(read, words);
  if (!read.ok) return unread(read.reason, { service });
  if (service === undefined) return unread('It names no service that lvsctl can read');
  const attributes = readServiceAttributes(read.options, service);
  if (!attributes.ok) return unread(attributes.reason, { service });
  return { kind: 'service', service, attributes: attributes.attributes };
}

function readServerRule(words: readonly string[], bareTunnel: BareTunnel): Rule {
  const read = readOptions(words);
  const service = serviceOf(read, words);
  const server = readServerAddress(read.ok ? read.options : leadingOptions(words));
  if (!read.ok) return unread(read.reason, { service, server });
  if (service === undefined) return unread('It names no service that lvsctl can read');
  const result = readServer(read.options, bareTunnel);
  if (!result.ok) return unread(result.reason, { service, server });
  return { kind: 'server', service, server: result.server };
}

function serviceOf(read: RuleOptions, words: readonly string[]): ServiceAddress | undefined {
  return readServiceAddress(read.ok ? read.options : leadingOptions(words));
}

/** The options that come before the first word that is not understood: keys always stand first. */
function leadingOptions(words: readonly string[]): ReadonlyMap<string, string> {
  for (let end = words.length - 1; end > 0; end -= 1) {
    const read = readOptions(words.slice(0, end));
    if (read.ok) return read.options;
  }
  return new Map();
}

function unread(
  reason: string,
  about: { service?: ServiceAddress | undefined; server?: ServerAddress | undefined } = {},
): Rule {
  return { kind: 'unread', service: about.service, server: about.server, reason };
}
