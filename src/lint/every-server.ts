import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { type ServerDetails, serverDetails } from '../spec/resolve-server.ts';
import type { ServerSpec } from '../spec/schema/services.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** A real server as it is written. */
export interface EveryServer {
  readonly path: Path;
  readonly details: ServerDetails;
}

/** Every real server that is written anywhere in the spec, whoever uses it: those of pools first. */
export const everyServer: (loaded: LoadedSpec) => readonly EveryServer[] = oncePerSpec(({ spec }) => [
  ...Object.entries(spec.pools ?? {}).flatMap(([name, pool]) => serversAt(['pools', name], pool)),
  ...Object.entries(spec.services ?? {}).flatMap(([name, { servers }]) =>
    serversAt(['services', name, 'servers'], servers ?? {}),
  ),
]);

function serversAt(path: Path, servers: Readonly<Record<string, ServerSpec>>): EveryServer[] {
  return Object.entries(servers).map(([name, server]) => ({ path: [...path, name], details: serverDetails(server) }));
}
