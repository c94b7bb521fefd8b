import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../lab/until.ts';
import { environment } from './director.ts';
import { bundledProgram } from './program.ts';

/** A line of its log, whatever of it a test asks for. */
export interface LogLine {
  readonly time: string;
  readonly msg: string;
  readonly event: string;
  readonly subject?: string;
  readonly service?: string;
  readonly to?: string;
  readonly detail?: string;
  readonly result?: string;
}

/** `watch --mode enforce` in a network namespace of a site, over as many lives as a test gives it. */
export class HealthDaemon {
  log = '';
  private readonly netns: string;
  private readonly directory = mkdtempSync(join(tmpdir(), 'health-'));
  private child: ChildProcess | null = null;

  constructor(netns: string, spec: string) {
    this.netns = netns;
    this.write(spec);
  }

  /** Replaces the spec as editors do, by a rename. */
  write(spec: string): void {
    const path = join(this.directory, 'site.lvs.yaml');
    writeFileSync(`${path}.new`, spec);
    renameSync(`${path}.new`, path);
  }

  async start(): Promise<void> {
    const args = ['watch', '--netns', this.netns, '--mode', 'enforce', '--interval', '30s'];
    const child = spawn(process.execPath, [bundledProgram(), ...args], {
      ...{ cwd: this.directory, env: environment(this.directory) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    this.child = child;
    await this.hear({ event: 'spec', result: 'loaded' }, Date.now() - 1000);
  }

  /** The first line like that since then. */
  async hear(like: Partial<LogLine>, since: number): Promise<LogLine> {
    let found: LogLine | undefined;
    await until(
      () => {
        found = this.heard(like, since);
        return found !== undefined;
      },
      { describe: () => `${JSON.stringify(like)} in\n${this.log}` },
    );
    return found as LogLine;
  }

  /** The same, if it has come. */
  heard(like: Partial<LogLine>, since: number): LogLine | undefined {
    return this.lines().find((line) => Date.parse(line.time) >= since && matches(line, like));
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === null) return;
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.child = null;
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  private lines(): LogLine[] {
    const whole = this.log.split('\n').slice(0, -1);
    return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine);
  }
}

function matches(line: LogLine, like: Partial<LogLine>): boolean {
  return Object.entries(like).every(([key, value]) => line[key as keyof LogLine] === value);
}
