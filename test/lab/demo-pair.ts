import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoHost, DemoStage } from './demo-stage.ts';
import type { HaDirector } from './ha-director.ts';
import { startHaLoad } from './ha-load-client.ts';
import { outages } from './ha-outage.ts';
import { HA_VIPS } from './ha-plan.ts';
import { buildHaSite } from './ha-site.ts';

const SPEC = 'pair.lvs.yaml';
const VIP = HA_VIPS.dr.ipv4;
const TOPOLOGY = `client 10.1.0.10 ─┬─ lb1 10.1.0.1 ─┐  VIP ${VIP}, on one of them
                  └─ lb2 10.1.0.2 ─┴─ 10.1.0.21-22  two real servers by DR`;

/** The second act: two directors from one spec, and one of them dies under load. */
export async function playPair(stage: DemoStage): Promise<void> {
  stage.say('A pair of directors, with keepalived and IPVS from one spec, and a load of 50 requests a second');
  const site = await buildHaSite({ prefix: 'pair-', directors: 2 });
  try {
    stage.show(TOPOLOGY);
    const [lb1, lb2] = site.directors;
    if (lb1 === undefined || lb2 === undefined) throw new Error('there are no two directors');
    await bringUp(stage, [lb2, lb1]);
    await failOver(stage, { lb1, lb2, client: site.client });
  } finally {
    await site.remove();
  }
}

async function bringUp(stage: DemoStage, directors: readonly HaDirector[]): Promise<void> {
  writeFileSync(SPEC, pairSpec());
  stage.show(pairSpec(), `cat ${SPEC}`);
  for (const director of directors) {
    const { status } = await stage.lvsctl(['apply', '-f', SPEC, '--auto-approve=safe'], hostOf(director));
    stage.check('a pair', `${director.name} has its table and its keepalived.conf`, `exit ${status}`, status === 0);
    await director.start();
  }
  const master = directors.at(-1);
  const isMaster = await stage.until(15, () => master?.holds(VIP) ?? false);
  stage.check('a pair', 'the director with the higher priority holds the VIP', master?.name ?? '', isMaster);
}

async function failOver(
  stage: DemoStage,
  { lb1, lb2, client }: { lb1: HaDirector; lb2: HaDirector; client: string },
): Promise<void> {
  const load = await startHaLoad({ netns: client, vips: [VIP] });
  await sleep(2000);
  const calm = await load.take();
  const at = await lb1.crash();
  const tookOver = await stage.until(15, () => lb2.holds(VIP));
  await sleep(2000);
  const [outage] = outages(await load.take(), [VIP], at);
  stage.show(`${lb1.name} crashes: its cables are out and its keepalived is dead`);
  const seconds = ((lb2.heldSince(VIP) ?? Number.NaN) - at) / 1000;
  // Three adverts of one second, the skew of priority 100, and a second for a slow machine.
  stage.check('failover', 'the other director has the VIP after', `${seconds.toFixed(1)} s`, tookOver && seconds < 4.7);
  stage.check(
    'failover',
    `requests lost of ${calm.length + (outage?.asked ?? 0)}`,
    `${outage?.lost ?? 0}, all before ${((outage?.lastLossMilliseconds ?? 0) / 1000).toFixed(1)} s`,
    calm.every(({ server }) => server !== null) && (outage?.firstAnswerMilliseconds ?? Number.NaN) < 5500,
  );
  await lb1.revive();
  const isBack = await stage.until(15, () => lb1.holds(VIP) && !lb2.holds(VIP));
  stage.check('failover', 'the first director is back, and has the VIP again', isBack ? 'yes' : 'no', isBack);
  await load.take();
  await sleep(1000);
  const after = await load.take();
  const lost = after.filter(({ server }) => server === null).length;
  stage.check('failover', `requests lost of ${after.length} since`, String(lost), lost === 0 && after.length > 0);
  await load.stop();
}

function pairSpec(): string {
  return `version: 1
cluster: pair
directors:
  lb1: { address: 10.1.0.1, interface: eth0 }
  lb2: { address: 10.1.0.2, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    vips: [${VIP}/24]
    priority: { lb1: 150, lb2: 100 }
defaults: { forwarding: dr, scheduler: rr, check: none }
services:
  web:
    vip: ${VIP}
    port: 80
    servers: { dr-1: 10.1.0.21, dr-2: 10.1.0.22 }
`;
}

function hostOf({ name, netns, folder, files }: HaDirector): DemoHost {
  return {
    name,
    env: {
      LVSCTL_STATE_DIR: `${folder}/state`,
      LVSCTL_RUNTIME_DIR: `${folder}/run`,
      LVSCTL_NETNS: netns,
      LVSCTL_DIRECTOR: name,
      LVSCTL_KEEPALIVED_CONF: files.conf,
      LVSCTL_KEEPALIVED_PID: files.pid,
    },
  };
}
