import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsOf, isLost, isStrict, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const noEffect: Rule = {
  id: 'LVS231',
  name: 'no-effect',
  severity: 'warning',
  why: 'Somebody wrote it for a reason, and it does nothing',
  harm: 'The line is well formed and keepalived takes it, but nothing comes of it where it stands: mail without a recipient, an interface for a director that takes no part, a setting that strict mode overrides. Whoever reads it later relies on it.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          smtp_alert: true
    `,
    good: yaml`
      keepalived: { mail: { to: [ops@example.com] } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          smtp_alert: true
    `,
  },
  source: 'keepalived.conf(5); keepalived vrrp.c, smtp.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    yield* strangers(loaded, instance);
    yield* knownPeers(loaded, instance);
    yield* keys(loaded, instance);
  }
  yield* initFail(loaded);
  yield* mails(loaded);
  yield* settingsOfStrict(loaded);
}

/** Directors that are there, but take no part since the priorities do not name them. */
function* strangers(loaded: LoadedSpec, instance: WrittenInstance): Iterable<Report> {
  const { name, path, written } = instance;
  if (written.priority === undefined || isLost(loaded, instance, 'priority')) return;
  const directors = new Set(directorsOf(instance));
  for (const key of ['interface', 'source'] as const) {
    const byDirector = written[key];
    if (typeof byDirector !== 'object') continue;
    for (const director of Object.keys(byDirector)) {
      if (loaded.spec.directors?.[director] === undefined || directors.has(director)) continue;
      yield {
        path: [...path, key, director],
        side: 'key',
        message: `${director} takes no part in ${name}, since priority does not name it`,
        hint: 'add it to priority, or remove it here',
      };
    }
  }
}

function* knownPeers({ spec }: LoadedSpec, { name, path, meant }: WrittenInstance): Iterable<Report> {
  for (const [index, peer] of (meant.unicast?.peers ?? []).entries()) {
    const member = meant.members.find(
      ({ director, source }) => source?.text === peer.text || spec.directors?.[director]?.address.text === peer.text,
    );
    if (member === undefined) continue;
    yield {
      path: [...path, 'unicast', 'peers', index],
      message: `${peer.text} is ${member.director}, to which the others send the adverts of ${name} anyway`,
      hint: 'remove it; peers are for routers that are no directors',
      fix: removal([...path, 'unicast', 'peers', index]),
    };
  }
}

function* keys(loaded: LoadedSpec, instance: WrittenInstance): Iterable<Report> {
  const { path, name, meant } = instance;
  if (isLost(loaded, instance, 'vips', 'version', 'unicast')) return;
  if (meant.checksumAsV2 && (meant.version === 2 || meant.family === 'ipv6'))
    yield {
      path: [...path, 'checksum_as_v2'],
      message: `${name} speaks VRRP version ${meant.version} with ${meant.family === 'ipv4' ? 'IPv4' : 'IPv6'}, and checksum_as_v2 is for version 3 with IPv4`,
      hint: 'remove it',
      fix: removal([...path, 'checksum_as_v2']),
    };
  const vmac = instance.written.vmac;
  if (typeof vmac === 'object' && vmac.xmit_base === false && meant.unicast !== null)
    yield {
      path: [...path, 'vmac', 'xmit_base'],
      message: `${name} sends unicast, which leaves by the interface below in any case`,
      hint: 'remove it, or write true',
    };
}

/** Following a script sets its state anew (2.2.7 vrrp_track.c: add_obj_to_vrrp of a script; 2.2.8 leaves it). */
function* initFail({ spec, desired }: LoadedSpec): Iterable<Report> {
  const { version } = desired.keepalived;
  if (!isOlder(version, '2.2.8')) return;
  for (const [name, { init_fail }] of Object.entries(spec.track?.scripts ?? {}))
    if (init_fail)
      yield {
        path: ['track', 'scripts', name, 'init_fail'],
        side: 'key',
        message: `keepalived ${version} forgets init_fail of ${name} as soon as something follows it`,
        hint: 'use keepalived 2.2.8 and say so in keepalived.version, or remove it',
      };
}

function* mails({ spec }: LoadedSpec): Iterable<Report> {
  const { keepalived, vrrp, sync_groups } = spec;
  if ((keepalived?.mail?.to ?? []).length > 0) return;
  const places: readonly { readonly path: Path; readonly wants: boolean | undefined }[] = [
    { path: ['keepalived', 'mail', 'vrrp'], wants: keepalived?.mail?.vrrp },
    { path: ['keepalived', 'mail', 'checks'], wants: keepalived?.mail?.checks },
    ...Object.entries({ vrrp, sync_groups }).flatMap(([section, owners]) =>
      Object.entries(owners ?? {}).map(([name, owner]) => ({
        path: [section, name, 'smtp_alert'],
        wants: owner.smtp_alert,
      })),
    ),
  ];
  for (const { path, wants } of places)
    if (wants)
      yield {
        path,
        message: 'Nobody gets the mails: keepalived.mail.to names no address',
        hint: 'add keepalived.mail.to',
      };
}

/** An instance in strict mode takes these from RFC 5798 (vrrp_complete_instance). */
function* settingsOfStrict(loaded: LoadedSpec): Iterable<Report> {
  const garp = loaded.spec.keepalived?.garp;
  const instances = writtenInstances(loaded);
  if (garp === undefined || instances.length === 0 || !instances.every(({ meant }) => isStrict(loaded, meant))) return;
  for (const key of [
    'lower_prio_delay',
    'lower_prio_repeat',
    'lower_prio_no_advert',
    'higher_prio_send_advert',
  ] as const)
    if (garp[key] !== undefined)
      yield {
        path: ['keepalived', 'garp', key],
        side: 'key',
        message: `All instances are strict, and a strict one does not take ${key} from here`,
        hint: 'remove it',
        fix: removal(['keepalived', 'garp', key]),
      };
}
