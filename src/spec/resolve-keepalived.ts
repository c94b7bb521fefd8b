import type { Director } from '../model/director.ts';
import type { KeepalivedDesired, KeepalivedSettings, VrrpSyncDaemon } from '../model/keepalived.ts';
import { sortBy } from '../model/table.ts';
import type { Trackers } from '../model/trackers.ts';
import { camel } from './camel.ts';
import type { ResolveContext } from './resolve-service.ts';
import { resolveInstances, resolveSyncGroups } from './resolve-vrrp.ts';

/** keepalived of Debian 12, the oldest that is written for. */
export const OLDEST_KEEPALIVED = '2.2.7';

export function resolveKeepalived(context: ResolveContext): KeepalivedDesired {
  return {
    version: context.spec.keepalived?.version ?? OLDEST_KEEPALIVED,
    settings: resolveSettings(context),
    trackers: resolveTrackers(context),
    instances: resolveInstances(context),
    syncGroups: resolveSyncGroups(context),
    syncDaemon: resolveSyncDaemon(context),
  };
}

function resolveSettings({ spec, originAt }: ResolveContext): KeepalivedSettings {
  const { version: _version, mail, notify_fifo, garp, extra, ...rest } = spec.keepalived ?? {};
  const settings = camel(rest);
  return {
    ...settings,
    origin: spec.keepalived === undefined ? null : originAt(['keepalived']),
    enableScriptSecurity: settings.enableScriptSecurity ?? true,
    garp: camel(garp ?? {}),
    mail: mail ?? null,
    notifyFifo: notify_fifo ?? null,
    extra: extra ?? [],
  };
}

function resolveTrackers({ spec, originAt }: ResolveContext): Trackers {
  const { scripts, processes, files, bfd } = spec.track ?? {};
  const named = <T extends object>(kind: string, items: Readonly<Record<string, T>> | undefined) => {
    const all = Object.entries(items ?? {}).map(([name, item]) => {
      const origin = originAt(['track', kind, name]);
      return { ...camel(item), name, origin };
    });
    return sortBy(all, ({ name }) => name);
  };
  return {
    scripts: named('scripts', scripts),
    processes: named('processes', processes),
    files: named('files', files),
    bfd: named('bfd', bfd),
  };
}

function resolveSyncDaemon({ spec, originAt }: ResolveContext): VrrpSyncDaemon | null {
  const { connection_sync: sync } = spec;
  if (sync?.role !== 'vrrp' || sync.instance === undefined) return null;
  const { role: _role, instance, ...rest } = sync;
  return { ...camel(rest), instance, origin: originAt(['connection_sync']) };
}

export function resolveDirectors({ spec, originAt }: ResolveContext): Director[] {
  const directors = Object.entries(spec.directors ?? {}).map(([name, director]) => ({
    name,
    origin: originAt(['directors', name]),
    address: director.address,
    interface: director.interface ?? null,
    routerId: director.router_id ?? name,
    extra: director.extra ?? [],
  }));
  return sortBy(directors, ({ name }) => name);
}
