import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Failures, readFailures } from '../../../src/lint/failover/failure.ts';
import type { Trackers } from '../../../src/model/trackers.ts';
import type { HaDirector } from '../../lab/ha-director.ts';
import { until } from '../../lab/until.ts';
import { OWN_FOLDER } from './topologies/topology.ts';

const DEVICES = ['eth0', 'eth1'];

/** A director on which things fail. */
export class PlayedDirector {
  readonly host: HaDirector;
  isAlive = false;
  private readonly trackers: Trackers;
  private readonly folder: string;
  /** Where the log of the keepalived that runs begins. */
  private started = 0;
  private before = readFailures([]);

  /** Whatever the host did before is at an end. */
  static async on(host: HaDirector, { conf, trackers }: { conf: string; trackers: Trackers }): Promise<PlayedDirector> {
    await host.crash();
    const folder = join(host.folder, 'own');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    host.configure(conf.replaceAll(OWN_FOLDER, folder));
    return new PlayedDirector(host, { folder, trackers });
  }

  private constructor(host: HaDirector, { folder, trackers }: { folder: string; trackers: Trackers }) {
    this.host = host;
    this.folder = folder;
    this.trackers = trackers;
  }

  /** Breaks and mends things until they are as the failures say. */
  async suffer(failures: Failures): Promise<void> {
    if (failures.isGone(this.host.name)) await this.die();
    else await this.live(failures);
    this.before = failures;
  }

  private async die(): Promise<void> {
    if (this.isAlive) await this.host.crash();
    this.isAlive = false;
  }

  private async live(failures: Failures): Promise<void> {
    const { length } = this.host.log;
    const changed = this.changedScripts(failures);
    await this.setCables(failures);
    this.setFiles(failures);
    this.setScripts(failures);
    if (this.isAlive) return await this.untilHeardOf(changed, { since: length });
    this.started = length;
    await this.host.start();
    this.isAlive = true;
  }

  /** Scripts that were well and fail now, or the reverse; not those that keepalived never runs, since nothing uses them. */
  private changedScripts(failures: Failures): readonly string[] {
    const names = this.trackers.scripts.map(({ name }) => name);
    const hasRun = (name: string) => this.saysOf(name, { since: this.started });
    return names.filter((name) => this.fails(name, failures) !== this.fails(name, this.before)).filter(hasRun);
  }

  /** Where a script moves nothing, its line in the log alone tells that keepalived has seen it change. */
  private async untilHeardOf(scripts: readonly string[], { since }: { since: number }): Promise<void> {
    await until(() => scripts.every((name) => this.saysOf(name, { since })), { describe: () => this.host.log });
  }

  private saysOf(script: string, { since }: { since: number }): boolean {
    return this.host.log.slice(since).includes(`VRRP_Script(${script})`);
  }

  private async setCables(failures: Failures): Promise<void> {
    const { plugged = [], unplugged = [] } = Object.groupBy(DEVICES, (device) =>
      failures.isInterfaceDown(this.host.name, device) ? 'unplugged' : 'plugged',
    );
    if (unplugged.length > 0) await this.host.unplug(...unplugged);
    if (plugged.length > 0) await this.host.plug(...plugged);
  }

  private setFiles(failures: Failures): void {
    for (const { name, weight, reverse } of this.trackers.files) {
      const whileWell = weight === 0 && reverse ? 1 : 0;
      this.write(name, `${failures.fileValue(name, this.host.name) ?? whileWell}\n`);
    }
  }

  private setScripts(failures: Failures): void {
    for (const { name } of this.trackers.scripts)
      if (this.fails(name, failures)) rmSync(join(this.folder, name), { force: true });
      else this.write(name, '');
  }

  /** In an instant, since keepalived reads a file whenever it was written. */
  private write(name: string, text: string): void {
    writeFileSync(join(this.folder, `.${name}`), text);
    renameSync(join(this.folder, `.${name}`), join(this.folder, name));
  }

  private fails(script: string, failures: Failures): boolean {
    return failures.hasFailed('script', script, this.host.name);
  }
}
