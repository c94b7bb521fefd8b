import assert from 'node:assert/strict';
import { emptyTable, runFake } from '../fixtures/fake-run.ts';

interface TableContent {
  services: {
    rate?: number[];
    servers: { address: string; port: number; active?: number; inactive?: number; rate?: number[] }[];
  }[];
}

/** The live table of one scenario. */
export class FakeTable {
  readonly content = emptyTable() as TableContent;

  /** From the sections `table` (as `ipvsadm -R` reads it) and `rows` (services as JSON, which no ipvsadm could write). */
  constructor(sections: ReadonlyMap<string, string>) {
    this.play(['-R'], sections.get('table') ?? '');
    const rows = JSON.parse(sections.get('rows') ?? '[]') as TableContent['services'];
    this.content.services.push(...rows);
  }

  /** As `ipvsadm -Sn` prints it. */
  save(): string {
    return this.play(['-Sn']);
  }

  /** One command line of ipvsadm, without its name. */
  run(words: string): void {
    this.play(words.trim().split(/ +/));
  }

  /** `10.0.0.1:80 12 active 3 inactive`, and maybe `rate 5 50 40 5000 4000`: wherever that real server is. */
  connect(line: string): void {
    const [, endpoint, active, inactive, rate] =
      /^(\S+) (\d+) active (\d+) inactive(?: rate ([\d ]+))?$/.exec(line) ?? [];
    assert.ok(endpoint, `"${line}" does not say the connections of a real server`);
    for (const service of this.content.services) {
      const server = service.servers.find(({ address, port }) => endpoint === `${address}:${port}`);
      if (server === undefined) continue;
      Object.assign(server, { active: Number(active), inactive: Number(inactive) });
      if (rate !== undefined) service.rate = server.rate = rate.split(' ').map(Number);
    }
  }

  private play(args: readonly string[], input = ''): string {
    const { stdout, stderr } = runFake({ ...this.call, args, readInput: () => input });
    assert.equal(stderr, '', `ipvsadm ${args.join(' ')}`);
    return stdout;
  }

  private get call() {
    return { table: this.content, faults: '', readFile: () => '' };
  }
}
