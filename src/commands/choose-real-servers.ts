import { OperationError, UsageError } from '../errors.ts';
import type { Address } from '../model/address.ts';
import type { Desired } from '../model/desired.ts';
import { findRealServer, type RealServerHost, realServerHosts } from '../needs/real-server-hosts.ts';
import { type RealServerNeeds, realServerNeeds } from '../needs/real-server-needs.ts';
import { suggestion } from '../spec/did-you-mean.ts';
import { useText } from '../view/real-server.ts';

/** A host and what it needs. */
export interface NeedyHost {
  readonly host: RealServerHost;
  readonly needs: RealServerNeeds;
}

/** The host that somebody names, or all of them; throws where there is none such, or one that no kernel can be. */
export function chooseRealServers(
  desired: Desired,
  { name, markVips }: { name: string | undefined; markVips: readonly Address[] },
): readonly NeedyHost[] {
  const hosts = name === undefined ? realServerHosts(desired) : [hostCalled(name, desired)];
  if (hosts.length === 0) throw new OperationError('The spec has no real servers');
  const all = hosts.map((host) => ({ host, needs: realServerNeeds(desired, host, markVips) }));
  checkMarkVips(all, markVips);
  const clashes = all.flatMap(({ needs }) => needs.clashes);
  if (clashes.length === 0) return all;
  throw new OperationError(clashes.join('; '), {
    hints: ['A kernel has one gre device for an address: give these services the same checksum.'],
  });
}

function checkMarkVips(hosts: readonly NeedyHost[], markVips: readonly Address[]): void {
  const held = new Set(hosts.flatMap(({ needs }) => needs.addresses.map(({ address }) => address)));
  const unused = markVips.find(({ text }) => !held.has(text));
  if (unused === undefined) return;
  const family = unused.family === 'ipv4' ? 'IPv4' : 'IPv6';
  throw new UsageError(`--vip ${unused.text} is of no use: no ${family} service by dr or tun is a firewall mark here`);
}

function hostCalled(name: string, desired: Desired): RealServerHost {
  const found = findRealServer(desired, name);
  if (found.kind === 'found') return found.host;
  const known = found.known.join(', ');
  if (found.kind === 'ambiguous')
    throw new UsageError(
      `"${name}" is several real servers; name one by service and name, or by its address: ${known}`,
    );
  throw new OperationError(`There is no real server "${name}"${suggestion(name, found.known)}`, {
    hints: [known === '' ? 'There is none at all.' : `There is: ${known}`],
  });
}

/** Hosts that are told the same, as one. */
export interface Instructions {
  readonly hosts: readonly RealServerHost[];
  readonly uses: readonly string[];
  readonly needs: RealServerNeeds;
}

export function instructionsFor(hosts: readonly NeedyHost[]): readonly Instructions[] {
  const told = hosts.map(({ host, needs }) => ({ hosts: [host], uses: distinct(host.uses.map(useText)), needs }));
  return [...Map.groupBy(told, ({ uses, needs }) => JSON.stringify([uses, needs])).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, hosts: same.flatMap((each) => each.hosts) }];
  });
}

/** What all of them are told; throws where they are told different things. */
export function sameForAll(hosts: readonly NeedyHost[]): Instructions {
  const [first, second] = instructionsFor(hosts);
  if (first !== undefined && second === undefined) return first;
  const names = distinct(hosts.flatMap(({ host }) => host.names));
  throw new UsageError(
    `The real servers need different things; name one, or write them all with -o DIRECTORY: ${names.join(', ')}`,
  );
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
