import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { serversOf, type WrittenServer } from '../spec/resolve-service.ts';
import { serverDetails } from '../spec/resolve-server.ts';
import type { ServiceSpec } from '../spec/schema/services.ts';
import { oncePerService, type PerService } from './once-per-spec.ts';

/** A service as it is written. */
export interface WrittenService {
  readonly name: string;
  readonly path: Path;
  readonly service: ServiceSpec;
}

export function writtenServices({ spec }: LoadedSpec): readonly WrittenService[] {
  return Object.entries(spec.services ?? {}).map(([name, service]) => ({ name, path: ['services', name], service }));
}

/** A real server both as it is written and as it is meant, with its service. */
export interface ServerInService {
  readonly service: DesiredService;
  readonly server: DesiredServer;
  readonly written: WrittenServer;
}

/** The real servers of one service, in the order they are written. */
export const serversIn: PerService<readonly ServerInService[]> = oncePerService(({ spec }, service) => {
  const byName = new Map(service.servers.map((server) => [server.name, server]));
  return serversOf(spec, service.name).flatMap((written) => {
    const server = byName.get(written.name);
    return server === undefined ? [] : [{ service, server, written }];
  });
});

type Setting = 'forwarding' | 'weight' | 'upper_threshold' | 'lower_threshold' | 'check';

/** Where a setting that applies to a real server is written, there before its service before `defaults`; null where nothing is. */
export function settingPath({ spec }: LoadedSpec, { service, written }: ServerInService, key: Setting): Path | null {
  if (serverDetails(written.server)[key] !== undefined) return [...written.path, key];
  if (spec.services?.[service.name]?.[key] !== undefined) return ['services', service.name, key];
  return spec.defaults?.[key] === undefined ? null : ['defaults', key];
}

/** Whether a setting may have been written somewhere, in a form that could not be read. */
export function settingLost(loaded: LoadedSpec, { service, written }: ServerInService, key: Setting): boolean {
  const places: readonly Path[] = [written.path, ['services', service.name], ['defaults']];
  return places.some((place) => loaded.damaged([...place, key]));
}
