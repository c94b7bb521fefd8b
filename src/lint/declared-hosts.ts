import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { serverDetails } from '../spec/resolve-server.ts';
import type { DirectorHostSpec, ServerHostSpec } from '../spec/schema/host.ts';
import { serversIn } from './written.ts';

/** What the spec declares of a director's host. */
export interface DeclaredDirector {
  readonly name: string;
  readonly path: Path;
  readonly host: DirectorHostSpec;
}

export function declaredDirectors({ spec }: LoadedSpec): readonly DeclaredDirector[] {
  return Object.entries(spec.directors ?? {}).flatMap(([name, { host }]) =>
    host === undefined ? [] : [{ name, path: ['directors', name, 'host'], host }],
  );
}

/** What the spec declares of a real server's host, once for each place. */
export interface DeclaredServer {
  readonly name: string;
  readonly address: string;
  readonly path: Path;
  readonly host: ServerHostSpec;
}

export function declaredServers(loaded: LoadedSpec): readonly DeclaredServer[] {
  const all = loaded.desired.services.flatMap((service) =>
    serversIn(loaded, service).flatMap(({ server, written }) => {
      const { host } = serverDetails(written.server);
      return host === undefined
        ? []
        : [{ name: server.name, address: server.address, path: [...written.path, 'host'], host }];
    }),
  );
  return [...new Map(all.map((one) => [JSON.stringify(one.path), one])).values()];
}

/** Whether every director is declared to have a kernel parameter with this value. */
export function allDirectorsHave(loaded: LoadedSpec, sysctl: string, value: number): boolean {
  const names = Object.keys(loaded.spec.directors ?? {});
  const having = declaredDirectors(loaded).filter(({ host }) => host.sysctls?.[sysctl] === value);
  return names.length > 0 && having.length === names.length;
}
