import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runInLab } from './lab/boot.ts';
import { onOurEnd } from './lab/on-our-end.ts';
import type { Tally } from './tally-reporter.ts';

const USAGE = `Usage: npm test -- [--pure] [--kernel] [PATTERN...]
  Runs the test files whose path contains a PATTERN (default: all).
  --pure     only the tests that need no kernel
  --kernel   only those on a real kernel with IPVS, a guest or this machine's (LVSCTL_LAB=uml|host), and of the lab itself`;

// One guest has one CPU; two of them and the pure tests keep a small machine busy without starving it.
const KERNEL_SUITES = 2;
const SUITE_SECONDS = 1500;
const TEST_TIMEOUT_MILLISECONDS = 600_000;

/** Some test files and the place where they run. */
interface Suite {
  readonly name: string;
  readonly files: readonly string[];
  readonly run: (command: string[], log: (text: string) => void) => Promise<number>;
  readonly isolation: 'process' | 'none';
}

interface SuiteResult extends Tally {
  readonly name: string;
  /** Why the suite counts as failed although no test says so. */
  readonly complaint: string | null;
}

async function main(): Promise<void> {
  const suites = chooseSuites();
  const results = await Promise.all(suites.map((suite) => runSuite(suite, suites.length > 1)));
  process.exitCode = summarize(results) ? 0 : 1;
}

function chooseSuites(): Suite[] {
  const { values, positionals } = parseArgs({
    options: { pure: { type: 'boolean' }, kernel: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const files = globSync('test/**/*.test.ts')
    .filter((file) => positionals.length === 0 || positionals.some((pattern) => file.includes(pattern)))
    .sort();
  const isKernel = (file: string) => file.startsWith('test/kernel/');
  const isLab = (file: string) => file.startsWith('test/lab/');
  const all = values.pure === values.kernel;
  return [
    ...suiteHere('pure', all || values.pure ? files.filter((file) => !isKernel(file) && !isLab(file)) : []),
    ...suiteHere('lab', all || values.kernel ? files.filter(isLab) : []),
    ...kernelSuites(all || values.kernel ? files.filter(isKernel) : []),
  ];
}

function suiteHere(name: string, files: string[]): Suite[] {
  return files.length === 0 ? [] : [{ name, files, run: runHere, isolation: 'process' }];
}

/** Spreads the files over the guests by their size, as good a guess at their time as needs no bookkeeping. */
function kernelSuites(files: string[]): Suite[] {
  const size = new Map(files.map((file) => [file, statSync(file).size]));
  const sizeOf = (file: string) => size.get(file) ?? 0;
  const groups = Array.from({ length: Math.min(KERNEL_SUITES, files.length) }, () => ({
    files: [] as string[],
    size: 0,
  }));
  for (const file of files.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const smallest = groups.reduce((least, group) => (group.size < least.size ? group : least));
    smallest.files.push(file);
    smallest.size += sizeOf(file);
  }
  const run = (command: string[], log: (text: string) => void) => runInLab(command, { seconds: SUITE_SECONDS, log });
  // A process for each file would cost a guest two seconds each.
  return groups.map((group, index) => ({
    name: `kernel ${index + 1}`,
    files: group.files.sort(),
    run,
    isolation: 'none',
  }));
}

async function runSuite(suite: Suite, isOneOfMany: boolean): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsctl-test-'));
  const tallyFile = join(folder, 'tally.json');
  const output = linePrinter(isOneOfMany ? `${suite.name.padEnd(8)} | ` : '');
  try {
    const status = await suite.run(testCommand(suite, tallyFile), output.write);
    const tally = readTally(tallyFile);
    if (tally === undefined) return died(suite, `ended with status ${status} before its tests were done`);
    return { ...tally, name: suite.name, complaint: complaintOf(status, tally) };
  } catch (error) {
    return died(suite, error instanceof Error ? error.message : String(error));
  } finally {
    output.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function testCommand(suite: Suite, tallyFile: string): string[] {
  return [
    ...[process.execPath, '--test', `--test-isolation=${suite.isolation}`],
    ...[`--test-timeout=${TEST_TIMEOUT_MILLISECONDS}`, '--test-concurrency=2'],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/tally-reporter.ts', `--test-reporter-destination=${tallyFile}`],
    ...suite.files,
  ];
}

function runHere([file = '', ...args]: string[], log: (text: string) => void): Promise<number> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // A test that never gives up the CPU outlives every time-out of node:test, and its parent.
  const killAll = () => child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, 'SIGKILL');
  const letGo = onOurEnd(killAll);
  const limit = setTimeout(() => {
    log(`\nStopped: the time limit of ${SUITE_SECONDS} s is over\n`);
    killAll();
  }, SUITE_SECONDS * 1000);
  child.stdout.setEncoding('utf8').on('data', log);
  child.stderr.setEncoding('utf8').on('data', log);
  return new Promise<number>((done, fail) => {
    child.once('error', fail).once('close', (status) => done(status ?? 1));
  }).finally(() => {
    clearTimeout(limit);
    letGo();
  });
}

/** Prints whole lines, so that suites that run at the same time do not mix within one. */
function linePrinter(prefix: string): { write(text: string): void; end(): void } {
  let rest = '';
  const print = (line: string) => process.stdout.write(`${prefix}${line}\n`);
  return {
    write(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(print);
    },
    end() {
      if (rest !== '') print(rest);
    },
  };
}

function readTally(path: string): Tally | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Tally;
  } catch {
    return undefined;
  }
}

function complaintOf(status: number, tally: Tally): string | null {
  if (tally.passed + tally.failed === 0) return 'ran no test';
  if (status !== 0 && tally.failed === 0) return `ended with status ${status} although every test passed`;
  return null;
}

function died(suite: Suite, complaint: string): SuiteResult {
  return { name: suite.name, passed: 0, failed: 0, complaint };
}

/** Prints the totals, the last line of every run; true when all is well. A complaint counts as one failure. */
function summarize(results: readonly SuiteResult[]): boolean {
  if (results.length === 0) console.log('No test file matches');
  for (const { name, passed, failed, complaint } of results) {
    console.log(`${name}: ${passed} passed, ${failed} failed${complaint === null ? '' : `; ${complaint}`}`);
  }
  const sum = (count: (result: SuiteResult) => number) => results.reduce((total, result) => total + count(result), 0);
  const passed = sum((result) => result.passed);
  const failed = sum((result) => result.failed + (result.complaint === null ? 0 : 1));
  console.log(`${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0;
}

await main();
