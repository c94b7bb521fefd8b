import type { Stats } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { debounce } from './debounce.ts';
import { readBetweenGitCommands } from './git-lock.ts';
import { type Observation, observeSpec, type WatchedFile } from './observe-spec.ts';
import { oneAtATime, repeat } from './repeat.ts';
import { createSpecJudge, type SpecChange, type SpecProblem } from './spec-judge.ts';
import { type SymlinkStep, symlinksOnPath } from './symlinks-on-path.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

export interface WatchSpecOptions<F extends WatchedFile> {
  /** Files and directories, as the user named them: through symbolic links, if so. */
  readonly paths: readonly string[];
  /** What relative paths and names count from. Default: where the process is. */
  readonly cwd?: string;
  /** Reads all of the spec. An error caused by ENOENT, or no file at all, means that it is missing. */
  readonly readFiles: () => Promise<readonly F[]>;
  /** Called for the first read too, unless that finds `knownDigest`. */
  readonly onChange: (change: SpecChange<F>) => void;
  readonly onError: (problem: SpecProblem) => void;
  /** `digestFiles` of what the caller has read already. */
  readonly knownDigest?: string;
  /** Quiet time after an event before we look. Default: 100. */
  readonly quietMs?: number;
  /** The longest that further events can put that off. Default: 2000. */
  readonly maxWaitMs?: number;
  /** How often to look whatever the events say. Default: 30; at most 5 while there can be no events. */
  readonly pollSeconds?: number;
  /** How long a spec may be away before that is a problem. Default: 5000. */
  readonly missingAfterMs?: number;
  /** How long a git command that rewrites the files may keep us from reading them. Default: 10000. */
  readonly gitLockMs?: number;
}

export interface SpecWatcher {
  /** Looks now, as SIGHUP asks for; what is new has been told when it resolves. */
  check(): Promise<void>;
  /** Nothing is told any more from the call on. */
  close(): Promise<void>;
}

const EXHAUSTED_POLL_SECONDS = 5;

/**
 * Tells when a spec says something else. Events only make us look sooner: what counts is the content. So an event that
 * never comes (chokidar 6.0.0 sees nothing of a swapped parent link, NFS sends none) costs time and nothing else.
 */
export function watchSpec<F extends WatchedFile>(options: WatchSpecOptions<F>): SpecWatcher {
  const closing = new AbortController();
  const { signal } = closing;
  const onChange = unless(signal, options.onChange);
  const onError = unless(signal, options.onError);
  const { knownDigest, missingAfterMs = 5000, quietMs = 100, maxWaitMs = 2000, pollSeconds = 30 } = options;
  const judge = createSpecJudge<F>({ knownDigest, missingAfterMs, onChange, onError, onMissingDue: () => check() });
  const read = createReader(options, { signal, onError });
  const check = oneAtATime(async () => {
    const seen = await read();
    if (signal.aborted) return;
    judge.take(seen);
    await events.follow(seen);
  });
  const hints = debounce(check, { quietMs, maxWaitMs });
  const events = openEvents(options, { onHint: unless(signal, hints.hint), onError });
  const poll = async (): Promise<void> => {
    const seen = await observeSpec(options.readFiles);
    if (signal.aborted) return;
    // A file that is being written is not read at once, but when its writer has been quiet for a while.
    if (judge.isNews(seen)) hints.hint();
    await events.retry(seen);
  };
  const pause = (): number => Math.min(pollSeconds, events.exhausted() ? EXHAUSTED_POLL_SECONDS : pollSeconds);
  const stopPolling = repeat(poll, pause);
  void check();
  const close = async (): Promise<void> => {
    closing.abort();
    stopPolling();
    hints.cancel();
    judge.close();
    await events.close();
  };
  return { check, close };
}

function unless<A extends unknown[]>(signal: AbortSignal, call: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    if (!signal.aborted) call(...args);
  };
}

/** Reads the spec between git commands; tells once of a lock that a killed one left behind. */
function createReader<F extends WatchedFile>(
  options: WatchSpecOptions<F>,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (problem: SpecProblem) => void },
): () => Promise<Observation<F>> {
  const paths = absolute(options.paths, options);
  const limits = { timeoutMs: options.gitLockMs ?? 10_000, signal };
  let told: string | null = null;
  return async () => {
    const { value, lock } = await readBetweenGitCommands(paths, () => observeSpec(options.readFiles), limits);
    if (lock !== null && lock !== told) {
      onError({ kind: 'degraded', message: `${lock} does not go away; the spec is read in spite of it` });
    }
    told = lock;
    return value;
  };
}

interface SpecEvents {
  /** Watches what the paths lead to now: after a link was swapped, that is another file. */
  follow(seen: Observation<WatchedFile>): Promise<void>;
  /** The same, and a new attempt at what could not be watched. */
  retry(seen: Observation<WatchedFile>): Promise<void>;
  /** Whether the kernel refuses us events. */
  exhausted(): boolean;
  close(): Promise<void>;
}

interface EventCalls {
  readonly onHint: () => void;
  readonly onError: (problem: SpecProblem) => void;
}

function openEvents(place: Place, calls: EventCalls): SpecEvents {
  const paths = absolute(place.paths, place);
  const health = createHealth(calls);
  let watchers: readonly FSWatcher[] = [];
  let watched = '';
  let last = Promise.resolve();
  let closed = false;

  const closeAll = async (): Promise<void> => {
    await Promise.all(watchers.map((watcher) => watcher.close()));
  };
  const reopen = async (seen: Observation<WatchedFile>, isRetry: boolean): Promise<void> => {
    const files = seen.kind === 'found' ? seen.files.map(({ name }) => name) : [];
    const links = await linksTo([...paths, ...absolute(files, place)]);
    const wanted = JSON.stringify(links);
    if (closed || (wanted === watched && !(isRetry && health.failed()))) return;
    await closeAll();
    watched = wanted;
    health.startAnew();
    watchers = [watchTargets(paths), watchLinks(links.map(({ link }) => link))];
    for (const watcher of watchers) {
      watcher.on('all', calls.onHint).on('error', health.fail).on('ready', health.ready);
    }
  };
  const inTurn = (seen: Observation<WatchedFile>, isRetry: boolean): Promise<void> => {
    last = last.then(() => reopen(seen, isRetry));
    return last;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await last;
    await closeAll();
  };
  return {
    follow: (seen) => inTurn(seen, false),
    retry: (seen) => inTurn(seen, true),
    exhausted: health.exhausted,
    close,
  };
}

/** Whether events come, judged by the errors of the watchers that are open. */
function createHealth({ onHint, onError }: EventCalls) {
  let failed = false;
  let exhausted = false;
  return {
    failed: () => failed,
    exhausted: () => exhausted,
    startAnew: () => {
      failed = false;
    },
    fail: (error: unknown) => {
      failed = true;
      if (exhausted || !EXHAUSTION.has(systemErrorCode(error) ?? '')) return;
      exhausted = true;
      onError({ kind: 'degraded', message: exhaustionMessage(error) });
    },
    /** What happened between our last look and now raised no event. */
    ready: () => {
      if (!failed) exhausted = false;
      onHint();
    },
  };
}

type Place = Pick<WatchSpecOptions<WatchedFile>, 'paths' | 'cwd'>;

function absolute(paths: readonly string[], { cwd = process.cwd() }: Place): readonly string[] {
  return paths.map((path) => resolve(cwd, path));
}

/** Links on the way to the paths and to the files in them: Kubernetes' files are links through `..data`. */
async function linksTo(paths: readonly string[]): Promise<readonly SymlinkStep[]> {
  const steps = (await Promise.all(paths.map(symlinksOnPath))).flat();
  return [...new Map(steps.map((step) => [step.link, step])).values()];
}

// atomic would hold events back that our own quiet time holds back already. No depth: chokidar counts it from the
// nearest directory there is, so that a file whose directory is missing too would never be watched.
const CHOKIDAR = { ignoreInitial: true, atomic: false } as const;

/** The files and directories themselves; of a directory what the reader takes, so not `.git` or swap files. */
function watchTargets(paths: readonly string[]): FSWatcher {
  const roots = new Set(paths);
  const mayHoldSpec = (path: string, stats?: Stats): boolean =>
    paths.some((root) => isVisibleBelow(root, path)) && (!stats?.isFile() || /\.lvs\.ya?ml$/.test(path));
  return watch([...roots], { ...CHOKIDAR, ignored: (path, stats) => !roots.has(path) && !mayHoldSpec(path, stats) });
}

function isVisibleBelow(root: string, path: string): boolean {
  const parts = relative(root, path).split(sep);
  return parts.every((part) => !part.startsWith('.') && part !== 'node_modules');
}

/** Links as such: where one points to is not an event of what it points to. */
function watchLinks(links: readonly string[]): FSWatcher {
  return watch([...links], { ...CHOKIDAR, followSymlinks: false });
}

// inotify_add_watch(2) and inotify_init(2): too many watches, too many instances or files.
const EXHAUSTION: ReadonlySet<string> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

function exhaustionMessage(error: unknown): string {
  const reason =
    systemErrorCode(error) === 'ENOSPC' ? 'fs.inotify.max_user_watches is used up' : describeSystemError(error);
  return `The kernel tells us of no changes (${reason}); reading the spec every ${EXHAUSTED_POLL_SECONDS}s instead`;
}
