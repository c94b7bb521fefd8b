/**
 * The checks of lvsctl and those of keepalived on the same failures: how soon a failed real server leaves the table, how
 * many requests are lost, and how soon it is back. Both go by one spec, with either as the owner of its services, and both
 * are seen through the kernel's table alone. It plays in a guest kernel, or in this machine's (LVSCTL_LAB=host).
 * --rounds 3: every fault so many times. --faults drip,expired: these alone.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { DEATHS, HEALTH_SERVERS } from '../kernel/health-site.ts';
import { runInLab } from '../lab/boot.ts';
import { type FailingServer, startFailingServer } from '../lab/failing-servers.ts';
import { buildSite } from '../lab/site.ts';
import { comparisonTable } from './measuring/comparison-table.ts';
import { type PlayOptions, playFaults } from './measuring/played-faults.ts';
import { TableView } from './measuring/table-view.ts';

const PREFIX = 'bench-';
/** Only a run that hangs takes so long. */
const SECONDS_PER_ROUND = 1800;

async function play(options: PlayOptions): Promise<void> {
  const site = await buildSite({ prefix: PREFIX });
  const servers: FailingServer[] = [];
  for (const name of Object.keys(HEALTH_SERVERS)) servers.push(await startFailingServer({ name, prefix: PREFIX }));
  const [server] = servers as [FailingServer];
  const table = await TableView.of(site.director);
  try {
    const lvsctl = await playFaults('lvsctl', { site, server, table }, options);
    // What one leaves behind is not the other's.
    execFileSync('nsenter', [`--net=/run/netns/${site.director}`, 'ipvsadm', '-C']);
    const keepalived = await playFaults('keepalived', { site, server, table }, options);
    console.log(comparisonTable({ lvsctl, keepalived }));
  } finally {
    table.close();
    for (const one of servers) await one.stop();
    await site.remove();
  }
}

async function boot({ rounds }: PlayOptions): Promise<void> {
  const command = [process.execPath, import.meta.filename, '--inside', ...process.argv.slice(2)];
  const log = (text: string) => process.stdout.write(text);
  process.exitCode = await runInLab(command, { seconds: rounds * SECONDS_PER_ROUND, log });
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    faults: { type: 'string', default: DEATHS.map(([fault]) => fault).join() },
    inside: { type: 'boolean', default: false },
  },
});
const options = { rounds: Number(values.rounds), faults: values.faults.split(',') };
await (values.inside ? play(options) : boot(options));
