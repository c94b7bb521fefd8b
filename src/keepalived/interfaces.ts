import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { compareText } from '../model/table.ts';

/** The network interfaces that a director's keepalived.conf names and that keepalived does not make itself. */
export function interfacesFor({ keepalived }: Desired, { name }: Director): string[] {
  const { instances, syncGroups, syncDaemon, settings } = keepalived;
  const here = instances.filter(({ members }) => members.some(({ director }) => director === name));
  const named = here.flatMap(({ members, vips, excludedVips, tracking }) => [
    ...members.filter(({ director }) => director === name).map((member) => member.interface),
    ...[...vips, ...excludedVips].map((vip) => vip.interface),
    ...tracking.interfaces.map((use) => use.name),
  ]);
  const all = [
    ...named,
    ...syncGroups.flatMap(({ tracking }) => tracking.interfaces.map((use) => use.name)),
    syncDaemon?.interface ?? null,
    settings.defaultInterface ?? null,
  ];
  return [...new Set(all.flatMap((device) => device ?? []))].sort(compareText);
}
