import fc from 'fast-check';
import { nastyCommand, nastyText, shellWord } from './nasty-text.ts';

/**
 * Random specs with VRRP, as objects whose JSON is their text, and such that neither lint nor keepalived has anything
 * to say against them.
 */
export interface RandomSpec {
  readonly directors: Readonly<
    Record<string, { readonly address: string; readonly interface: string; readonly router_id: string }>
  >;
  readonly keepalived: RandomSettings;
  readonly track: RandomTrackers;
  readonly vrrp: Readonly<Record<string, RandomInstance>>;
  readonly sync_groups: Readonly<Record<string, RandomGroup>>;
}

export interface RandomSettings {
  readonly script_user: string;
  readonly mail: { readonly to: readonly string[]; readonly from: string };
}

export interface RandomTrackers {
  readonly scripts: Readonly<
    Record<string, { readonly command: string; readonly weight?: number; readonly reverse?: boolean }>
  >;
  readonly processes: Readonly<Record<string, { readonly process: string }>>;
  readonly files: Readonly<Record<string, { readonly path: string; readonly weight?: number }>>;
  readonly bfd: Readonly<Record<string, { readonly neighbor: string }>>;
}

export interface RandomInstance {
  readonly virtual_router_id: number;
  readonly vips: readonly (string | { readonly address: string; readonly label: string })[];
  readonly excluded_vips: readonly string[];
  readonly priority: Readonly<Record<string, number>>;
  readonly version: 2 | 3;
  readonly advert_interval: string;
  readonly notify: { readonly master?: string; readonly any?: string };
  readonly unicast: boolean | { readonly ttl: number; readonly check_source: boolean };
  readonly source?: Readonly<Record<string, string>>;
  readonly authentication?: { readonly type: string; readonly password: string };
  readonly preempt: boolean;
}

export interface RandomGroup {
  readonly instances: readonly string[];
  readonly tracking_weight: boolean;
  readonly track: { readonly scripts?: object };
  readonly notify: { readonly any?: string };
}

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/);

function named<T>(value: (index: number) => fc.Arbitrary<T>, most: number): fc.Arbitrary<Record<string, T>> {
  return fc
    .uniqueArray(name, { maxLength: most })
    .chain((names) =>
      fc
        .tuple(...names.map((_, index) => value(index)))
        .map((values) => Object.fromEntries(names.map((one, index) => [one, values[index] as T]))),
    );
}

/** Followed by groups alone: keepalived wants what a group follows to be followed by none of its members. */
const FOR_GROUPS = 'for-groups';

const weight = fc.integer({ min: -253, max: 253 });

const trackers: fc.Arbitrary<RandomTrackers> = fc.record({
  scripts: named(
    () => fc.record({ command: nastyCommand, weight, reverse: fc.boolean() }, { requiredKeys: ['command'] }),
    3,
  ),
  processes: named(
    () =>
      fc
        .array(nastyText(10), { minLength: 1, maxLength: 3 })
        .map((words) => ({ process: words.map(shellWord).join(' ') })),
    2,
  ),
  files: named(
    () => fc.record({ path: nastyText(20).map((text) => `/run/f${text}`), weight }, { requiredKeys: ['path'] }),
    2,
  ),
  bfd: named((index) => fc.constant({ neighbor: `192.0.2.${100 + index}` }), 2),
});

/** Each kind by name, each tracker used or not. */
function tracking(trackers: RandomTrackers): fc.Arbitrary<Record<string, Record<string, object>>> {
  const kinds = ['scripts', 'processes', 'files', 'bfd'] as const;
  const uses = (names: readonly string[]) =>
    fc
      .tuple(
        fc.subarray([...names]),
        fc.array(fc.record({ weight, reverse: fc.boolean() }, { requiredKeys: [] }), { minLength: 4, maxLength: 4 }),
      )
      .map(([some, how]) => Object.fromEntries(some.map((one, index) => [one, how[index] ?? {}])));
  return fc.record(Object.fromEntries(kinds.map((kind) => [kind, uses(Object.keys(trackers[kind]))])));
}

const garp = fc.record(
  {
    delay: fc.integer({ min: 0, max: 4294 }),
    repeat: fc.integer({ min: 1, max: 2147483647 }),
    refresh: fc.integer({ min: 0, max: 4294 }),
    lower_prio_repeat: fc.integer({ min: 1, max: 2147483647 }),
    lower_prio_no_advert: fc.boolean(),
    higher_prio_send_advert: fc.boolean(),
  },
  { requiredKeys: [] },
);

const priorities = fc
  .uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 2, maxLength: 2 })
  .map(([lb1 = 1, lb2 = 2]) => ({ lb1, lb2 }));

function instance(index: number, trackers: RandomTrackers): fc.Arbitrary<RandomInstance> {
  const id = index + 1;
  return fc
    .record({
      isIpv6: fc.boolean(),
      isUnicast: fc.boolean(),
      is3: fc.boolean(),
      count: fc.integer({ min: 1, max: 4 }),
      at: fc.nat(3),
    })
    .chain(({ isIpv6, isUnicast, is3, count, at }) => {
      const version = isIpv6 || is3 ? (3 as const) : (2 as const);
      const hosts = Array.from({ length: count }, (_, host) =>
        isIpv6 ? `2001:db8:${id}::${host + 1}/64` : `10.${id}.0.${host + 1}/24`,
      );
      // Multicast of IPv6 wants a link-local one among them (RFC 5798 §5.2.9).
      const vips = isIpv6 ? hosts.toSpliced(at, 0, `fe80::${id}/64`) : hosts;
      const sources = isIpv6 ? { lb1: '2001:db8::11', lb2: '2001:db8::12' } : { lb1: '192.0.2.11', lb2: '192.0.2.12' };
      return fc.record({
        virtual_router_id: fc.constant(id),
        vips: labelled(vips, isIpv6),
        excluded_vips: fc.subarray([`10.${id}.1.1/32`, `2001:db8:${id}:1::1/128`]),
        priority: priorities,
        version: fc.constant(version),
        advert_interval:
          version === 2
            ? fc.integer({ min: 1, max: 255 }).map((s) => `${s}s`)
            : fc.integer({ min: 100, max: 4095 }).map((cs) => `${cs * 10}ms`),
        unicast: isUnicast
          ? fc.oneof(
              fc.constant(true),
              fc.record({ ttl: fc.integer({ min: 1, max: 255 }), check_source: fc.boolean() }),
            )
          : fc.constant(false),
        ...(isUnicast && isIpv6 ? { source: fc.constant(sources) } : {}),
        ...(version === 2
          ? {
              authentication: fc.record({
                type: fc.constantFrom('pass', 'ah'),
                password: nastyText(8).filter((text) => Buffer.byteLength(text) <= 8),
              }),
            }
          : {}),
        preempt: fc.boolean(),
        track: tracking(trackers),
        garp,
        accept: fc.boolean(),
        track_primary: fc.boolean(),
        promote_secondaries: fc.boolean(),
        smtp_alert: fc.boolean(),
        down_timer_adverts: fc.integer({ min: 1, max: 100 }),
        vmac: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
        notify: fc.record(
          { master: nastyCommand, any: nastyCommand, user: fc.constantFrom('root', 'root root') },
          { requiredKeys: [] },
        ),
      });
    });
}

function labelled(vips: readonly string[], isIpv6: boolean): fc.Arbitrary<RandomInstance['vips']> {
  if (isIpv6) return fc.constant(vips);
  const label = nastyText(10)
    .map((text) => `eth0:${text}`)
    .filter((text) => Buffer.byteLength(text) <= 15);
  return fc.tuple(
    ...vips.map((address) =>
      fc.oneof(
        fc.constant(address),
        label.map((text) => ({ address, label: text })),
      ),
    ),
  );
}

/** Groups of two instances each, of those that there are. */
function groups(names: readonly string[]): fc.Arbitrary<Record<string, RandomGroup>> {
  const pairs = Array.from({ length: Math.floor(names.length / 2) }, (_, index) =>
    names.slice(2 * index, 2 * index + 2),
  );
  return fc.subarray(pairs).chain((some) =>
    named(
      (index) =>
        fc.record({
          instances: fc.constant(some[index] ?? []),
          // Without it keepalived drops the weights of the members.
          tracking_weight: fc.constant(true),
          track: fc.record({ scripts: fc.record({ [FOR_GROUPS]: fc.record({ weight }) }) }, { requiredKeys: [] }),
          notify: fc.record({ any: nastyCommand }, { requiredKeys: [] }),
        }),
      some.length,
    ),
  );
}

export const specArbitrary: fc.Arbitrary<RandomSpec> = fc
  .tuple(trackers, fc.uniqueArray(name, { minLength: 1, maxLength: 5 }))
  .chain(([track, names]) =>
    fc.record({
      directors: fc.tuple(nastyText(30), nastyText(30)).map(([one, two]) => ({
        lb1: { address: '192.0.2.11', interface: 'eth0', router_id: one },
        lb2: { address: '192.0.2.12', interface: 'eth0', router_id: two },
      })),
      keepalived: fc.record({
        script_user: fc.constant('root'),
        mail: fc.record({ to: fc.array(nastyText(20), { minLength: 1, maxLength: 3 }), from: nastyText(20) }),
      }),
      track: fc.constant({ ...track, scripts: { ...track.scripts, [FOR_GROUPS]: { command: '/usr/bin/true' } } }),
      vrrp: fc
        .tuple(...names.map((_, index) => instance(index, track)))
        .map((all) => Object.fromEntries(names.map((one, index) => [one, all[index] as RandomInstance]))),
      sync_groups: groups(names),
    }),
  );
