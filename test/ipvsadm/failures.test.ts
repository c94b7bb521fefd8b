import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restoreFailures } from '../../src/ipvsadm/failures.ts';

const ended = { exitCode: 0, signal: undefined } as const;

/** Every message of ipvsadm 1.31 for an errno. */
const MESSAGES = [
  ['Service already exists', 'exists'],
  ['Destination already exists', 'exists'],
  ['Daemon has already run', 'exists'],
  ['No such service', 'missing'],
  ['Service not defined', 'missing'],
  ['No such destination', 'missing'],
  ['No daemon is running', 'missing'],
  ['Scheduler or persistence engine not found', 'refused'],
  ['Invalid operation.  Possibly wrong module version, address not unicast, ...', 'refused'],
  ['Numerical result out of range', 'refused'],
  ['Operation not supported with specified address family', 'refused'],
  ['No such device', 'refused'],
  ['Memory allocation problem', 'refused'],
  ['Module is wrong version', 'refused'],
  ['Operation not supported with IPv6', 'refused'],
  ['constructor', 'refused'],
] as const;

for (const [message, kind] of MESSAGES) {
  test(`"${message}" means ${kind}`, () => {
    const stderr = `--@0: unknown option\n--@1: unknown option\n${message}\n--@2: unknown option\n`;
    const { failures, started } = restoreFailures({ ...ended, stderr, count: 3 });
    assert.deepEqual([failures, started], [[{ index: 1, kind, message }], true]);
  });
}

test('a batch that went well has markers and nothing else', () => {
  const stderr = '--@0: unknown option\n--@1: unknown option\n';
  assert.deepEqual(restoreFailures({ ...ended, stderr, count: 2 }), { failures: [], beforeFirst: '', started: true });
});

test('two lines about one rule are one failure', () => {
  const { failures } = restoreFailures({ ...ended, stderr: '--@0: unknown option\none\ntwo\n', count: 1 });
  assert.deepEqual(failures, [{ index: 0, kind: 'refused', message: 'one; two' }]);
});

for (const exitCode of [2, 255]) {
  test(`exit code ${exitCode} in the middle names the rule it stopped at, and those it did not reach`, () => {
    const stderr = '--@0: unknown option\n--@1: unknown option\nillegal weight specified\n';
    assert.deepEqual(restoreFailures({ stderr, exitCode, signal: undefined, count: 4 }).failures, [
      { index: 1, kind: 'refused', message: 'illegal weight specified' },
      { index: 2, kind: 'not-run', message: 'ipvsadm ended at rule 2, before this one' },
      { index: 3, kind: 'not-run', message: 'ipvsadm ended at rule 2, before this one' },
    ]);
  });
}

test('an end before the first rule is not the fault of a rule', () => {
  const stderr = "Can't initialize ipvs: Permission denied (you must be root)\nAre you sure?\n";
  const report = restoreFailures({ stderr, exitCode: 2, signal: undefined, count: 1 });
  assert.deepEqual([report.started, report.beforeFirst], [false, stderr.trim()]);
  assert.deepEqual(report.failures, [{ index: 0, kind: 'not-run', message: 'ipvsadm ended before its first rule' }]);
});

test('success that did not reach every rule is no success', () => {
  const { failures } = restoreFailures({ ...ended, stderr: '--@0: unknown option\n', count: 2 });
  assert.deepEqual(
    failures.map(({ index, kind }) => [index, kind]),
    [[1, 'not-run']],
  );
});

const SILENT_ENDS = [
  [{ exitCode: undefined, signal: 'SIGSEGV' }, 'ipvsadm was ended by SIGSEGV'],
  [{ exitCode: 255, signal: undefined }, 'ipvsadm ended with exit code 255 and said nothing'],
  [{ exitCode: undefined, signal: undefined, stopped: 'No answer within 30 s' }, 'No answer within 30 s'],
] as const;

for (const [end, message] of SILENT_ENDS) {
  test(`the rule at which it ended without a word is told: ${message}`, () => {
    const { failures } = restoreFailures({ ...end, stderr: '--@0: unknown option\n', count: 1 });
    assert.deepEqual(failures, [{ index: 0, kind: 'refused', message }]);
  });
}
