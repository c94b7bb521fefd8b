import type { Check, FlapDamping, HttpProbe, Probe, SingleCheck, TlsProbe } from '../model/check.ts';
import { compareText } from '../model/table.ts';
import type { CheckSpec, SingleCheckSpec } from './schema/checks.ts';
import type { OptionalTlsSpec } from './schema/tls.ts';

/** A check with every default filled; null where there is none, or where its kind is missing. */
export function resolveCheck(check: CheckSpec | undefined): Check | null {
  if (check === undefined || check === 'none') return null;
  const { all, any } = check;
  const group = all ?? any;
  const members = group === undefined ? [[null, check] as const] : sortedMembers(group);
  const checks = members.flatMap(([name, member]) => {
    const single = resolveSingle(member, check);
    return single === undefined ? [] : [{ name, ...single }];
  });
  if (checks.length === 0) return null;
  const intervalSeconds = check.interval ?? 5;
  return {
    mode: any === undefined ? 'all' : 'any',
    checks,
    intervalSeconds,
    fastIntervalSeconds: check.fast_interval ?? intervalSeconds,
    timeoutSeconds: check.timeout ?? 2,
    rise: check.rise ?? 1,
    fall: check.fall ?? 3,
    warmupSeconds: check.warmup ?? intervalSeconds,
    onFailure: check.on_failure ?? 'remove',
    flapDamping: resolveFlapDamping(check.flap_damping),
  };
}

function sortedMembers(group: Readonly<Record<string, SingleCheckSpec>>): [name: string, member: SingleCheckSpec][] {
  return Object.entries(group).sort(([a], [b]) => compareText(a, b));
}

function resolveFlapDamping(damping: Exclude<CheckSpec, 'none'>['flap_damping']): FlapDamping | null {
  if (damping === undefined) return null;
  return { changes: damping.changes, withinSeconds: damping.within, holdSeconds: damping.hold };
}

/** Where it is sent may be said once for a whole group. */
function resolveSingle(single: SingleCheckSpec, group: SingleCheckSpec): SingleCheck | undefined {
  const probe = resolveProbe(single);
  if (probe === undefined) return undefined;
  return {
    probe,
    address: single.address ?? group.address ?? null,
    port: single.port ?? group.port ?? null,
    source: single.source ?? group.source ?? null,
  };
}

function resolveProbe(check: SingleCheckSpec): Probe | undefined {
  const { http, https, dns, udp, smtp, ldap, grpc, script, file, bfd } = check;
  if (check.tcp) return { kind: 'tcp' };
  if (http) return { kind: 'http', ...httpProbe(http) };
  if (https) return { kind: 'https', ...httpProbe(https), ...tlsProbe(https) };
  if (dns)
    return {
      kind: 'dns',
      name: dns.name ?? '.',
      type: dns.type ?? 'SOA',
      transport: dns.transport ?? 'udp',
      rcode: dns.rcode ?? 'NOERROR',
      answer: dns.answer ?? null,
    };
  if (udp) return { kind: 'udp', payload: udp.payload ?? null, reply: udp.reply ?? null };
  if (smtp) return { kind: 'smtp', helo: smtp.helo ?? null };
  if (ldap)
    return {
      kind: 'ldap',
      bindDn: ldap.bind_dn ?? null,
      passwordFile: ldap.password_file ?? null,
      tls: optionalTlsProbe(ldap.tls),
    };
  if (check.mysql) return { kind: 'mysql' };
  if (check.redis) return { kind: 'redis' };
  if (grpc) return { kind: 'grpc', service: grpc.service ?? null, tls: optionalTlsProbe(grpc.tls) };
  if (check.ping) return { kind: 'ping' };
  if (script)
    return { kind: 'script', command: script.command, user: script.user ?? null, dynamic: script.dynamic ?? false };
  if (file)
    return { kind: 'file', trackFile: file.track_file, weight: file.weight ?? 1, reverse: file.reverse ?? false };
  return bfd && { kind: 'bfd', instance: bfd.instance };
}

function httpProbe(http: NonNullable<SingleCheckSpec['http']>): HttpProbe {
  return {
    path: http.path ?? '/',
    method: http.method ?? 'GET',
    host: http.host ?? null,
    headers: http.headers ?? {},
    status: http.status ?? [{ first: 200, last: 299 }],
    body: http.body ?? null,
    digest: http.digest ?? null,
    protocol: http.protocol ?? '1.1',
  };
}

function tlsProbe(https: NonNullable<SingleCheckSpec['https']>): TlsProbe {
  const sni = https.sni ?? (https.host === undefined ? null : nameIn(https.host));
  return { sni, ca: https.ca ?? null, verify: https.verify ?? null };
}

function optionalTlsProbe(tls: OptionalTlsSpec | undefined): TlsProbe | null {
  if (tls === undefined || tls === false) return null;
  const { sni = null, ca = null, verify = null } = tls === true ? {} : tls;
  return { sni, ca, verify };
}

/** A Host header may have a port, and brackets around an address; a server name has neither. */
function nameIn(host: string): string {
  const [, bracketed, plain] = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/.exec(host) ?? [];
  return bracketed ?? plain ?? host;
}
