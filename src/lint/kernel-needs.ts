import { isOlder } from '../model/version-order.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { serversIn, settingPath } from './written.ts';
import { schedulerPlace } from './written-scheduler.ts';

/** Something that Linux has not always had. */
export interface KernelNeed {
  readonly path: Path;
  readonly what: string;
  readonly since: string;
}

const SCHEDULERS_SINCE: Readonly<Record<string, string>> = { fo: '3.18', ovf: '4.3', mh: '4.18', twos: '5.12' };
const TUNNELS_SINCE: Readonly<Record<string, string>> = { gue: '5.2', gre: '5.3' };

/** What the spec needs of a kernel that this one does not have. */
export function missingIn(loaded: LoadedSpec, kernel: string): readonly KernelNeed[] {
  return kernelNeeds(loaded).filter(({ since }) => isOlder(kernel, since));
}

function kernelNeeds(loaded: LoadedSpec): readonly KernelNeed[] {
  return loaded.desired.services.flatMap((service) => {
    const since = SCHEDULERS_SINCE[service.scheduler];
    const { path } = schedulerPlace(loaded, service.name);
    return [
      ...(since === undefined ? [] : [{ path, what: `Scheduler ${service.scheduler}`, since }]),
      ...serversIn(loaded, service).flatMap((place) => {
        const { forwarding } = place.server;
        const tunnel = forwarding.method === 'tun' ? forwarding.tunnel.type : undefined;
        const needed = tunnel === undefined ? undefined : TUNNELS_SINCE[tunnel];
        const where = settingPath(loaded, place, 'forwarding');
        return needed === undefined || where === null
          ? []
          : [{ path: where, what: `A tunnel by ${tunnel}`, since: needed }];
      }),
    ];
  });
}
