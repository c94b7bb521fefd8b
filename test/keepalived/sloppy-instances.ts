import fc from 'fast-check';
import { BAD_ROUTES, BAD_RULES, GOOD_ROUTES, GOOD_RULES } from '../lint/ip-lines.ts';
import { from, mostly, notify, some, sometimes, subset, tracking } from './sloppy-values.ts';

const EXTRA = [
  'skip_check_adv_addr',
  'priority 9',
  'kernel_rx_buf_size 4096',
  'nopreemt',
  'track_interface { eth2 }',
  '}',
  'debug "1',
];

const host = fc.integer({ min: 1, max: 200 });
const vip = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(host, from('', '/24', '/32')).map(([last, length]) => `203.0.113.${last}${length}`),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        address: host.map((last) => `203.0.113.${last}/24`),
        interface: from('eth1', 'eth2'),
        label: mostly('eth0:1', from('eth0:ééééééé')),
        scope: mostly('link', from('global', '0x10', '256', 'x')),
        no_track: fc.boolean(),
      },
      { requiredKeys: ['address'] },
    ),
  },
  { weight: 1, arbitrary: from('224.0.0.1', '2001:db8::7/64', { address: '2001:db8::8', label: 'a' }) },
);
const vip6 = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(from('2001:db8', 'fe80'), host).map(([net, last]) => `${net}::${last}/64`) },
  { weight: 1, arbitrary: from('ff02::5') },
);
const peer = from('192.0.2.99', '192.0.2.12', '2001:db8::99', '224.0.0.9');

export const instance = fc
  .oneof({ weight: 3, arbitrary: fc.constant(vip) }, { weight: 1, arbitrary: fc.constant(vip6) })
  .chain((vips) =>
    fc.record({
      virtual_router_id: fc.integer({ min: 1, max: 60 }),
      vips: fc.array(
        fc.oneof({ weight: 19, arbitrary: vips as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: vip6 }),
        { minLength: 1, maxLength: 3 },
      ),
      excluded_vips: sometimes(fc.array(fc.oneof(vip, vip6), { maxLength: 2 })),
      interface: sometimes(from<unknown>('eth0', 'eth1', 'lo', { lb1: 'eth2' })),
      priority: mostly<unknown>(
        { lb1: 150, lb2: 100 },
        from({ lb1: 255, lb2: 100 }, { lb1: 150 }, { lb1: 100, lb3: 90 }, { lb9: 1 }, {}),
      ),
      advert_interval: sometimes(from('1s', '3s', '500ms', '15ms', '41s')),
      version: sometimes(from(2, 3)),
      preempt: sometimes(fc.boolean()),
      preempt_delay: sometimes(from('0', '5s', '500ms')),
      unicast: mostly<unknown>(
        false,
        fc.oneof(
          fc.constant(true),
          some({
            peers: fc.array(peer, { maxLength: 2 }),
            ttl: from(1, 255),
            check_source: fc.boolean(),
            fault_without_peer: fc.boolean(),
          }),
        ),
      ),
      multicast_group: sometimes(from('224.0.0.18', '239.1.1.1', 'ff02::99', 'ff05::99', '10.0.0.1')),
      source: sometimes(
        from({ lb1: '192.0.2.13' }, { lb1: '2001:db8::11', lb2: '2001:db8::12' }, { lb3: '192.0.2.33' }),
      ),
      checksum_as_v2: sometimes(fc.boolean()),
      vmac: mostly<unknown>(
        false,
        fc.oneof(
          fc.constant(true),
          some({ interface: from('v1', 'v2', 'eth0', '.'), xmit_base: fc.boolean(), addresses: fc.boolean() }),
        ),
      ),
      track: sometimes(tracking),
      track_primary: sometimes(fc.boolean()),
      routes: sometimes(fc.array(from(...GOOD_ROUTES, ...BAD_ROUTES), { maxLength: 2 })),
      rules: sometimes(fc.array(from(...GOOD_RULES, ...BAD_RULES), { maxLength: 2 })),
      garp: sometimes(
        some({
          delay: from(0, 4294),
          repeat: from(1, 9),
          refresh: from(0, 60),
          lower_prio_delay: from(0, 3),
          lower_prio_repeat: from(1, 3),
          lower_prio_no_advert: fc.boolean(),
          higher_prio_send_advert: fc.boolean(),
        }),
      ),
      accept: sometimes(fc.boolean()),
      strict: sometimes(fc.boolean()),
      down_timer_adverts: sometimes(from(1, 3, 100)),
      promote_secondaries: sometimes(fc.boolean()),
      authentication: mostly<unknown>(
        undefined,
        fc.record({ type: from('pass', 'ah'), password: from('secret', 'ééééé', 'a#b c!') }),
      ),
      notify: sometimes(notify),
      smtp_alert: sometimes(fc.boolean()),
      extra: sometimes(subset(EXTRA, 2)),
    }),
  );

/** Such that a sync group may have it. */
export const plainInstance = (id: number) =>
  fc.record({
    virtual_router_id: fc.constant(100 + id),
    vips: fc.constant([`198.51.100.${100 + id}/24`]),
    priority: mostly<unknown>({ lb1: 150, lb2: 100 }, from({ lb1: 255, lb2: 100 }, { lb1: 150 })),
    track: tracking,
    track_primary: fc.boolean(),
  });

export const group = fc.record(
  {
    instances: mostly<readonly string[]>(
      ['p1', 'p2'],
      fc.oneof(fc.constant(['p3', 'p4']), fc.array(from('p1', 'p3', 'i1', 'i2'), { minLength: 1, maxLength: 3 })),
    ),
    track: tracking,
    tracking_weight: fc.boolean(),
    notify: sometimes(notify),
    smtp_alert: fc.boolean(),
  },
  { requiredKeys: ['instances'] },
);
