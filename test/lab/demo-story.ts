import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoStage } from './demo-stage.ts';
import { demoSpec } from './demo-spec.ts';
import { playPair } from './demo-pair.ts';
import { startLoad } from './load-client.ts';
import { NETWORK } from './network-script.ts';
import { buildSite, runIn, type Site } from './site.ts';
import { type ForwardingMethod, SITE_GROUPS } from './site-plan.ts';

/** The story: a site, a spec, and a day in its life. Everything shown is real output, everything claimed is checked. */

const SPEC = 'site.lvs.yaml';
const TOPOLOGY = `client 10.1.0.10 ── director 10.1.0.1, VIPs .101 (nat) .102 (dr) .103 (tun)
                   ├─ 10.2.0.11-13:8080   three real servers by NAT
                   ├─ 10.1.0.21-23        three by DR
                   └─ 10.1.0.31-33        three by TUN`;
const METHODS = Object.keys(SITE_GROUPS) as ForwardingMethod[];
const stage = new DemoStage();

stage.say(
  'A real kernel, a client, a director, and three real servers each for NAT, DR and TUN, in network namespaces',
);
const site = await buildSite();
stage.show(TOPOLOGY);
await stage.play(async () => {
  stage.writeSpec(SPEC, demoSpec());
  const watch = await firstApply(site);
  await editUnderLoad(site);
  await driftRepaired(site);
  const busy = await drainWithoutLoss(site);
  await deadServerLeaves(site, busy);
  await errorRefused();
  await watch.stop();
});
await site.remove();
await stage.play(() => playPair(stage));
stage.end();

async function firstApply({ client }: Site) {
  stage.say('The spec: three services, one for each way of forwarding');
  stage.show(readFileSync(SPEC, 'utf8'));
  const lint = await stage.lvsctl(['lint', SPEC, '--level', 'warning']);
  stage.check('lint', 'the spec has no errors', `exit ${lint.status}`, lint.status === 0);
  const plan = await stage.lvsctl(['plan', '-f', SPEC, '--detailed-exitcode']);
  stage.check('plan', 'shows what would change, changes nothing', `exit ${plan.status}`, plan.status === 2);
  const apply = await stage.lvsctl(['apply', '-f', SPEC, '--auto-approve=safe']);
  stage.check('apply', 'the kernel has it, and it was verified', `exit ${apply.status}`, apply.status === 0);
  stage.show(runIn(site.director, ['ipvsadm', '-Ln']), 'ipvsadm -Ln');
  for (const method of METHODS) spread(client, method);
  return stage.watch(['watch', '-f', SPEC, '--mode', 'enforce', '--interval', '5s']);
}

function spread(client: string, method: ForwardingMethod): void {
  const { vips, servers } = SITE_GROUPS[method];
  const url = `http://${vips.ipv4}/`;
  const answers = runIn(client, ['curl', '-sS', '-m', '5', '-H', 'Connection: close', ...Array<string>(9).fill(url)]);
  const counts = Map.groupBy(answers.trim().split('\n'), (name) => name);
  const text = [...counts]
    .sort()
    .map(([name, all]) => `${name} ${all.length}`)
    .join(', ');
  stage.check(
    `forwarding by ${method}`,
    '9 requests reach all three real servers',
    text,
    servers.every(({ name }) => counts.has(name)),
  );
}

async function editUnderLoad({ client }: Site): Promise<void> {
  stage.say(
    'Somebody edits the spec while a load runs: a server leaves, weights and a scheduler change; watch picks it up',
  );
  const urls = METHODS.map((method) => `http://${SITE_GROUPS[method].vips.ipv4}/`);
  const load = await startLoad({ netns: client, urls, connectionMilliseconds: 500 });
  await sleep(1000);
  const before = readFileSync(SPEC, 'utf8');
  stage.writeSpec(SPEC, demoSpec({ withoutServer: 'dr-3', natScheduler: 'wlc', tunWeight: 5 }));
  await stage.diff(before, SPEC);
  const left = await stage.until(60, () => !liveTable().includes(SITE_GROUPS.dr.servers[2]?.addresses.ipv4 ?? ''));
  const totals = await load.stop();
  stage.check('edit under load', 'picked up, drained, removed', left ? 'yes' : 'no', left);
  stage.check(
    'edit under load',
    `requests lost of ${totals.requests}`,
    String(totals.failures),
    totals.failures === 0 && totals.requests > 50,
  );
}

async function driftRepaired({ director }: Site): Promise<void> {
  stage.say(
    'Somebody types ipvsadm by hand: one server deleted, another set to weight 0; and a service that is none of our business',
  );
  const { vips, servers } = SITE_GROUPS.tun;
  const [first, second] = servers;
  const wanted = liveTable();
  const service = `${vips.ipv4}:80`;
  stage.show(
    runIn(director, ['ipvsadm', '-d', '-t', service, '-r', `${first?.addresses.ipv4}:80`]),
    `ipvsadm -d -t ${service} -r ${first?.addresses.ipv4}:80`,
  );
  runIn(director, ['ipvsadm', '-e', '-t', service, '-r', `${second?.addresses.ipv4}:80`, '-i', '-w', '0']);
  runIn(director, ['ipvsadm', '-A', '-t', '198.51.100.7:25', '-s', 'rr']);
  const begun = Date.now();
  const foreign = '-A -t 198.51.100.7:25 -s rr\n';
  const repaired = await stage.until(30, () => sorted(liveTable()) === sorted(wanted + foreign));
  stage.check(
    'drift',
    'repaired; the foreign service left alone',
    `${((Date.now() - begun) / 1000).toFixed(1)} s`,
    repaired,
  );
}

async function drainWithoutLoss({ client }: Site): Promise<string> {
  stage.say('A server leaves the spec while a client is in the middle of a download from it');
  const { vips } = SITE_GROUPS.nat;
  const download = stage.inBackground(client, ['curl', '-sS', '-m', '40', `http://${vips.ipv4}/hold?ms=10000`]);
  await stage.until(10, () => busyServer() !== null);
  const busy = busyServer() ?? '';
  stage.writeSpec(SPEC, demoSpec({ withoutServer: busy, natScheduler: 'wlc', tunWeight: 5 }));
  const quiesced = await stage.until(30, () => liveTable().includes(`-r ${natAddress(busy)} -m -w 0`));
  const { status, output } = await download;
  stage.check(
    'drain',
    `${busy} gets nothing new while its connection lives`,
    quiesced ? 'weight 0' : 'not quiesced',
    quiesced,
  );
  stage.check(
    'drain',
    'the download ends whole',
    output.trim().split('\n').join(', '),
    status === 0 && output === `${busy}\n${busy}\n`,
  );
  const gone = await stage.until(60, () => !liveTable().includes(natAddress(busy)));
  stage.check('drain', 'then the server is removed', gone ? 'yes' : 'no', gone);
  return busy;
}

async function deadServerLeaves({ client }: Site, drained: string): Promise<void> {
  stage.say('The spec gets checks, and the cable of a real server is pulled: watch finds it, and takes it out');
  const before = readFileSync(SPEC, 'utf8');
  stage.writeSpec(SPEC, demoSpec({ withoutServer: drained, natScheduler: 'wlc', tunWeight: 5, checked: true }));
  await stage.diff(before, SPEC);
  const [dead = '', other = ''] = SITE_GROUPS.nat.servers.map(({ name }) => name).filter((name) => name !== drained);
  const checked = await stage.until(30, () => stage.watchOutput().includes(`nat/${dead} ${natAddress(dead)} is up`));
  stage.check('check', `${dead} is asked, and answers`, checked ? 'up' : 'nothing', checked);
  const pulled = Date.now();
  const cable = (state: 'up' | 'down') => runIn(NETWORK, ['ip', 'link', 'set', `${dead}-eth0`, state]);
  cable('down');
  const out = await stage.until(60, () => !liveTable().includes(natAddress(dead)));
  stage.check('check', `${dead} leaves the table`, `${((Date.now() - pulled) / 1000).toFixed(1)} s`, out);
  const url = `http://${SITE_GROUPS.nat.vips.ipv4}/`;
  const answers = runIn(client, ['curl', '-sS', '-m', '5', '-H', 'Connection: close', ...Array<string>(6).fill(url)]);
  const allOther = answers === `${other}\n`.repeat(6);
  stage.check('check', 'the other one serves', `${answers.trim().split('\n').length} of 6 requests`, allOther);
  cable('up');
  const back = await stage.until(30, () => liveTable().includes(natAddress(dead)));
  stage.check('check', `${dead} comes back when its cable is in again`, back ? 'yes' : 'no', back);
}

function natAddress(name: string): string {
  const server = SITE_GROUPS.nat.servers.find((one) => one.name === name);
  return `${server?.addresses.ipv4}:${server?.port}`;
}

/** The NAT server that has the one open connection; null before there is one. */
function busyServer(): string | null {
  const listing = runIn(site.director, ['ipvsadm', '-Ln', '-t', `${SITE_GROUPS.nat.vips.ipv4}:80`]);
  const row = listing.split('\n').find((line) => /Masq +\d+ +[1-9]/.test(line));
  if (row === undefined) return null;
  return SITE_GROUPS.nat.servers.find(({ addresses }) => row.includes(addresses.ipv4))?.name ?? null;
}

async function errorRefused(): Promise<void> {
  stage.say('A typo in the spec: lint says where, watch keeps what it has');
  const before = liveTable();
  writeFileSync(SPEC, readFileSync(SPEC, 'utf8').replace('scheduler: wlc', 'schedular: wlc'));
  const lint = await stage.lvsctl(['lint', SPEC, '--level', 'error']);
  stage.check('spec error', 'lint refuses it', `exit ${lint.status}`, lint.status === 3);
  const kept = await stage.until(10, () => stage.watchOutput().includes('keeping the last good one'));
  stage.check(
    'spec error',
    'watch keeps the last good spec',
    kept && liveTable() === before ? 'yes' : 'no',
    kept && liveTable() === before,
  );
}

function liveTable(): string {
  return runIn(site.director, ['ipvsadm', '-Sn']);
}

function sorted(table: string): string {
  return table.split('\n').sort().join('\n');
}
