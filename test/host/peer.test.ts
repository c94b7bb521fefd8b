import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { peerInode, peerOf } from '../../src/host/peer.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('the process at the other end is known, beside others that are connected too', async (t) => {
  const path = join(temporaryDirectory(t), 'control.sock');
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((done) => server.listen(path, done));
  t.after(() => server.close());
  const client = `require('node:net').connect(process.argv[1])`;
  const children = [1, 2, 3].map(() => spawn(process.execPath, ['-e', client, path]));
  t.after(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  while (sockets.length < children.length) await new Promise((done) => setTimeout(done, 20));
  const peers = await Promise.all(sockets.map((socket) => peerOf(socket, process.env)));
  const pids = (list: readonly (number | undefined)[]) => [...list].sort((a = 0, b = 0) => a - b);
  assert.deepEqual(pids(peers.map((peer) => peer?.pid)), pids(children.map(({ pid }) => pid)));
  assert.ok(peers.every((peer) => peer?.uid === process.getuid?.()));
});

test('without ss nobody is known', async (t) => {
  const path = join(temporaryDirectory(t), 'control.sock');
  const server = createServer();
  await new Promise<void>((done) => server.listen(path, done));
  t.after(() => server.close());
  const [socket] = await Promise.all([
    new Promise<Socket>((done) => server.once('connection', done)),
    spawn(process.execPath, ['-e', `require('node:net').connect(process.argv[1])`, path]),
  ]);
  t.after(() => socket.destroy());
  assert.equal(await peerOf(socket, { PATH: '/nowhere' }), null);
});

const LISTING = `u_str ESTAB 0 0 /run/lvsctl/control.sock 113053 * 113052
u_str ESTAB 0 0 * 113052 * 113053
u_str ESTAB 0 0 /run/a name with 7 * 8/control.sock 113063 * 113062
u_dgr UNCONN 0 0 /run/systemd/notify 1130 * 0
`;

test('of the listing of ss only the row of our own socket counts', () => {
  assert.equal(peerInode(LISTING, 113053), 113052);
  assert.equal(peerInode(LISTING, 113052), 113053);
  assert.equal(peerInode(LISTING, 113063), 113062);
  assert.equal(peerInode(LISTING, 1130), null, 'it has no peer');
  assert.equal(peerInode(LISTING, 7), null);
  assert.equal(peerInode('', 113053), null);
});
