import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { serversOf, type WrittenServer } from '../spec/resolve-service.ts';
import { serverDetails } from '../spec/resolve-server.ts';
import type { ServiceSpec } from '../spec/schema/services.ts';

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
export function serversIn(loaded: LoadedSpec, service: DesiredService): readonly ServerInService[] {
  const byName = new Map(service.servers.map((server) => [server.name, server]));
  return serversOf(loaded.spec, service.name).flatMap((written) => {
    const server = byName.get(written.name);
    return server === undefined ? [] : [{ service, server, written }];
  });
}

/** The places a setting of a real server may stand, nearest first. */
function settingPlaces(serviceName: string, serverPath: Path): readonly Path[] {
  return [serverPath, ['services', serviceName], ['defaults']];
}

type Setting = 'forwarding' | 'weight' | 'upper_threshold' | 'lower_threshold';

/** Where a setting that applies to a real server is written, or null where nothing is. */
export function settingPath({ spec }: LoadedSpec, { service, written }: ServerInService, key: Setting): Path | null {
  const own = serverDetails(written.server)[key];
  const values = [own, spec.services?.[service.name]?.[key], spec.defaults?.[key]];
  const at = values.findIndex((value) => value !== undefined);
  const place = at < 0 ? undefined : settingPlaces(service.name, written.path)[at];
  return place === undefined ? null : [...place, key];
}

/** Whether a setting may have been written somewhere, in a form that could not be read. */
export function settingLost(loaded: LoadedSpec, { service, written }: ServerInService, key: Setting): boolean {
  return settingPlaces(service.name, written.path).some((place) => loaded.damaged([...place, key]));
}
