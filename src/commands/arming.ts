import { join } from 'node:path';
import { startDetached } from '../host/start-detached.ts';
import { type Armed, secondsLeft } from '../model/trial.ts';
import { oneLine } from '../view/one-line.ts';
import { armedText } from '../view/trial-text.ts';
import { authorOf } from './author.ts';
import type { Context } from './context.ts';
import type { KeepalivedSideOptions } from './keepalived-options.ts';
import type { Session } from './session.ts';

/**
 * Arms the rollback of one apply. It is on disk, and somebody waits for its time, before the first step, so that an apply
 * that dies on the way is taken back too. While the apply works, each sign of life begins that time anew.
 */
export class Arming {
  private armed: Armed | null = null;
  private readonly context: Context;
  private readonly session: Session;
  private readonly seconds: number;
  private readonly options: KeepalivedSideOptions;

  constructor(
    context: Context,
    { session, seconds, options }: { session: Session; seconds: number; options: KeepalivedSideOptions },
  ) {
    this.context = context;
    this.session = session;
    this.seconds = seconds;
    this.options = options;
  }

  /** An apply that joins one on trial goes back to where that one came from. */
  async arm(specDigest: string, snapshot: string | null): Promise<void> {
    const { context, session, seconds } = this;
    const earlier = await session.readTrial();
    const target = earlier.kind === 'armed' ? earlier.snapshot : snapshot;
    if (target === null) {
      context.stderr.write('Nothing is changed, so nothing waits to be confirmed.\n');
      return;
    }
    const about = { id: context.now(), snapshot: target, specDigest, author: authorOf(context), seconds };
    this.armed = { kind: 'armed', ...about, ...this.timeFromNow(), keepalived: keepalivedOf(this.options) };
    await session.trial.write(this.armed);
    await this.leaveHolder().catch(async (error: unknown) => {
      await session.trial.write(earlier);
      throw error;
    });
    if (earlier.kind === 'armed')
      context.stderr.write(
        `Joins the apply of ${oneLine(earlier.author)} on trial: still back to snapshot ${target}.\n`,
      );
  }

  async keepOn(): Promise<void> {
    // A write for each look at draining servers would be many.
    if (this.armed !== null && secondsLeft(this.armed, this.context.bootTime()) < this.seconds / 2) await this.renew();
  }

  async conclude(): Promise<void> {
    await this.renew();
    if (this.armed !== null) this.context.stderr.write(`${armedText(this.armed, this.context.now())}\n`);
  }

  /** Somebody may have confirmed it meanwhile, or joined it. */
  private async renew(): Promise<void> {
    const current = await this.session.readTrial();
    const isOurs = current.kind === 'armed' && current.id === this.armed?.id;
    this.armed = isOurs ? { ...current, ...this.timeFromNow() } : null;
    if (this.armed !== null) await this.session.trial.write(this.armed);
  }

  private timeFromNow(): Pick<Armed, 'since' | 'until'> {
    return { since: this.context.bootTime(), until: this.context.now() + this.seconds * 1000 };
  }

  private async leaveHolder(): Promise<void> {
    const { commandLine, env, cwd } = this.context;
    if (commandLine === null) return;
    const { netns } = this.options;
    const place = netns === undefined ? [] : ['--netns', netns];
    await startDetached({
      command: [...commandLine.program, 'rollback', '--when-unconfirmed', ...place],
      ...{ env, cwd },
      log: join(this.session.directory, 'unconfirmed.log'),
    });
  }
}

function keepalivedOf({ keepalived, keepalivedPid, keepalivedReload }: KeepalivedSideOptions): Armed['keepalived'] {
  return {
    isWanted: keepalived ?? true,
    pidFile: keepalivedPid ?? null,
    reloadCommand: keepalivedReload ?? null,
  };
}
