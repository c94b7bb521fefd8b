import { setTimeout as sleep } from 'node:timers/promises';
import type { Owner } from '../../../src/model/desired.ts';
import {
  DEATHS,
  HEALTH_AUTHORITY,
  HEALTH_NAME,
  HEALTH_SERVERS,
  HEALTH_VIP,
  type HealthService,
} from '../../kernel/health-site.ts';
import { FAILING_PORTS } from '../../lab/failing-plan.ts';
import type { FailingServer, Fault } from '../../lab/failing-servers.ts';
import { type Load, startLoad } from '../../lab/load-client.ts';
import type { Site } from '../../lab/site.ts';
import { until } from '../../lab/until.ts';
import { type FaultRun, sufferFault } from './fault-run.ts';
import { RIVALS, type Rival } from './rivals.ts';
import type { TableView } from './table-view.ts';

/** A site with a real server that fails, and the table of its director. */
export interface Stage {
  readonly site: Site;
  readonly server: FailingServer;
  readonly table: TableView;
}

export interface PlayOptions {
  /** How often each fault is played. */
  readonly rounds: number;
  readonly faults: readonly string[];
}

/** The one that fails. */
const FAILING = 'nat-1';

const SERVICES = {
  web: { key: `TCP ${HEALTH_VIP}:80`, port: FAILING_PORTS.http, url: `http://${HEALTH_VIP}/` },
  tls: { key: `TCP ${HEALTH_VIP}:443`, port: FAILING_PORTS.https, url: `https://${HEALTH_VIP}/` },
  dns: { key: `UDP ${HEALTH_VIP}:53`, port: FAILING_PORTS.dns, url: `dns://${HEALTH_VIP}/${HEALTH_NAME}` },
} as const satisfies Record<HealthService, object>;

/** Plays all the faults while one of the two checks, under a load on the service where each shows. */
export async function playFaults(owner: Owner, stage: Stage, options: PlayOptions): Promise<Map<Fault, FaultRun[]>> {
  const rival = await RIVALS[owner](stage.site.director);
  const runs = new Map<Fault, FaultRun[]>();
  for (const [fault, service] of DEATHS.filter(([name]) => options.faults.includes(name))) {
    await until(() => Object.keys(HEALTH_SERVERS).every(serving(service, stage.table)), { describe: rival.log });
    const load = await loadOn(service, stage.site);
    runs.set(fault, await playFault(fault, { service, stage, load, rival, rounds: options.rounds }));
    await load.stop();
    console.error(`${owner}: ${fault}: ${JSON.stringify(runs.get(fault))}`);
  }
  complainIfNothingCame(owner, { runs: [...runs.values()].flat(), rival });
  await rival.end();
  return runs;
}

interface Play {
  readonly service: HealthService;
  readonly stage: Stage;
  readonly load: Load;
  readonly rival: Rival;
  readonly rounds: number;
}

async function playFault(fault: Fault, { service, stage, load, rival, rounds }: Play): Promise<FaultRun[]> {
  const runs: FaultRun[] = [];
  const isServing = () => serving(service, stage.table)(FAILING);
  const saidDown = (since: number) => rival.saidDown(`${service}/${FAILING}`, since);
  for (let round = 0; round < rounds; round++) {
    // It comes at any moment between two questions.
    await sleep(1000 + Math.random() * 2000);
    runs.push(await sufferFault(fault, { server: stage.server, load, isServing, saidDown }));
  }
  return runs;
}

function serving(service: HealthService, table: TableView): (name: string) => boolean {
  const { key, port } = SERVICES[service];
  const addresses: Readonly<Record<string, string>> = HEALTH_SERVERS;
  return (name) => (table.weight(key, `${addresses[name]}:${port}`) ?? 0) > 0;
}

function loadOn(service: HealthService, { client }: Site): Promise<Load> {
  const trust = service === 'tls' ? { trust: { ca: HEALTH_AUTHORITY, name: HEALTH_NAME } } : {};
  const workers = { keepAliveWorkers: 0, shortWorkers: 2, pauseMilliseconds: 100 };
  return startLoad({ netns: client, urls: [SERVICES[service].url], ...workers, ...trust });
}

/** A bench has no opinion on its figures; but these would be none. */
function complainIfNothingCame(owner: Owner, { runs, rival }: { runs: readonly FaultRun[]; rival: Rival }): void {
  if (runs.every(({ foundSeconds }) => foundSeconds === null))
    throw new Error(`${owner} noticed nothing at all:\n${rival.log()}`);
  if (runs.some(({ requests, lost }) => requests === 0 || lost === requests))
    throw new Error(`The load on ${owner} asked nobody, or got no answer at all:\n${rival.log()}`);
}
