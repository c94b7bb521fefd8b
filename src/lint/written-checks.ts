import type { DesiredService } from '../model/desired.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { serverDetails } from '../spec/resolve-server.ts';
import type { CheckSpec, SingleCheckSpec } from '../spec/schema/checks.ts';
import { oncePerService, type PerService } from './once-per-spec.ts';
import { type ServerInService, serversIn } from './written.ts';

/** A check that is no `none`. */
export type CheckMapping = Exclude<CheckSpec, 'none'>;

/** A check as it is written. */
export interface WrittenCheck {
  readonly path: Path;
  readonly check: CheckMapping;
}

/** The check that applies to a real server: written there, with the service or under defaults. */
export interface CheckOfServer extends ServerInService, WrittenCheck {}

/** One for each real server that has a check; a check that several share comes up for each of them. */
export const checksIn: PerService<readonly CheckOfServer[]> = oncePerService((loaded, service) => {
  const inherited = inheritedCheck(loaded, service);
  return serversIn(loaded, service).flatMap((place) => {
    const own = serverDetails(place.written.server).check;
    const { path, check } = own === undefined ? inherited : { path: [...place.written.path, 'check'], check: own };
    return check === undefined || check === 'none' ? [] : [{ ...place, path, check }];
  });
});

/** The check of real servers that have none of their own. */
function inheritedCheck({ spec }: LoadedSpec, { name }: DesiredService): { path: Path; check: CheckSpec | undefined } {
  const check = spec.services?.[name]?.check;
  return check === undefined
    ? { path: ['defaults', 'check'], check: spec.defaults?.check }
    : { path: ['services', name, 'check'], check };
}

/** One for each check, with the first of the real servers that it applies to. */
export const differentChecksIn: PerService<readonly CheckOfServer[]> = oncePerService((loaded, service) => {
  const seen = new Set<CheckMapping>();
  return checksIn(loaded, service).filter(({ check }) => seen.size < seen.add(check).size);
});

/** One question of a check, as it is written. */
export interface WrittenSingle {
  readonly path: Path;
  readonly single: SingleCheckSpec;
}

/** The members of `all` or `any`, or the check itself. */
export function singlesOf({ check, path }: WrittenCheck): readonly WrittenSingle[] {
  const group = check.all === undefined ? 'any' : 'all';
  const members = check[group];
  if (members === undefined) return [{ path, single: check }];
  return Object.entries(members).map(([name, single]) => ({ path: [...path, group, name], single }));
}

/** The services that keepalived writes into the kernel; none whose owner could not be read. */
export function keepalivedServices(loaded: LoadedSpec): readonly DesiredService[] {
  return servicesOf(loaded, 'keepalived');
}

/** Those that lvsctl writes there, and checks itself. */
export function lvsctlServices(loaded: LoadedSpec): readonly DesiredService[] {
  return servicesOf(loaded, 'lvsctl');
}

function servicesOf(loaded: LoadedSpec, wanted: DesiredService['owner']): readonly DesiredService[] {
  return loaded.desired.services.filter(
    ({ name, owner }) =>
      owner === wanted &&
      ![
        ['services', name, 'owner'],
        ['defaults', 'owner'],
      ].some((path) => loaded.damaged(path)),
  );
}
