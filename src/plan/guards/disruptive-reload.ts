import type { Impact } from '../../model/conf-change.ts';
import type { DesiredService } from '../../model/desired.ts';
import { serverKey, serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** A reload of keepalived that costs connections, VIPs or the duty to answer. */
export function disruptiveReload(input: GuardInput): Hazard[] {
  const { conf, permissions } = input;
  const disruptive = conf?.impacts.filter(({ level }) => level === 'disruptive') ?? [];
  return [...disruptive, ...revivals(input)].map(({ subject, message, hint }) => ({
    guard: 'disruptive-reload' as const,
    subject,
    message,
    override: hint === undefined ? '--allow-disruptive' : `--allow-disruptive; else ${hint}`,
    origin: null,
    allowed: permissions.disruptive,
  }));
}

/**
 * Services leave keepalived by a new checker process (host/keepalived-handover.ts), which takes every real server for
 * healthy until its checks fail again: so not while one has failed.
 */
function revivals({ conf, desired, live }: GuardInput): Omit<Impact, 'level' | 'kind'>[] {
  if (!conf || conf.handedOver.length === 0) return [];
  const weights = new Map(
    live.services.flatMap(({ address, servers }) =>
      servers.map((server) => [`${serviceKey(address)} ${serverKey(server)}`, server.weight]),
    ),
  );
  const hasFailed = ({ address }: DesiredService, server: DesiredService['servers'][number]) =>
    server.check !== null && server.weight > 0 && !weights.get(`${serviceKey(address)} ${serverKey(server)}`);
  const staying = desired.services.filter(({ owner }) => owner === 'keepalived');
  return staying.flatMap((service) =>
    service.servers
      .filter((server) => hasFailed(service, server))
      .map((server) => ({
        subject: service.name,
        message: `${serverKey(server)} has failed its check, and keepalived would send it connections again until the check fails once more, since services leave keepalived for lvsctl`,
        hint: 'wait until it is back, or remove it',
      })),
  );
}
