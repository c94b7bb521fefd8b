import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confChange, confDigest } from '../../src/keepalived/conf-change.ts';
import { confText } from '../../src/keepalived/conf-text.ts';
import { desiredOf, renderedConf } from './rendered.ts';

/** Two services, each with the owner that it has. */
const spec = (web: string, mail: string, rest = '') => `version: 1
directors: { lb1: { address: 192.0.2.11 } }
defaults: { forwarding: nat, check: { tcp: {} } }
services:
  web: { vip: 192.0.2.20, port: 80, owner: ${web}, servers: { a: 10.0.0.1 } }
  mail: { vip: "2001:db8::20", port: 25, owner: ${mail}, servers: { a: "fd00::1" } }
  marked: { fwmark: 7, family: ipv4, owner: ${mail}, servers: { a: { address: 10.0.0.2, port: 0 } } }
${rest}`;

async function change(
  before: string,
  after: string,
  { mark = confText, handedOver }: { mark?: (conf: string) => string; handedOver?: readonly string[] } = {},
) {
  const file = mark(await renderedConf(before));
  const desired = desiredOf(after);
  const [director] = desired.directors;
  return confChange({
    ...{ desired, director: director?.name ?? '', path: '/etc/keepalived/keepalived.conf', before: file },
    pendingConf: handedOver === undefined ? null : { digest: confDigest(file), handedOver },
    after: confText(await renderedConf(after)),
  });
}

const KINDS = (seen: Awaited<ReturnType<typeof change>>) => seen?.impacts.map(({ level, kind }) => `${level} ${kind}`);

test('services that lvsctl takes from keepalived are handed over, and not deleted', async () => {
  const seen = await change(spec('keepalived', 'keepalived'), spec('keepalived', 'lvsctl'));
  assert.deepEqual(seen?.handedOver, ['tcp [2001:db8::20]:25', 'fwmark 7']);
  assert.deepEqual(KINDS(seen), ['note health-forgotten']);
});

test('a service that leaves the spec is deleted', async () => {
  const without = spec('keepalived', 'keepalived').replace(/^ {2}marked.*\n/m, '');
  const seen = await change(spec('keepalived', 'keepalived'), without);
  assert.deepEqual(seen?.handedOver, []);
  assert.deepEqual(KINDS(seen), ['disruptive service-removed']);
});

test('a handover is disruptive while lvs_flush is set', async () => {
  const seen = await change(
    spec('keepalived', 'keepalived'),
    spec('keepalived', 'lvsctl', 'keepalived: { extra: [lvs_flush] }'),
  );
  assert.deepEqual(KINDS(seen), ['disruptive table-flushed', 'note health-forgotten']);
});

test('services of a file that somebody else wrote are handed over too', async () => {
  const seen = await change(spec('keepalived', 'keepalived'), spec('keepalived', 'lvsctl'), { mark: (conf) => conf });
  assert.deepEqual([seen?.isForeign, seen?.handedOver.length], [true, 2]);
});

const HANDED_OVER = ['tcp [2001:db8::20]:25', 'fwmark 7'];

test('a file whose writer died before the reload is loaded, and the services that leave keepalived with it stay', async () => {
  const after = spec('keepalived', 'lvsctl');
  const seen = await change(after, after, { handedOver: HANDED_OVER });
  assert.deepEqual([seen?.action, seen?.handedOver], ['reload', HANDED_OVER]);
});

test('they stay with the next file too, and not where the spec gives them back to keepalived', async () => {
  const [died, back] = [spec('keepalived', 'lvsctl'), spec('keepalived', 'keepalived')];
  const next = await change(died, died.replace('10.0.0.1', '10.0.0.9'), { handedOver: HANDED_OVER });
  assert.deepEqual([next?.action, next?.handedOver], ['update', HANDED_OVER]);
  assert.deepEqual((await change(died, back, { handedOver: HANDED_OVER }))?.handedOver, []);
});

test('a file that was never loaded wants a reload, even where the next one has other comments alone', async () => {
  const same = spec('keepalived', 'lvsctl');
  const mark = (conf: string) => confText(`# another comment\n${conf}`);
  assert.equal((await change(same, same, { mark }))?.action, 'comments');
  assert.equal((await change(same, same, { mark, handedOver: [] }))?.action, 'update');
});

test('where there was no file, the one that is there goes, with all that it costs, and its services stay', async () => {
  const text = spec('keepalived', 'lvsctl');
  const before = await renderedConf(spec('keepalived', 'keepalived'));
  const about = { desired: desiredOf(text), director: 'lb1', path: '/etc/keepalived/keepalived.conf' };
  const none = { before: null, after: null, pendingConf: null };
  const seen = confChange({ ...about, ...none, before });
  assert.deepEqual([seen?.action, seen?.after, seen?.handedOver], ['remove', '', HANDED_OVER]);
  assert.deepEqual(KINDS(seen), ['disruptive service-removed']);
  assert.equal(confChange({ ...about, ...none }), null);
  const pendingConf = { digest: confDigest(''), handedOver: HANDED_OVER };
  assert.equal(confChange({ ...about, ...none, pendingConf })?.action, 'remove', 'nobody saw it loaded');
});
