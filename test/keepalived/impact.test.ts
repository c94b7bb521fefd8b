import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reloadImpact } from '../../src/keepalived/impact.ts';
import { readConf } from '../../src/keepalived/read-conf.ts';
import { CONTEXT, impactRows, impacts, instance, server, service } from './impact/reload.ts';

/** A file of some parts that differ from one to the next. */
const confs = fc
  .record({
    globals: fc.subarray(['router_id a', 'nftables', 'lvs_timeouts tcp 900', 'vrrp_version 3']),
    instances: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        id: fc.integer({ min: 1, max: 4 }),
        priority: fc.constantFrom(90, 150),
        vips: fc.subarray(['203.0.113.1/24', '203.0.113.2/24', '203.0.113.3']),
        lines: fc.subarray(['nopreempt', 'down_timer_adverts 2', 'unicast_peer { 192.0.2.2 }', 'track_script { chk }']),
      }),
      { selector: ({ id }) => id, maxLength: 3 },
    ),
    group: fc.subarray(['a', 'b', 'c']),
    services: fc.array(
      fc.record({
        header: fc.constantFrom('203.0.113.1 80', '203.0.113.2 53', 'fwmark 7'),
        servers: fc.subarray([server('10.0.0.1 80'), server('10.0.0.2 80', ['TCP_CHECK { retry 1 }', 'weight 0'])]),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ globals, instances, group, services }) =>
    [
      `global_defs {\n${globals.join('\n')}\n}\n`,
      `vrrp_sync_group g {\ngroup {\n${group.join('\n')}\n}\n}\n`,
      ...instances.map(({ name, ...said }) => instance(name, said)),
      ...services.map(({ header, servers }) => service(header, { servers })),
    ].join('\n'),
  );

test('a reload of the same file costs nothing', () => {
  fc.assert(
    fc.property(confs, (conf) => {
      assert.deepEqual(impactRows(conf, conf), []);
    }),
  );
});

test('values that are none count as those that nobody said', () => {
  const odd = instance('web', {
    vips: ['<VIP>/x', '10.0.0.1/y'],
    lines: ['priority high', 'advert_int -', 'version x'],
  });
  const services = service('%s', { servers: [server('real', ['weight much'])] }) + service('group');
  assert.deepEqual(impactRows(odd + services, odd + services), []);
});

test('comments, blanks and line breaks count for nothing', () => {
  const comment = fc.stringMatching(/^[a-z {}"]*$/);
  fc.assert(
    fc.property(confs, confs, comment, (before, after, text) => {
      const commented = after.replaceAll(' {', '\n{').replaceAll('\n', ` # ${text}\n\n\t`);
      assert.deepEqual(impacts(before, commented), impacts(before, after));
    }),
  );
});

test('impacts are sentences about something, the costly ones first', () => {
  fc.assert(
    fc.property(confs, confs, (before, after) => {
      const found = impacts(before, after);
      for (const { subject, message, hint = 'x' } of found) {
        assert.match(message, /^[A-Za-z0-9].*[^.]$/);
        assert.doesNotMatch(message + hint, /undefined|null|NaN| {2}/);
        assert.ok(subject !== '' && hint !== '');
      }
      const levels = found.map(({ level }) => level);
      assert.deepEqual(levels, [...levels].sort());
      assert.equal(new Set(found.map((impact) => JSON.stringify(impact))).size, found.length);
    }),
  );
});

test('where there was no file there is nothing to lose', () => {
  const conf = readConf(instance('web') + service());
  assert.deepEqual(reloadImpact(null, conf, CONTEXT), []);
});

test('what could not be read is named, since it was not compared', () => {
  assert.deepEqual(impacts('include a.conf\n', '\n@lb1 instance a\n'), [
    {
      level: 'note',
      kind: 'not-compared',
      subject: 'keepalived.conf',
      message: 'Line 1 of the former file was not compared: it stands for other files',
    },
    {
      level: 'note',
      kind: 'not-compared',
      subject: 'keepalived.conf',
      message: 'Line 2 of the new file was not compared: it is for some hosts only',
    },
  ]);
});
