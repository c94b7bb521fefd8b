import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import type { Context } from '../../src/commands/context.ts';
import { controlPath, otherControlPath } from '../../src/commands/control-path.ts';

const NAME = `control-${statSync('/proc/self/ns/net').ino}.sock`;
const ROOTS = `/run/lvsctl/${NAME}`;

type Case = readonly [who: string, env: Record<string, string>, uid: number, own: string, other: string | null];

const CASES: readonly Case[] = [
  ['root', {}, 0, ROOTS, null],
  ['another user, who may be of the group', { XDG_RUNTIME_DIR: '/run/user/7' }, 7, `/run/user/7/lvsctl/${NAME}`, ROOTS],
  ['a service of systemd', { RUNTIME_DIRECTORY: '/run/lb' }, 7, `/run/lb/${NAME}`, null],
  ['whoever names a directory', { LVSCTL_RUNTIME_DIR: '/run/lb' }, 7, `/run/lb/${NAME}`, null],
  ['whoever names a socket', { LVSCTL_SOCKET: 'lb.sock', LVSCTL_RUNTIME_DIR: '/run/lb' }, 7, '/work/lb.sock', null],
];

for (const [who, env, uid, own, other] of CASES)
  test(`${who} asks at ${other === null ? own : `${own}, then at ${other}`}`, () => {
    const context = { env, uid, home: '/home/lb', cwd: '/work' } as unknown as Context;
    assert.equal(controlPath(context, undefined).path, own);
    assert.equal(otherControlPath(context, undefined), other);
  });
