import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { hostDirectories } from '../../src/host/directories.ts';

const CASES: readonly {
  readonly title: string;
  readonly env: Record<string, string>;
  readonly uid?: number;
  readonly netns?: string;
  readonly wanted: readonly [state: string, runtime: string, config: string];
}[] = [
  { title: 'root uses the places of the system', env: {}, wanted: ['/var/lib/lvsctl', '/run/lvsctl', '/etc/lvsctl'] },
  {
    title: 'what systemd gives wins, the first of several',
    env: { STATE_DIRECTORY: '/s/a:/s/b', RUNTIME_DIRECTORY: '/r/a', CONFIGURATION_DIRECTORY: '/c/a:/c/b' },
    wanted: ['/s/a', '/r/a', '/c/a'],
  },
  {
    title: 'our own variables win over those of systemd',
    env: { LVSCTL_STATE_DIR: '/x:y', LVSCTL_RUNTIME_DIR: '/z', STATE_DIRECTORY: '/s', RUNTIME_DIRECTORY: '/r' },
    wanted: ['/x:y', '/z', '/etc/lvsctl'],
  },
  {
    title: 'empty variables count as not set',
    env: { LVSCTL_STATE_DIR: '', STATE_DIRECTORY: '', RUNTIME_DIRECTORY: '', XDG_STATE_HOME: '' },
    wanted: ['/var/lib/lvsctl', '/run/lvsctl', '/etc/lvsctl'],
  },
  {
    title: 'others use the XDG places',
    uid: 1000,
    env: { HOME: '/home/u', XDG_STATE_HOME: '/xs', XDG_RUNTIME_DIR: '/run/user/1000', XDG_CONFIG_HOME: '/xc' },
    wanted: ['/xs/lvsctl', '/run/user/1000/lvsctl', '/xc/lvsctl'],
  },
  {
    title: 'without XDG variables, and with a relative one, their home',
    uid: 1000,
    env: { XDG_STATE_HOME: 'relative' },
    wanted: ['/home/passwd/.local/state/lvsctl', '/home/passwd/.local/state/lvsctl/run', '/home/passwd/.config/lvsctl'],
  },
  {
    title: 'a named namespace has a state of its own and shares the rest',
    netns: 'edge.1',
    env: { LVSCTL_STATE_DIR: '/x' },
    wanted: ['/x/netns/edge.1', '/run/lvsctl', '/etc/lvsctl'],
  },
];

for (const { title, env, uid = 0, netns, wanted } of CASES) {
  test(title, () => {
    const found = hostDirectories({ env, uid, home: '/home/passwd', ...(netns === undefined ? {} : { netns }) });
    assert.deepEqual([found.state, found.runtime, found.config], wanted);
  });
}

for (const netns of ['', '.', '..', 'a/b', '../x', 'a\0b']) {
  test(`${JSON.stringify(netns)} is not the name of a network namespace`, () => {
    assert.throws(() => hostDirectories({ env: {}, uid: 0, home: '/', netns }), UsageError);
  });
}
