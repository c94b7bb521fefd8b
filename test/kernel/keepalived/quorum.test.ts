import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { eventually, runKeepalived } from './running.ts';
import { SPEC, world } from './world.ts';

/** Two real servers, each of which is healthy while the file of its name holds 0. */
function fallingSpec(folder: string): object {
  const says = (word: string) => `/bin/sh -c 'echo ${word} >> ${folder}/notes'`;
  const files = { a: { path: join(folder, 'a') }, b: { path: join(folder, 'b') } };
  const check = (name: string, onFailure: string) => ({ file: { track_file: name }, on_failure: onFailure });
  const web = {
    vip: '192.0.2.1',
    port: 80,
    quorum: 3,
    hysteresis: 1,
    notify: { up: says('up'), down: says('down'), quorum_up: says('gained'), quorum_down: says('lost') },
    sorry_server: { address: '10.0.0.9', forwarding: 'dr', check: 'none' },
    servers: {
      a: { address: '10.0.0.1', weight: 2, check: check('a', 'remove') },
      b: { address: '10.0.0.2', weight: 2, check: check('b', 'quiesce') },
    },
  };
  return { ...SPEC, track: { files }, services: { web } };
}

/** The number that fails a real server whatever its weight. */
const DOWN = -2147483648;

const SERVICE = '-A -t 192.0.2.1:80 -s rr';
const A = '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 2';
const B = '-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w 2';
const SORRY = '-a -t 192.0.2.1:80 -r 10.0.0.9:80 -g -w 1';

const B_AT_0 = '-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m -w 0';

/** What happens to the real servers, what the table is then, and which commands have run by then. */
const EVENTS: readonly (readonly [file: string, holds: number, table: readonly string[], said: readonly string[]])[] = [
  ['a', 0, [A, B], ['gained']],
  // The weight left is 2, not below 3 - 1: the quorum holds.
  ['a', DOWN, [B], ['gained', 'down']],
  ['b', DOWN, [B_AT_0, SORRY], ['gained', 'down', 'down', 'lost']],
  // It is 2 again, below 3 + 1: the quorum stays lost, and the real server out.
  ['b', 0, [B_AT_0, SORRY], ['gained', 'down', 'down', 'lost', 'up']],
  ['a', 0, [A, B], ['gained', 'down', 'down', 'lost', 'up', 'up', 'gained']],
];

test('a failing check takes a real server out or to weight 0, and the sorry server comes and goes with the quorum', async (t) => {
  const { netns, folder, table } = world(t);
  const notes = () => {
    const file = join(folder, 'notes');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  const happen = (file: string, holds: number) => writeFileSync(join(folder, file), `${holds}\n`);
  for (const file of ['a', 'b']) happen(file, 0);
  const running = await runKeepalived(t, netns, await renderedConf(specText(fallingSpec(folder))));
  for (const [file, holds, rows, said] of EVENTS)
    await t.test(`${file} at ${holds} makes ${rows.join(', ')}`, async () => {
      happen(file, holds);
      const wanted = { table: [...rows, SERVICE].sort(), notes: [...said].sort() };
      const seen = () => ({ table: table(), notes: notes().sort() });
      const isThere = () => JSON.stringify(seen()) === JSON.stringify(wanted);
      await eventually('the table is right', isThere, running.log).catch(() => undefined);
      assert.deepEqual(seen(), wanted, running.log());
    });
  await running.stop();
  assert.deepEqual(table(), [], 'keepalived takes with it what it has put there');
});
