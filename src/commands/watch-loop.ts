import type { Log } from '../daemon/log-event.ts';
import type { Reconciler } from '../daemon/reconcile.ts';
import type { ReloadEnd, TurnEnd } from '../daemon/reload-end.ts';
import { type SingleFlight, singleFlight } from '../daemon/single-flight.ts';
import { readTarget } from '../daemon/target.ts';
import type { Trigger } from '../daemon/trigger.ts';
import { readSpecFiles, type SpecFile } from '../host/files.ts';
import { specRevision } from '../host/git.ts';
import { type SpecWatcher, watchSpec } from '../host/watch.ts';
import type { SpecChange } from '../host/spec-judge.ts';
import { sourceDigest } from '../spec/source-digest.ts';
import { plural } from '../view/wording.ts';
import type { Context } from './context.ts';

const DRAIN_LOOK_MILLISECONDS = 1000;
const TRIAL_LOOK_MILLISECONDS = 1000;
/** The longest that a timer of Node can be. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;

interface LoopParts {
  readonly paths: readonly string[];
  readonly reconciler: Reconciler;
  readonly log: Log;
  readonly intervalSeconds: number;
  /** Whether an apply was not confirmed in time, and nobody took it back yet. */
  readonly isOverdue: () => Promise<boolean>;
  /** When the next override is over, in epoch milliseconds; null: none will be. */
  readonly nextEnd: () => number | null;
}

interface LastTurn {
  readonly at: number;
  readonly trigger: Trigger;
  readonly result: TurnEnd['kind'];
}

type SpecTrouble = Extract<ReloadEnd, { kind: 'invalid' | 'unreadable' }>;

/** Ties what may happen (the spec changes, time passes, a signal comes) to turns of the reconciler, one at a time. */
export class WatchLoop {
  /** Resolves with what stopped it. */
  readonly stopped: Promise<string>;
  private readonly parts: LoopParts;
  private readonly context: Context;
  private readonly flight: SingleFlight;
  private readonly watcher: SpecWatcher;
  private readonly driftTimer: NodeJS.Timeout;
  private readonly trialTimer: NodeJS.Timeout;
  private drainTimer: NodeJS.Timeout | undefined;
  /** When what was not confirmed is tried to be taken back again, in seconds of uptime. */
  private nextTry = 0;
  private endTimer: NodeJS.Timeout | undefined;
  /** Why the present turn is made. */
  private trigger: Trigger = 'start';
  /** Why the next one is, when there is to be one. */
  private asked: Trigger | null = null;
  /** Specs are taken in the order they were seen. */
  private taking: Promise<void> = Promise.resolve();
  private kept = '';
  /** What keeps the spec that is there from being taken. */
  private trouble: SpecTrouble | null = null;
  private lastTurn: LastTurn | null = null;
  private resolveStopped: (reason: string) => void = () => undefined;

  constructor(context: Context, parts: LoopParts) {
    this.context = context;
    this.parts = parts;
    this.stopped = new Promise((resolve) => {
      this.resolveStopped = resolve;
    });
    this.flight = singleFlight(
      () => this.turn(),
      (error) => this.failed(error),
    );
    this.driftTimer = setInterval(() => this.look('drift-timer'), parts.intervalSeconds * 1000);
    this.trialTimer = setInterval(() => void this.lookAtTrial(), TRIAL_LOOK_MILLISECONDS);
    this.watcher = watchSpec({
      paths: parts.paths,
      readFiles: () => this.readFiles(),
      onChange: (change) => this.take(change),
      onError: ({ kind, message }) => this.specProblem(kind, message),
    });
  }

  /** Looks at the spec and at the table now, as a signal asks. */
  hangUp(): void {
    this.reload('sighup').catch(() => undefined);
  }

  /** The same, and tells what came of it. */
  async reload(trigger: 'sighup' | 'reload'): Promise<ReloadEnd> {
    await this.watcher.check();
    await this.taking;
    const end = await this.between(() => this.turn(trigger)).then(
      () => this.parts.reconciler.end,
      (error: unknown) => {
        this.failed(error);
        throw error;
      },
    );
    return (await this.specTrouble()) ?? { kind: 'reconciled', sha256: this.kept, end };
  }

  /** The watcher gives a spec that is away some seconds to come back; whoever asks wants to know now. */
  private async specTrouble(): Promise<SpecTrouble | null> {
    const message = await this.readFiles().then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
    return message === null ? this.trouble : { kind: 'unreadable', message };
  }

  /** Does something else with the table between two turns. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.flight.between(work);
  }

  /** When the last turn ended, why it was made, and how it ended. */
  get last(): LastTurn | null {
    return this.lastTurn;
  }

  /** Of the spec that was taken last, in short; null: none was. */
  get spec(): string | null {
    return this.kept === '' ? null : this.kept;
  }

  /** Lets the present turn end, so that no call of ipvsadm is cut in two, and ends. */
  stop(reason: string): void {
    clearInterval(this.driftTimer);
    clearInterval(this.trialTimer);
    clearTimeout(this.drainTimer);
    clearTimeout(this.endTimer);
    void this.watcher
      .close()
      .then(() => this.flight.stop())
      .then(() => this.resolveStopped(reason));
  }

  /** What fails to be taken back is tried again as often as the table is looked at. */
  private async lookAtTrial(): Promise<void> {
    const { seconds } = this.context.bootTime();
    if (seconds < this.nextTry || !(await this.parts.isOverdue().catch(() => false))) return;
    this.nextTry = seconds + this.parts.intervalSeconds;
    this.look('unconfirmed');
  }

  private readFiles(): Promise<readonly SpecFile[]> {
    return readSpecFiles(this.parts.paths, { cwd: this.context.cwd, readStdin: () => this.context.readStdin() });
  }

  /** Looks at the table soon. The passing of time is the least of reasons: it does not take the place of one that waits. */
  look(trigger: Trigger): void {
    if (this.asked === null || (trigger !== 'drift-timer' && trigger !== 'drain')) this.asked = trigger;
    this.flight.trigger();
  }

  private async turn(trigger: Trigger = this.asked ?? this.trigger): Promise<void> {
    const { reconciler } = this.parts;
    this.trigger = trigger;
    this.asked = null;
    const isDraining = await reconciler.reconcile(trigger);
    this.lastTurn = { at: this.context.now(), trigger, result: reconciler.end.kind };
    clearTimeout(this.drainTimer);
    if (isDraining) this.drainTimer = setTimeout(() => this.look('drain'), DRAIN_LOOK_MILLISECONDS);
    this.awaitEnd();
  }

  /** Only looks sooner: each turn asks the clock again, which somebody may have set. */
  private awaitEnd(): void {
    clearTimeout(this.endTimer);
    const at = this.parts.nextEnd();
    if (at === null) return;
    const wait = Math.min(Math.max(0, at - this.context.now()), MAX_TIMER_MILLISECONDS);
    // It may be days away, and must not keep a process that was stopped.
    this.endTimer = setTimeout(() => this.look('override'), wait).unref();
  }

  private failed(error: unknown): void {
    const err = error instanceof Error ? error.message : String(error);
    this.lastTurn = { at: this.context.now(), trigger: this.trigger, result: 'failed' };
    this.parts.log.error(
      { event: 'reconcile', trigger: this.trigger, result: 'error', err },
      'could not look at the live table; trying again later',
    );
  }

  private take(change: SpecChange<SpecFile>): void {
    this.taking = this.taking.then(() => this.takeNow(change)).catch((error: unknown) => this.failed(error));
  }

  private async takeNow({ files }: SpecChange<SpecFile>): Promise<void> {
    const { paths, reconciler, log } = this.parts;
    const revision = await specRevision(paths[0] ?? '.', { env: this.context.env });
    const digest = sourceDigest(files);
    const target = readTarget({ files, digest, revision });
    const spec_sha256 = digest.slice(0, 12);
    if ('desired' in target) {
      this.trouble = null;
      log.info(
        { event: 'spec', result: 'loaded', spec_sha256 },
        `spec loaded: ${plural(target.desired.services.length, 'service')}`,
      );
      reconciler.take(target);
      this.look(this.kept === '' ? 'start' : 'spec-changed');
      this.kept = spec_sha256;
      return;
    }
    const messages = target.map(({ range, message }) => `${range.file}:${range.start.line}: ${message}`);
    this.trouble = { kind: 'invalid', messages };
    log.error(
      { event: 'spec', result: 'invalid', spec_sha256, ...this.keeping(), err: messages[0] ?? '' },
      `spec has ${plural(target.length, 'error')}, ${this.keptText()}`,
    );
  }

  private specProblem(result: 'missing' | 'unreadable' | 'degraded', err: string): void {
    if (result !== 'degraded') this.trouble = { kind: 'unreadable', message: err };
    this.parts.log.warn(
      { event: 'spec', result, ...this.keeping(), err },
      result === 'degraded' ? 'changes of the spec may be seen late' : `spec is ${result}, ${this.keptText()}`,
    );
  }

  private keeping() {
    return this.kept === '' ? {} : { kept_spec_sha256: this.kept };
  }

  private keptText(): string {
    return this.kept === '' ? 'and there is none to keep: nothing is changed' : 'keeping the last good one';
  }
}
