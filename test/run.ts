import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPILE_CACHE } from './lab/compile-cache.ts';
import { runInLab } from './lab/boot.ts';
import { onOurEnd } from './lab/on-our-end.ts';
import type { Tally } from './tally-reporter.ts';

const USAGE = `Usage: npm test -- [--pure] [--kernel] [PATTERN...]
  Runs the test files whose path contains a PATTERN (default: all).
  --pure     only the tests that need no kernel
  --long     also the long walks on a real kernel, which a change goes in without
  --kernel   only those on a real kernel with IPVS, a guest or this machine's (LVSCTL_LAB=uml|host), and of the lab itself`;

// A guest that dies takes its suite with it, and not all of them.
const KERNEL_SUITES = 2;
const SUITE_SECONDS = 3600;
/** Walks of many minutes with keepalived, and what may ask npm's registry, for before a release; a pattern that names one runs it too. */
const LONG =
  /^test\/(kernel\/(keepalived\/(?!instances)|realserver|ha\/(apply|connection-sync|failover|maintain))|places\/pre-commit-install)/;
const TEST_TIMEOUT_MILLISECONDS = 1_500_000;

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
  const results: SuiteResult[] = [];
  // One after the other: where the machine is a virtual one itself, two guests at the same time take 2.6 times as long each.
  for (const suite of suites) results.push(await runSuite(suite));
  process.exitCode = summarize(results) ? 0 : 1;
}

function chooseSuites(): Suite[] {
  const { values, positionals } = parseArgs({
    options: {
      pure: { type: 'boolean' },
      kernel: { type: 'boolean' },
      long: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const files = globSync('test/**/*.test.ts')
    .filter((file) => positionals.length === 0 || positionals.some((pattern) => file.includes(pattern)))
    .filter((file) => values.long || positionals.length > 0 || !LONG.test(file))
    .sort();
  const isKernel = (file: string) => file.startsWith('test/kernel/');
  const isLab = (file: string) => file.startsWith('test/lab/');
  const all = values.pure === values.kernel;
  return [
    ...suiteHere('pure', all || values.pure ? files.filter((file) => !isKernel(file) && !isLab(file)) : []),
    ...suiteHere('lab', all || values.kernel ? files.filter(isLab) : []),
    ...kernelSuites(all || values.kernel ? files.filter(isKernel) : [], { isLong: values.long ?? false }),
  ];
}

function suiteHere(name: string, files: string[]): Suite[] {
  return files.length === 0 ? [] : [{ name, files, run: runHere, isolation: 'process' }];
}

/** Spreads the files over the guests by their size, as good a guess at their time as needs no bookkeeping. */
function kernelSuites(files: string[], { isLong }: { isLong: boolean }): Suite[] {
  const env = isLong ? { LVSCTL_LONG_WALKS: '1' } : {};
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
  const run = (command: string[], log: (text: string) => void) =>
    runInLab(command, { seconds: SUITE_SECONDS, log, env });
  // A process for each file would cost a guest two seconds each.
  return groups.map((group, index) => ({
    name: `kernel ${index + 1}`,
    files: group.files.sort(),
    run,
    isolation: 'none',
  }));
}

async function runSuite(suite: Suite): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsctl-test-'));
  const tallyFile = join(folder, 'tally.json');
  console.log(`${suite.name}:`);
  try {
    const status = await suite.run(testCommand(suite, tallyFile), (text) => process.stdout.write(text));
    const tally = readTally(tallyFile);
    if (tally === undefined) return died(suite, `ended with status ${status} before its tests were done`);
    return { ...tally, name: suite.name, complaint: complaintOf(status, tally) };
  } catch (error) {
    return died(suite, error instanceof Error ? error.message : String(error));
  } finally {
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
  const env = { ...process.env, ...COMPILE_CACHE };
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
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
  return { name: suite.name, passed: 0, failed: 0, failures: [], complaint };
}

/** Prints the totals, the last line of every run; true when all is well. A complaint counts as one failure. */
function summarize(results: readonly SuiteResult[]): boolean {
  if (results.length === 0) console.log('No test file matches');
  for (const { name, failures } of results) for (const title of failures) console.log(`${name} failed: ${title}`);
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
