import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { askSocket } from '../../src/host/control-client.ts';
import { type ControlServerOptions, serveControl } from '../../src/host/control-server.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A server that answers each line with its length; gone after the test. */
async function serve(t: TestContext, options: Partial<ControlServerOptions> = {}) {
  const path = options.path ?? join(temporaryDirectory(t), 'run', 'control.sock');
  const server = await serveControl({
    ...{ path, isOwnDirectory: true, group: null, env: process.env },
    answer: async (line) => `${line.length}\n`,
    tell: (reason) => `cut off: ${reason}\n`,
    ...options,
  });
  t.after(() => server.close());
  return { path, server };
}

const ask = (path: string, line: string) => askSocket(path, { line, timeoutSeconds: 20 });

/** Everything that comes back for what is sent as it is. */
async function send(path: string, ...pieces: readonly string[]): Promise<string> {
  const socket = connect(path);
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  return text(socket).catch(() => '');
}

test('each line gets its answer, in order, also when the asker has said its last word', async (t) => {
  const { path } = await serve(t);
  const socket = connect(path);
  socket.end('one\nthree\n');
  assert.equal(await text(socket), '3\n5\n');
  assert.equal(await ask(path, 'fünf\n'), '4\n');
});

test('a line that comes in pieces is one line', async (t) => {
  const { path } = await serve(t);
  const socket = connect(path);
  for (const piece of ['a', 'b', 'c\n']) {
    socket.write(piece);
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.equal(String(await once(socket, 'data')), '3\n');
  socket.destroy();
});

test('a line longer than 64 KiB is cut off and told, with and without an end', async (t) => {
  const { path } = await serve(t);
  const long = 'x'.repeat(64 * 1024 + 1);
  for (const sent of [long, `${long}\n`]) assert.equal(await send(path, sent), 'cut off: A line has 64 KiB at most\n');
  assert.equal(await ask(path, `${'x'.repeat(64 * 1024)}\n`), '65536\n');
});

test('half a line, and none at all, are cut off after five seconds; who is worked for is not', async (t) => {
  const late = 'cut off: No whole line came within 5 seconds\n';
  const { path } = await serve(t, {
    answer: async () => {
      await new Promise((done) => setTimeout(done, 6000));
      return 'done\n';
    },
  });
  assert.deepEqual(await Promise.all([send(path, 'half'), send(path), ask(path, 'slow\n')]), [late, late, 'done\n']);
});

test('a hundred at once are all answered', async (t) => {
  const { path } = await serve(t);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(path, `${'x'.repeat(n)}\n`)));
  assert.deepEqual(
    answers,
    answers.map((_, n) => `${n}\n`),
  );
});

test('one that goes away before its answer harms nobody', async (t) => {
  const { path } = await serve(t);
  for (let n = 0; n < 20; n += 1) connect(path).write('x\n', function (this: unknown) {});
  const socket = connect(path);
  socket.write('x\n');
  socket.destroy();
  assert.equal(await ask(path, 'still here\n'), '10\n');
});

test('who may ask is who may write the file: its owner and its group', async (t) => {
  const { path } = await serve(t);
  assert.equal(statSync(path).mode & 0o777, 0o660);
  assert.equal(statSync(join(path, '..')).mode & 0o777, 0o750);
});

test('the group gets the socket, and may enter the directory of lvsctl', async (t) => {
  const group = process.getgid?.() ?? 0;
  const { path } = await serve(t, { group });
  assert.deepEqual([statSync(path).gid, statSync(join(path, '..')).gid], [group, group]);
});

test('another user is refused', async (t) => {
  const { path } = await serve(t);
  chmodSync(join(path, '../..'), 0o755);
  chmodSync(join(path, '..'), 0o755);
  const script = 'use IO::Socket::UNIX; IO::Socket::UNIX->new(Peer => $ARGV[0]) ? print "in" : print "$!"';
  const perl = ['perl', '-e', script, path];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...perl];
  const [file = '', ...args] = process.getuid?.() === 0 ? asNobody : ['true'];
  const { stdout } = spawnSync(file, args, { encoding: 'utf8' });
  assert.equal(stdout, process.getuid?.() === 0 ? 'Permission denied' : '');
});

test('a socket that somebody dead left behind is replaced', async (t) => {
  const path = join(temporaryDirectory(t), 'control.sock');
  const listening = `require('node:net').createServer().listen(process.argv[1], () => console.log('on'))`;
  const child = spawn(process.execPath, ['-e', listening, path]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(existsSync(path));
  assert.equal(await ask(path, 'x\n'), null);
  await serve(t, { path });
  assert.equal(await ask(path, 'x\n'), '1\n');
});

test('a file that is no socket is not removed', async (t) => {
  const path = join(temporaryDirectory(t), 'precious');
  writeFileSync(path, 'text');
  await assert.rejects(serve(t, { path }), (error: unknown) => {
    assert.ok(error instanceof OperationError);
    assert.match(error.message, /Cannot open the control socket .*precious: address already in use/);
    return true;
  });
  assert.ok(existsSync(path));
});

test('where nobody listens there is nobody', async (t) => {
  assert.equal(await ask(join(temporaryDirectory(t), 'control.sock'), 'x\n'), null);
});

test('one that never answers is given up, and one that ends first is told', async (t) => {
  const path = join(temporaryDirectory(t), 'control.sock');
  const mute = createServer((socket) => void socket.on('data', (line) => String(line) === 'end\n' && socket.end()));
  await new Promise<void>((done) => mute.listen(path, done));
  t.after(() => mute.close());
  await assert.rejects(askSocket(path, { line: 'x\n', timeoutSeconds: 0.1 }), { exitCode: 5 });
  await assert.rejects(ask(path, 'end\n'), /ended before it answered/);
});

test('when it closes, what is under way is answered first, and the socket is gone', async (t) => {
  const work = Promise.withResolvers<string>();
  const { path, server } = await serve(t, { answer: () => work.promise });
  const answer = ask(path, 'x\n');
  await new Promise((done) => setTimeout(done, 100));
  work.resolve('done\n');
  assert.equal(await answer, 'done\n');
  await server.close();
  assert.ok(!existsSync(path));
});
