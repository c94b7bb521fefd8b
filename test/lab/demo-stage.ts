import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';

interface Ended {
  readonly status: number;
  readonly output: string;
}

interface Shown {
  readonly act: string;
  readonly claim: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** A host of the demo beside its first director. */
export interface DemoHost {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
}

const PROGRAM = resolve(import.meta.dirname, '../../bin/lvsctl.js');
const FOLDER = '/run/demo';
const DIRECTOR = 'director';

/** Where the demo's story plays: prints, runs lvsctl, checks what is claimed, and sums up. */
export class DemoStage {
  private readonly begun = Date.now();
  private readonly shown: Shown[] = [];
  private readonly env: NodeJS.ProcessEnv;
  private watchLog = '';
  private acts = 0;

  constructor() {
    mkdirSync(FOLDER, { recursive: true });
    process.chdir(FOLDER);
    this.env = {
      ...process.env,
      LVSCTL_STATE_DIR: `${FOLDER}/state`,
      LVSCTL_RUNTIME_DIR: `${FOLDER}/run`,
      LVSCTL_NETNS: DIRECTOR,
    };
  }

  /** A story that breaks off is one that failed, and still gets its summary. */
  async play(story: () => Promise<void>): Promise<void> {
    try {
      await story();
    } catch (error) {
      this.check('the demo', 'goes on to its end', (error as Error).message.split('\n')[0] ?? '', false);
    }
  }

  say(text: string): void {
    this.acts += 1;
    console.log(`\n${styleText('bold', `${this.acts}. ${text}`)}\n`);
  }

  show(text: string, command = ''): void {
    if (command !== '') console.log(styleText('cyan', `$ ${command}`));
    if (text !== '') console.log(text.replace(/^/gm, '  ').trimEnd());
  }

  check(act: string, claim: string, measured: string, holds: boolean): void {
    this.shown.push({ act, claim, measured, holds });
    console.log(`${holds ? styleText('green', '✔') : styleText('red', '✘')} ${act}: ${claim}: ${measured}`);
  }

  /** As an editor saves it: a new file under the old name. */
  writeSpec(name: string, text: string): void {
    writeFileSync(`${name}.new`, text);
    renameSync(`${name}.new`, name);
  }

  async diff(before: string, name: string): Promise<void> {
    writeFileSync(`${name}.old`, before);
    const { output } = await this.run('diff', ['-U0', `${name}.old`, name]);
    this.show(
      output
        .split('\n')
        .filter((line) => /^[-+] /.test(line))
        .join('\n'),
      `git diff ${name}`,
    );
  }

  /** On the demo's director, or with the environment of another host. */
  async lvsctl(args: readonly string[], host?: DemoHost): Promise<Ended> {
    const prompt = host === undefined ? '$' : `${host.name}$`;
    console.log(styleText('cyan', `${prompt} lvsctl ${args.join(' ')}`));
    const ended = await this.run(process.execPath, [PROGRAM, ...args], host?.env);
    this.show(ended.output);
    return ended;
  }

  inBackground(netns: string, command: readonly string[]): Promise<Ended> {
    return this.run('nsenter', [`--net=/run/netns/${netns}`, ...command]);
  }

  async watch(args: readonly string[]): Promise<{ stop(): Promise<void> }> {
    console.log(styleText('cyan', `$ lvsctl ${args.join(' ')} &`));
    const child = spawn(process.execPath, [PROGRAM, ...args, '--log-format', 'human'], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    await this.until(15, () => this.watchLog.includes('in sync'));
    return { stop: () => this.stopWatch(child) };
  }

  watchOutput(): string {
    return this.watchLog;
  }

  /** Whether something came true within so many seconds. */
  async until(seconds: number, isSo: () => boolean): Promise<boolean> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) if (isSo()) return true;
    return isSo();
  }

  end(): void {
    const width = (pick: (one: Shown) => string) => Math.max(...this.shown.map((one) => pick(one).length));
    const [act, claim] = [width((one) => one.act), width((one) => one.claim)];
    console.log(`\n${styleText('bold', 'What was shown')}\n`);
    for (const one of this.shown)
      console.log(
        `  ${one.holds ? 'ok    ' : 'FAILED'}  ${one.act.padEnd(act)}  ${one.claim.padEnd(claim)}  ${one.measured}`,
      );
    const failed = this.shown.filter(({ holds }) => !holds).length;
    console.log(
      `\n${this.shown.length - failed} of ${this.shown.length} shown, in ${Math.round((Date.now() - this.begun) / 1000)} s`,
    );
    process.exitCode = failed === 0 ? 0 : 1;
  }

  private hear(text: string): void {
    this.watchLog += text;
    process.stdout.write(styleText('dim', text.replace(/^(?=.)/gm, '  | ')));
  }

  private async stopWatch(child: ChildProcess): Promise<void> {
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    this.check('watch', 'stops and leaves the table as it is', `exit ${code}`, code === 0);
  }

  private run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return new Promise((done) => {
      const child = execFile(
        file,
        args,
        { env: { ...this.env, ...env }, encoding: 'utf8' },
        (error, stdout, stderr) => {
          done({ status: child.exitCode ?? (error ? 1 : 0), output: stdout + stderr });
        },
      );
    });
  }
}
