import { EXIT, type ExitCode } from '../errors.ts';
import type { Kernel } from '../host/kernel.ts';
import { formatDuration } from '../model/duration.ts';
import type { LiveTable } from '../model/live.ts';
import type { State } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { Operation, PlannedChange } from '../plan/plan.ts';
import { openText } from '../view/wording.ts';
import type { Context } from './context.ts';
import { movingLine } from './moving-line.ts';
import type { Writing } from './writing.ts';

const LOOK_AGAIN_MILLISECONDS = 1000;

/**
 * Waits for draining servers on behalf of one apply. The lock is free meanwhile, so that somebody may take the server
 * back; whoever applied since has the say over the drains, and this apply ends.
 */
export class DrainWatch {
  gaveUp = false;
  private takenOver = false;
  private live: LiveTable;
  private readonly open = new Map<string, number>();
  private readonly context: Context;
  private readonly writing: Writing;
  private readonly begun: number;
  private readonly line: (text: string) => void;

  constructor(context: Context, { writing, begun, live }: { writing: Writing; begun: number; live: LiveTable }) {
    this.context = context;
    this.line = movingLine(context);
    this.writing = writing;
    this.begun = begun;
    this.live = live;
  }

  /** Always under the lock that is held now. */
  get kernel(): Kernel {
    const kernel = () => this.writing.session.kernel(this.writing.lock);
    return {
      read: async () => {
        this.live = await kernel().read();
        return this.live;
      },
      run: (operations) => {
        for (const operation of operations) this.noteOpen(operation);
        return kernel().run(operations);
      },
      rates: () => kernel().rates(),
    };
  }

  /** How many connections a real server had open when it was removed. */
  openAt(operation: Operation): number {
    return operation.op === 'delete-server' ? (this.open.get(keyOf(operation)) ?? 0) : 0;
  }

  private noteOpen(operation: Operation): void {
    if (operation.op !== 'delete-server') return;
    const servers = this.live.connections.get(serviceKey(operation.service));
    this.open.set(keyOf(operation), servers?.get(serverKey(operation.server))?.active ?? 0);
  }

  async pause(waiting: readonly PlannedChange[]): Promise<State | null> {
    if (!this.writing.wait) return this.giveUp();
    this.show(waiting);
    const { session, lockTimeout, purpose } = this.writing;
    await purpose.keepOn();
    await this.letGo();
    await this.context.sleep(LOOK_AGAIN_MILLISECONDS);
    this.writing.lock = await session.lock('apply', lockTimeout);
    const state = await session.readState();
    this.takenOver = state.appliedAt !== this.begun;
    return this.takenOver ? this.giveUp() : state;
  }

  conclude(residual: readonly PlannedChange[]): ExitCode {
    const left = residual.map(({ label }) => label).join(', ');
    const who = this.takenOver ? 'Another apply goes on from here' : 'The next apply, or watch, removes them';
    this.context.stderr.write(`Applied; still draining: ${left}. ${who}.\n`);
    return EXIT.timedOut;
  }

  /** Whoever releases the lock at the end must not do it twice, in case it cannot be had again. */
  private async letGo(): Promise<void> {
    const { lock } = this.writing;
    this.writing.lock = { ...lock, release: async () => undefined };
    await lock.release();
  }

  private giveUp(): null {
    this.gaveUp = true;
    return null;
  }

  private show(waiting: readonly PlannedChange[]): void {
    const servers = waiting.filter(({ change }) => change.kind === 'server');
    const text = servers
      .map(
        ({ label, active, closing, drainSeconds }) =>
          `${label} ${openText({ active, closing })}, at most ${formatDuration(drainSeconds ?? 0)}`,
      )
      .join('; ');
    this.line(`Draining: ${text}`);
  }
}

function keyOf({ service, server }: Operation & { op: 'delete-server' }): string {
  return `${serviceKey(service)} ${serverKey(server)}`;
}
