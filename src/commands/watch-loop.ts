import type { LogEvent } from '../daemon/log-event.ts';
import type { Reconciler, Trigger } from '../daemon/reconcile.ts';
import { type SingleFlight, singleFlight } from '../daemon/single-flight.ts';
import { readTarget } from '../daemon/target.ts';
import { readSpecFiles, type SpecFile } from '../host/files.ts';
import { specRevision } from '../host/git.ts';
import type { Logger } from '../host/log.ts';
import { type SpecWatcher, watchSpec } from '../host/watch.ts';
import type { SpecChange } from '../host/spec-judge.ts';
import { plural } from '../view/wording.ts';
import type { Context } from './context.ts';

const DRAIN_LOOK_MILLISECONDS = 1000;

interface LoopParts {
  readonly paths: readonly string[];
  readonly reconciler: Reconciler;
  readonly log: Logger<LogEvent>;
  readonly intervalSeconds: number;
}

/** Ties what may happen (the spec changes, time passes, a signal comes) to turns of the reconciler, one at a time. */
export class WatchLoop {
  /** Resolves with what stopped it. */
  readonly stopped: Promise<string>;
  private readonly parts: LoopParts;
  private readonly context: Context;
  private readonly flight: SingleFlight;
  private readonly watcher: SpecWatcher;
  private readonly driftTimer: NodeJS.Timeout;
  private drainTimer: NodeJS.Timeout | undefined;
  /** Why the present turn is made. */
  private trigger: Trigger = 'start';
  /** Why the next one is, when there is to be one. */
  private asked: Trigger | null = null;
  /** Specs are taken in the order they were seen. */
  private taking: Promise<void> = Promise.resolve();
  private kept = '';
  private saidUnchecked = false;
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
    this.driftTimer = setInterval(() => this.ask('drift-timer'), parts.intervalSeconds * 1000);
    this.watcher = watchSpec({
      paths: parts.paths,
      readFiles: () => this.readFiles(),
      onChange: (change) => this.take(change),
      onError: ({ kind, message }) => this.specProblem(kind, message),
    });
  }

  /** Looks at the spec and at the table now. */
  reload(): void {
    void this.watcher.check().then(() => this.ask('sighup'));
  }

  /** Lets the present turn end, so that no call of ipvsadm is cut in two, and ends. */
  stop(reason: string): void {
    clearInterval(this.driftTimer);
    clearTimeout(this.drainTimer);
    void this.watcher
      .close()
      .then(() => this.flight.stop())
      .then(() => this.resolveStopped(reason));
  }

  private readFiles(): Promise<readonly SpecFile[]> {
    return readSpecFiles(this.parts.paths, { cwd: this.context.cwd, readStdin: () => this.context.readStdin() });
  }

  /** The passing of time is the least of reasons: it does not take the place of one that waits. */
  private ask(trigger: Trigger): void {
    if (this.asked === null || (trigger !== 'drift-timer' && trigger !== 'drain')) this.asked = trigger;
    this.flight.trigger();
  }

  private async turn(): Promise<void> {
    this.trigger = this.asked ?? this.trigger;
    this.asked = null;
    const isDraining = await this.parts.reconciler.reconcile(this.trigger);
    clearTimeout(this.drainTimer);
    if (isDraining) this.drainTimer = setTimeout(() => this.ask('drain'), DRAIN_LOOK_MILLISECONDS);
  }

  private failed(error: unknown): void {
    const err = error instanceof Error ? error.message : String(error);
    this.parts.log.error(
      { event: 'reconcile', trigger: this.trigger, result: 'error', err },
      'could not look at the live table; trying again later',
    );
  }

  private take(change: SpecChange<SpecFile>): void {
    this.taking = this.taking.then(() => this.takeNow(change)).catch((error: unknown) => this.failed(error));
  }

  private async takeNow({ files, digest }: SpecChange<SpecFile>): Promise<void> {
    const { paths, reconciler, log } = this.parts;
    const revision = await specRevision(paths[0] ?? '.', { env: this.context.env });
    const target = readTarget(files, { digest, time: revision?.time ?? null });
    const spec_sha256 = digest.slice(0, 12);
    if ('desired' in target) {
      log.info(
        { event: 'spec', result: 'loaded', spec_sha256 },
        `spec loaded: ${plural(target.desired.services.length, 'service')}`,
      );
      this.sayUnchecked(target.unchecked);
      reconciler.take(target);
      this.ask(this.kept === '' ? 'start' : 'spec-changed');
      this.kept = spec_sha256;
      return;
    }
    const [first] = target;
    const place = first === undefined ? '' : `${first.range.file}:${first.range.start.line}: ${first.message}`;
    log.error(
      { event: 'spec', result: 'invalid', spec_sha256, ...this.keeping(), err: place },
      `spec has ${plural(target.length, 'error')}, ${this.keptText()}`,
    );
  }

  private specProblem(result: 'missing' | 'unreadable' | 'degraded', err: string): void {
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

  private sayUnchecked(unchecked: readonly string[]): void {
    if (this.saidUnchecked || unchecked.length === 0) return;
    this.saidUnchecked = true;
    this.parts.log.warn(
      { event: 'checks-off', services: unchecked.length },
      `this version runs no health checks: servers that fail stay in ${plural(unchecked.length, 'service')} with owner lvsctl`,
    );
  }
}
