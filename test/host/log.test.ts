import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { createLogger, type LogLevel } from '../../src/host/log.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 10, 3, 412);

function logTo(lines: string[], format: 'json' | 'human', level: LogLevel = 'info') {
  const destination = { write: (text: string) => lines.push(text) };
  return createLogger<LogEvent>({ destination, format, level, now: () => NOW });
}

const changed = {
  event: 'reconcile',
  trigger: 'spec-changed',
  result: 'changed',
  spec_sha256: '9b0c4ef00d',
  done: 1,
  failed: 0,
  duration_ms: 31.4,
} as const;

test('an entry is one line of JSON with the level as a word, an ISO time and no process', () => {
  const lines: string[] = [];
  logTo(lines, 'json').info(changed, 'reconciled: 1 change');
  assert.deepEqual(lines, [
    '{"level":"info","time":"2026-11-22T14:10:03.412Z","event":"reconcile","trigger":"spec-changed",' +
      '"result":"changed","spec_sha256":"9b0c4ef00d","done":1,"failed":0,"duration_ms":31.4,' +
      '"msg":"reconciled: 1 change"}\n',
  ]);
});

const HUMAN: readonly (readonly [
  title: string,
  level: 'info' | 'warn',
  event: LogEvent,
  message: string,
  line: string,
])[] = [
  [
    'a reconcile',
    'info',
    changed,
    'applied 1 operation',
    '14:10:03 reconciled    spec changed (9b0c4e)     applied 1 operation  31 ms',
  ],
  [
    'a refusal, in capitals',
    'warn',
    {
      event: 'refused',
      guard: 'empty-spec',
      subject: 'the spec',
      override: '--allow-empty',
      spec_sha256: 'e3b0c44298',
    },
    'the spec has no services: refused, keeping the last good spec',
    '14:10:03 REFUSED       (e3b0c4)                  the spec has no services: refused, keeping the last good spec  guard empty-spec',
  ],
  [
    'a step without its fields',
    'info',
    { event: 'step', op: 'edit-server', subject: 'web/web-3', result: 'done' },
    'edit server web/web-3',
    '14:10:03 step                                    edit server web/web-3',
  ],
  [
    'an error once',
    'warn',
    { event: 'reconcile', trigger: 'drift-timer', result: 'error', err: 'no such file' },
    'broke off: no such file',
    '14:10:03 FAILED        drift timer               broke off: no such file',
  ],
  [
    'escape sequences of what is quoted',
    'info',
    { event: 'spec', result: 'invalid', err: 'bad \u001b[2J\nkey' },
    'kept',
    '14:10:03 spec                                    kept  bad  [2J key',
  ],
];

for (const [title, level, event, message, line] of HUMAN) {
  test(`people read ${title}`, () => {
    const lines: string[] = [];
    logTo(lines, 'human')[level](event, message);
    assert.deepEqual(lines, [`${line}\n`]);
  });
}

test('what is below the level is not written, and the level can be changed', () => {
  const lines: string[] = [];
  const log = logTo(lines, 'human', 'warn');
  log.info(changed, 'no');
  log.debug(changed, 'no');
  log.error(changed, 'one');
  log.setLevel('debug');
  log.debug(changed, 'two');
  assert.equal(lines.length, 2);
});

test('a destination that throws is left alone from then on', () => {
  let writes = 0;
  const write = (): never => {
    writes += 1;
    throw new Error('ENOSPC');
  };
  const log = createLogger<LogEvent>({ destination: { write }, format: 'json', level: 'info', now: () => NOW });
  log.info(changed, 'lost');
  log.info(changed, 'lost');
  assert.equal(writes, 1);
});

test('when the reader of stdout goes away, the work goes on, and idly', async (t) => {
  const source = `
    import { createLogger } from '../../src/host/log.ts';
    const log = createLogger({ destination: process.stdout, format: 'json', level: 'info', now: Date.now });
    let n = 0;
    const timer = setInterval(() => {
      log.info({ event: 'reconcile' }, 'entry');
      n += 1;
      if (n === 40) {
        clearInterval(timer);
        process.stderr.write(JSON.stringify(process.cpuUsage()));
      }
    }, 10);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: import.meta.dirname });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  assert.deepEqual([code, signal], [0, null], stderr);
  const { user, system } = JSON.parse(stderr) as { user: number; system: number };
  assert.ok(user + system < 3_000_000, `${stderr} microseconds are more than a start takes`);
});
