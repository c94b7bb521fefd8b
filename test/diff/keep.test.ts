import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffServices } from '../../src/diff/diff.ts';
import { keepForeign } from '../../src/diff/keep.ts';
import { serviceKey } from '../../src/model/table.ts';
import { fwmark, server, service, tcp } from '../plan/build.ts';

const OURS = service(tcp('192.0.2.1'), [server('10.0.0.1')]);
const LEAVING = service(tcp('192.0.2.2'), [server('10.0.0.1')]);
const FOREIGN = [service(tcp('192.0.2.9'), [server('10.0.0.9')]), service(fwmark(9), [])];

test('what is not ours is wanted as it is, so that the diff has nothing to say of it', () => {
  const live = [OURS, LEAVING, ...FOREIGN];
  const ours = new Set([OURS, LEAVING].map(({ address }) => serviceKey(address)));
  const { wanted, kept } = keepForeign(live, [OURS], ours);
  assert.deepEqual(kept, FOREIGN);
  const touched = diffServices(live, wanted).map(({ kind, action }) => `${action} ${kind}`);
  assert.deepEqual(touched, ['delete service', 'delete server']);
});

test('a foreign service that the spec names is wanted as the spec says', () => {
  const named = { ...OURS, scheduler: 'rr' };
  const { wanted, kept } = keepForeign([OURS], [named], new Set());
  assert.deepEqual(kept, []);
  assert.deepEqual(wanted, [named]);
});
