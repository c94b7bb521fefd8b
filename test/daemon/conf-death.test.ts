import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceConf } from '../../src/daemon/replace-conf.ts';
import type { KeepalivedHost } from '../../src/host/keepalived.ts';
import { confChange } from '../../src/keepalived/conf-change.ts';
import { confText } from '../../src/keepalived/conf-text.ts';
import { servicesOf } from '../../src/keepalived/impact/service.ts';
import { readConf } from '../../src/keepalived/read-conf.ts';
import type { PendingConf } from '../../src/model/state.ts';
import { desiredOf, renderedConf } from '../keepalived/rendered.ts';

const PATH = '/etc/keepalived/keepalived.conf';
const spec = (owner: string) => `version: 1
directors: { lb1: { address: 192.0.2.11 } }
defaults: { forwarding: nat, check: { tcp: {} } }
services:
  web: { vip: 192.0.2.20, port: 80, owner: keepalived, servers: { a: 10.0.0.1 } }
  mail: { vip: 192.0.2.20, port: 25, owner: ${owner}, servers: { a: 10.0.0.2 } }
`;
const BEFORE = confText(await renderedConf(spec('keepalived')));
const AFTER = confText(await renderedConf(spec('lvsctl')));
const DESIRED = desiredOf(spec('lvsctl'));

/** All that outlives one lvsctl: keepalived with its file, its entries in the kernel, and what was remembered. */
interface Place {
  file: string | null;
  loaded: string;
  readonly kernel: Set<string>;
  pending: PendingConf | null;
}

const keysOf = (conf: string) => servicesOf(readConf(conf)).map(({ key }) => key);

/** On an ordinary reload keepalived deletes the entries of services that its file has no more. */
function reload(place: Place, { keepServices }: { keepServices: boolean }): void {
  const next = place.file ?? '';
  const leaving = keysOf(place.loaded).filter((key) => !keysOf(next).includes(key));
  if (!keepServices) for (const key of leaving) place.kernel.delete(key);
  place.loaded = next;
}

/** One lvsctl that dies at its n-th effect, or does not. True: it lived to its end. */
async function live(place: Place, end: number): Promise<boolean> {
  let beats = 0;
  let clock = 0;
  // On either side of an effect, so that death may come before it and after it.
  const beat = () => {
    beats += 1;
    if (beats >= end) throw new Error('dead');
  };
  const effect = async (act: () => void) => {
    beat();
    act();
    beat();
  };
  const keepalived: KeepalivedHost = {
    path: PATH,
    read: async () => place.file,
    test: async () => ({ output: '', exitCode: 0 }),
    version: async () => null,
    status: async () => ({ pid: 7, instances: [], addresses: [] }),
    write: (text) =>
      effect(() => {
        place.file = text;
      }),
    reload: (how) => effect(() => reload(place, how)),
  };
  const [director] = DESIRED.directors;
  const change = confChange({
    ...{ desired: DESIRED, director: director?.name ?? '', path: PATH },
    ...{ before: place.file, after: AFTER, pendingConf: place.pending },
  });
  if (change === null) return true;
  const remember = (pending: PendingConf | null) =>
    effect(() => {
      place.pending = pending;
    });
  const rest = {
    isTested: true,
    missingInKernel: async () => [],
    sleep: async (milliseconds: number) => {
      clock += milliseconds;
    },
    now: () => clock,
  };
  await replaceConf(change, { instances: [] }, { keepalived, remember, ...rest }).catch(() => undefined);
  return beats < end;
}

test('death at any effect of a handover: the next lvsctl has keepalived load its file, and no kernel entry goes', async () => {
  let deaths = 0;
  for (let end = 1; ; end += 1) {
    const kernel = new Set(keysOf(BEFORE));
    const place: Place = { file: BEFORE, loaded: BEFORE, kernel, pending: null };
    const isOver = await live(place, end);
    await live(place, Infinity);
    assert.deepEqual([place.loaded, place.pending], [AFTER, null], `death ${end}`);
    assert.deepEqual([...kernel], keysOf(BEFORE), `death ${end}`);
    if (isOver) break;
    deaths += 1;
  }
  assert.ok(deaths >= 8, `only ${deaths} deaths`);
});
