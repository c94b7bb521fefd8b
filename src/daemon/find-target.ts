import { EXIT, OperationError } from '../errors.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import type { OverrideTarget } from '../model/override.ts';
import { isMeant, type MeantServer, meantServers } from '../plan/overridden.ts';
import { suggestion } from '../spec/did-you-mean.ts';

export interface FoundTarget {
  /** One at least. */
  readonly meant: readonly MeantServer[];
  /** Names of services of keepalived that have such servers too. */
  readonly theirs: readonly string[];
}

/** The real servers that a target means; an error that names what there is where it means none. */
export function findTarget(target: OverrideTarget, desired: Desired): FoundTarget {
  const meant = meantServers(desired, target);
  const theirs = desired.services
    .filter(({ owner }) => owner === 'keepalived')
    .filter((service) => service.servers.some((server) => isMeant(target, service, server)))
    .map(({ name }) => name);
  if (meant.length > 0) return { meant, theirs };
  throw theirs.length > 0 ? ofKeepalived(theirs) : unknown(target, desired);
}

function ofKeepalived(services: readonly string[]): OperationError {
  const one = services.length === 1;
  return new OperationError(
    `${services.join(', ')} ${one ? 'belongs' : 'belong'} to keepalived (owner: keepalived), which writes the real servers there`,
    {
      exitCode: EXIT.refused,
      hints: ['Change the weight in the spec and apply it, or let lvsctl write the service: owner: lvsctl.'],
    },
  );
}

function unknown(target: OverrideTarget, { services }: Desired): OperationError {
  switch (target.kind) {
    case 'server':
      return unknownServer(target, services);
    case 'pool': {
      const pools = services.flatMap(({ pool }) => pool ?? []);
      return missing('pool', target.pool, pools);
    }
    case 'address':
      return missing(
        'real server with the address',
        target.address,
        services.flatMap(({ servers }) => servers.map(({ address }) => address)),
      );
  }
}

/** For a service, or a real server of it, that there is none of. */
export function unknownServer(
  target: { readonly service: string; readonly server: string },
  services: readonly DesiredService[],
): OperationError {
  const service = services.find(({ name }) => name === target.service);
  const names = (service?.servers ?? services).map(({ name }) => name);
  return service === undefined
    ? missing('service', target.service, names)
    : missing(`real server of ${service.name}`, target.server, names);
}

/** A host may have hundreds; a list of all of them helps nobody. */
const SHOWN = 20;

function missing(what: string, name: string, all: readonly string[]): OperationError {
  const known = [...new Set(all)];
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : '';
  return new OperationError(`The spec has no ${what} "${name}"${suggestion(name, known)}`, {
    hints: [known.length === 0 ? 'It has none at all.' : `There is: ${known.slice(0, SHOWN).join(', ')}${more}`],
  });
}
