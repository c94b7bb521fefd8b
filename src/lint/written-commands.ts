import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { everySingle } from './every-check.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** A command that keepalived runs, as it is written. */
export interface WrittenCommand {
  readonly path: Path;
  readonly command: string;
  /** Whether its exit code says if something works. */
  readonly isCheck: boolean;
}

/** Every command of the spec. */
export const writtenCommands: (loaded: LoadedSpec) => readonly WrittenCommand[] = oncePerSpec((loaded) => {
  const { track, vrrp, sync_groups, services, keepalived } = loaded.spec;
  return [
    ...commands(keepalived?.notify_fifo, { path: ['keepalived', 'notify_fifo'], keys: ['script'], isCheck: false }),
    ...Object.entries(track?.scripts ?? {}).flatMap(([name, script]) =>
      commands(script, { path: ['track', 'scripts', name], keys: ['command'], isCheck: true }),
    ),
    ...notifyCommands(vrrp, 'vrrp'),
    ...notifyCommands(sync_groups, 'sync_groups'),
    ...notifyCommands(services, 'services'),
    ...everySingle(loaded).flatMap(({ path, single }) =>
      commands(single.script, { path: [...path, 'script'], keys: ['command'], isCheck: true }),
    ),
  ];
});

type Notifying = Readonly<Record<string, { readonly notify?: object | undefined }>>;

function notifyCommands(owners: Notifying | undefined, section: string): WrittenCommand[] {
  return Object.entries(owners ?? {}).flatMap(([name, { notify }]) =>
    commands(notify, {
      path: [section, name, 'notify'],
      keys: Object.keys(notify ?? {}).filter((key) => key !== 'user'),
      isCheck: false,
    }),
  );
}

function commands(
  mapping: object | undefined,
  { path, keys, isCheck }: { path: Path; keys: readonly string[]; isCheck: boolean },
): WrittenCommand[] {
  return keys.flatMap((key) => {
    const command: unknown = (mapping as Record<string, unknown> | undefined)?.[key];
    return typeof command === 'string' ? [{ path: [...path, key], command, isCheck }] : [];
  });
}

/** Whom commands run as, where it is written. */
export function writtenUsers(loaded: LoadedSpec): readonly { readonly path: Path; readonly user: string }[] {
  const { track, vrrp, sync_groups, services, keepalived } = loaded.spec;
  const notify = (section: 'vrrp' | 'sync_groups' | 'services', owners: Notifying | undefined) =>
    Object.entries(owners ?? {}).map(([name, owner]) => ({
      path: [section, name, 'notify', 'user'],
      in: owner.notify,
    }));
  const places: readonly { readonly path: Path; readonly in: object | undefined }[] = [
    { path: ['keepalived', 'script_user'], in: keepalived },
    ...Object.entries(track?.scripts ?? {}).map(([name, script]) => ({
      path: ['track', 'scripts', name, 'user'],
      in: script,
    })),
    ...notify('vrrp', vrrp),
    ...notify('sync_groups', sync_groups),
    ...notify('services', services),
    ...everySingle(loaded).map(({ path, single }) => ({ path: [...path, 'script', 'user'], in: single.script })),
  ];
  return places.flatMap(({ path, in: mapping }) => {
    const user: unknown = (mapping as Record<string, unknown> | undefined)?.[String(path.at(-1))];
    return typeof user === 'string' ? [{ path, user }] : [];
  });
}
