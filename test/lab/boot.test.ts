import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInLab } from './boot.ts';

const isGuest = (process.env.LVSCTL_LAB ?? 'uml') === 'uml';

/** Runs a shell script in a lab, with what it printed. */
async function runScript(script: string, seconds = 60): Promise<{ status: number; output: string }> {
  let output = '';
  const status = await runInLab(['sh', '-c', script], { seconds, log: (text) => (output += text) });
  return { status, output };
}

test('a lab runs a command as root, here, on a kernel with ip_vs, and hands on its status and both streams', async () => {
  const { status, output } = await runScript('id -u; pwd; ipvsadm -Ln | head -n 1; echo oops >&2; exit 7');
  assert.equal(status, 7);
  assert.match(output, new RegExp(`^0\n${process.cwd()}\nIP Virtual Server version .*\noops\n$`));
});

test('much output arrives whole', async () => {
  const { output } = await runScript('seq 1 50000');
  assert.equal(output, Array.from({ length: 50000 }, (_, index) => `${index + 1}\n`).join(''));
});

test('output arrives while the command runs', async () => {
  const seen: { text: string; at: number }[] = [];
  await runInLab(['sh', '-c', 'echo first; sleep 2; echo second'], {
    seconds: 60,
    log: (text) => seen.push({ text, at: Date.now() }),
  });
  const [first, second] = [seen[0], seen.at(-1)];
  assert.equal(first?.text, 'first\n');
  assert.ok((second?.at ?? 0) - (first?.at ?? 0) > 1000, JSON.stringify(seen));
});

test('words and variables arrive as they are, quotes and blanks included', async () => {
  let output = '';
  const words = ["it's", 'a  b', '$HOME', '"', ''];
  const command = ['printf', '[%s]', ...words];
  assert.equal(await runInLab(command, { seconds: 60, log: (text) => (output += text) }), 0);
  assert.equal(output, words.map((word) => `[${word}]`).join(''));
});

test('a lab that runs past its time limit is stopped, with status 124', async () => {
  const { status, output } = await runScript('echo begun; sleep 1000', 12);
  assert.equal(status, 124);
  assert.match(output, /^begun\n/);
  assert.match(output, /its time limit of 12 s is over/);
});

// Not on the host's own kernel.
if (isGuest) {
  test('a kernel that panics is an error with the end of its console', async () => {
    const panic = /^Error: The lab's kernel ended before the command did[\s\S]*Kernel panic - not syncing/;
    await assert.rejects(runScript('echo c >/proc/sysrq-trigger; sleep 60'), panic);
  });
}

test('labs run at the same time without seeing each other', async () => {
  const script = (name: string) => `ip netns add ${name}; sleep 2; ls /run/netns`;
  const [a, b] = await Promise.all([runScript(script('a')), runScript(script('b'))]);
  assert.deepEqual([a.output, b.output], ['a\n', 'b\n']);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends a lab and leaves neither processes nor files`, async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'lvsctl-boot-test-'));
    const child = spawn(process.execPath, ['test/lab/boot.ts', '--', 'sh', '-c', 'echo begun; sleep 1000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: scratch },
    });
    await once(child.stdout, 'data');
    assert.ok(guestsOf(scratch) > 0);
    child.kill(signal);
    const [status] = await once(child, 'exit');
    assert.equal(status, signal === 'SIGINT' ? 130 : 143);
    assert.deepEqual(readdirSync(scratch), []);
    // A killed process takes a moment to go.
    for (let tries = 0; tries < 50 && guestsOf(scratch) > 0; tries++) await sleep(100);
    assert.equal(guestsOf(scratch), 0);
    rmSync(scratch, { recursive: true });
  });
}

for (const [what, env, message] of [
  [
    'without the guest kernel',
    { LVSCTL_LAB: 'uml', LVSCTL_UML: '/nowhere/linux.uml' },
    /Cannot find \/nowhere\/linux\.uml: run bin\/test, .*package user-mode-linux/,
  ],
  ['with an unknown kind of lab', { LVSCTL_LAB: 'kvm' }, /LVSCTL_LAB is "kvm": use uml .* or host/],
  [
    'on the host as a plain user',
    { LVSCTL_LAB: 'host', AS: 'nobody' },
    /LVSCTL_LAB=host needs root: run the command with sudo/,
  ],
] as const) {
  test(`${what} the error says what to do`, async () => {
    // A user namespace makes root nobody, who still may read this checkout where root's home is closed to others.
    const as = 'AS' in env && process.getuid?.() === 0 ? ['unshare', '--user'] : [];
    const [file = '', ...args] = [...as, process.execPath, 'test/lab/boot.ts', '--', 'true'];
    const child = spawn(file, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    const [status] = await once(child, 'close');
    assert.equal(status, 1);
    assert.match(words, message);
  });
}

/** Processes of the host that belong to guests whose files are in a folder. */
function guestsOf(folder: string): number {
  const commandLine = (id: string) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8');
    } catch {
      // It ended while we looked.
      return '';
    }
  };
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && commandLine(id).includes(folder)).length;
}
