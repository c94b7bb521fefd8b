import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askHere } from './asking.ts';
import { askAsNobody } from './elsewhere.ts';

const PROBE = {
  kind: 'script',
  user: null,
  dynamic: false,
  command: `/bin/sh -c 'echo $(id -u) $(id -g) $(id -G) $HOME'`,
} as const;

const OF_ROOT = [
  { user: 'nobody', scriptUser: null, is: '65534 65534 65534 /nonexistent' },
  { user: ' nobody  daemon', scriptUser: null, is: '65534 1 1 /nonexistent' },
  { user: null, scriptUser: 'daemon', is: '1 1 1 /usr/sbin' },
  { user: 'nobody', scriptUser: 'daemon', is: '65534 65534 65534 /nonexistent' },
  { user: null, scriptUser: 'daemon nogroup', is: '1 65534 65534 /usr/sbin' },
];

for (const { user, scriptUser, is } of OF_ROOT)
  test(`user ${user} with script_user ${scriptUser} is ${is} to root, and refused to others`, async () => {
    const answer = askHere({ ...PROBE, user }, { surroundings: { scriptUser } });
    if (process.getuid?.() === 0) assert.equal((await answer).detail, `exit code 0: ${is}`);
    else await assert.rejects(answer, { name: 'OperationError', message: /since lvsctl does not run as root$/ });
  });

const OF_NOBODY = [
  { user: null, says: /"detail":"exit code 0: 65534 65534 65534 \/home\/test"/ },
  { user: 'nobody', says: /"detail":"exit code 0: 65534 65534 65534 \/home\/test"/ },
  { user: 'nobody nogroup', says: /"detail":"exit code 0: 65534 65534 65534 \/home\/test"/ },
  { user: 'nobody daemon', says: /^A script cannot be run as nobody daemon, since lvsctl does not run as root$/ },
  { user: 'root', says: /^A script cannot be run as root, since lvsctl does not run as root$/ },
];

for (const { user, says } of OF_NOBODY)
  test(`to nobody, user ${user} ${String(says).includes('cannot') ? 'is refused' : 'is nobody'}`, () => {
    assert.match(askAsNobody({ ...PROBE, user }), says);
  });
