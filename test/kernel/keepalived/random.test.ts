import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitCommand } from '../../../src/model/command.ts';
import { nastyCommand, nastyText } from '../../keepalived/nasty-text.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { type RandomInstance, type RandomSpec, specArbitrary } from '../../keepalived/spec-arbitrary.ts';
import { trackerSpec } from '../../keepalived/tracker-rows.ts';
import { complaintsIn, type Dump, dumpConf, type Ground, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

// Addresses of both directors, so that either of them may stand there.
const GROUND: Ground = {
  interfaces: { eth0: ['192.0.2.11/24', '192.0.2.12/24', '2001:db8::11/64', '2001:db8::12/64'] },
};

test('whatever a spec says, keepalived takes it without a word and shows it', async () => {
  await fc.assert(
    fc.asyncProperty(specArbitrary, fc.constantFrom('lb1', 'lb2'), async (spec, director) => {
      const conf = await renderedConf(specText(spec), director);
      assert.deepEqual(await testConf(conf, GROUND), [], conf);
      const dump = await dumpConf(conf, { ground: GROUND, vrrpOnly: true });
      assert.deepEqual(complaintsIn(dump), [], conf);
      assertInstances(spec, { director, dump });
      assertNames(spec, dump);
      assert.ok(dump.vrrp.includes(`\n Router ID = ${spec.directors[director]?.router_id}\n`));
    }),
    // Shrinking would take hundreds of starts.
    { numRuns: 25, endOnFailure: true },
  );
});

function assertInstances(spec: RandomSpec, { director, dump }: { director: string; dump: Dump }): void {
  const sections = sectionsOf(dump.vrrp, 'VRRP Instance');
  assert.deepEqual([...sections.keys()].sort(), Object.keys(spec.vrrp).sort());
  for (const [name, instance] of Object.entries(spec.vrrp)) {
    const lines = sections.get(name) ?? [];
    const wanted = [...headLines(instance, director), ...authLines(instance), ...notifyLines(instance)];
    assert.deepEqual(
      wanted.filter((line) => !lines.includes(line.trim())),
      [],
      lines.join('\n'),
    );
    const vips = addressesAfter(lines, `Virtual IP (${instance.vips.length}):`);
    const own = instance.vips.map((vip) => (typeof vip === 'string' ? vip : vip.address));
    assert.deepEqual(vips.sort(), own.sort());
    assert.deepEqual(
      addressesAfter(lines, 'Virtual IP Excluded :'),
      instance.excluded_vips.map((vip) => vip.replace(/\/(32|128)$/, '')),
    );
  }
}

function headLines(instance: RandomInstance, director: string): string[] {
  return [
    `Virtual Router ID = ${instance.virtual_router_id}`,
    `Priority = ${instance.priority[director]}`,
    `VRRP Version = ${instance.version}`,
    ...instance.vips.flatMap((vip) => (typeof vip === 'string' ? [] : [labelLine(instance, vip)])),
  ];
}

function labelLine(
  { virtual_router_id: id, ...instance }: RandomInstance,
  vip: { address: string; label: string },
): string {
  const device = 'vmac' in instance && instance.vmac === true ? `vrrp.${id}@eth0` : 'eth0';
  return `${vip.address} dev ${device} scope global label ${vip.label}`;
}

function authLines({ authentication }: RandomInstance): string[] {
  if (authentication === undefined) return [];
  if (authentication.type === 'ah') return ['Authentication type = IPSEC_AH'];
  return ['Authentication type = SIMPLE_PASSWORD', `Password = ${authentication.password}`];
}

function notifyLines({ notify: { master, any } }: RandomInstance): string[] {
  return [
    ...(master === undefined ? [] : [`Master state transition script = ${quoted(master)}, uid:gid 0:0`]),
    ...(any === undefined ? [] : [`Generic state transition script = ${quoted(any)}, uid:gid 0:0`]),
  ];
}

/** The addresses that stand below a line, up to what does not begin with one. */
function addressesAfter(lines: readonly string[], heading: string): string[] {
  const from = lines.indexOf(heading);
  if (from === -1) return [];
  const end = lines.findIndex((line, index) => index > from && !/^[0-9a-f:.]+(\/\d+)? dev /.test(line));
  return lines.slice(from + 1, end).map((line) => line.split(' ')[0] ?? '');
}

function assertNames(spec: RandomSpec, { vrrp }: Dump): void {
  const groups = [...sectionsOf(vrrp, 'VRRP Sync Group').keys()].map((name) => name.replace(/, \w+$/, ''));
  assert.deepEqual(groups.sort(), Object.keys(spec.sync_groups).sort());
  for (const [name, lines] of sectionsOf(vrrp, 'VRRP Script'))
    assert.equal(lines[0], `Command = ${quoted(spec.track.scripts[name]?.command ?? '')}`.trim());
  for (const [name, lines] of sectionsOf(vrrp, 'Track file'))
    assert.equal(lines[0], `File = ${spec.track.files[name]?.path}`.trim());
}

/** As keepalived shows a command. */
function quoted(command: string): string {
  const words = splitCommand(command);
  assert.ok(typeof words !== 'string');
  return words.map(({ text }) => `'${text}'`).join(' ');
}

test('hundreds of commands reach keepalived argument by argument', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(nastyCommand, { minLength: 120, maxLength: 150 }), async (commands) => {
      const scripts = Object.fromEntries(commands.map((command, index) => [`s${index}`, { command }]));
      const { vrrp } = await dumpConf(await renderedConf(specText(trackerSpec('scripts', scripts))), {
        vrrpOnly: true,
      });
      const shown = commands.map((_, index) => sectionsOf(vrrp, 'VRRP Script').get(`s${index}`)?.[0]);
      assert.deepEqual(
        shown,
        commands.map((command) => `Command = ${quoted(command)}`),
      );
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test('hundreds of texts reach keepalived as one word each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(nastyText(30), { minLength: 200, maxLength: 300 }), async (to) => {
      const spec = {
        directors: { lb1: { address: '192.0.2.11' } },
        keepalived: { script_user: 'root', mail: { to, from: 'a@b' } },
      };
      const vrrp = { web: { virtual_router_id: 1, interface: 'eth0', vips: ['10.0.0.1'] } };
      const dump = await dumpConf(await renderedConf(specText({ ...spec, vrrp })), { vrrpOnly: true });
      const lines = dump.vrrp.split('\n');
      const from = lines.indexOf(' Email notification to:') + 1;
      assert.deepEqual(
        lines.slice(from, from + to.length),
        to.map((address) => `   ${address}`),
      );
    }),
    { numRuns: 3, endOnFailure: true },
  );
});
