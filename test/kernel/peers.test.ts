import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ServiceAddress } from '../../src/model/table.ts';
import { fwmark, server, service, tcp } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { foreignLines } from './foreign-services.ts';
import { type WrittenTable, writtenTable } from './written-table.ts';

// The titles start with the name of a bug that another program of this kind has, or had.

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')]);
const DNS_ADDRESS: ServiceAddress = { kind: 'address', family: 'ipv4', protocol: 'udp', vip: '192.0.2.1', port: 53 };
const DNS = service(DNS_ADDRESS, [server('10.0.1.1', 1, { port: 53 }), server('10.0.1.2', 1, { port: 53 })]);
const ALL = ['--max-remove', '100%', '--max-remove-services', '100%', '--allow-empty', '--drain', '0'];

/** Applies what must not be applied: it ends with this code, says this, and writes nothing. */
async function refused(table: WrittenTable, spec: string, { code, says }: { code: number; says: RegExp }) {
  const before = table.listing();
  table.written();
  table.write(spec);
  const ended = await table.lvsctl('apply', '--auto-approve');
  assert.match(ended.stdout + ended.stderr, says);
  assert.equal(ended.exitCode, code);
  assert.deepEqual(table.written(), []);
  assert.deepEqual(table.listing(), before);
}

async function assertInSync(table: WrittenTable): Promise<void> {
  const ended = await table.lvsctl('plan', '--detailed-exitcode');
  assert.match(ended.stdout, /No changes/);
  assert.equal(ended.exitCode, 0);
}

test('ipvsctl-roundtrip-drained: a server of weight 0 in the spec is in the kernel, and no difference', async (t) => {
  const table = writtenTable(t);
  await table.apply([{ ...WEB, servers: [server('10.0.0.1', 0), server('10.0.0.2', 5)] }]);
  assert.ok(table.listing().includes('-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 0'));
  await assertInSync(table);
  const listing = join(table.directory, 'listing');
  writeFileSync(listing, table.ipvsadm('-Sn'));
  const offline = await table.lvsctl('plan', '--detailed-exitcode', '--against', listing);
  assert.equal(offline.exitCode, 0, offline.stdout + offline.stderr);
});

test('ipvsctl-default-port-update: a server without a port is edited under the port of its service', async (t) => {
  const table = writtenTable(t);
  const spec = (weight: number) => `version: 1
services:
  web:
    vip: 192.0.2.1
    port: 80
    forwarding: nat
    servers: { web-1: { address: 10.0.0.1, weight: ${weight} } }
`;
  await table.apply(spec(1));
  table.written();
  await table.apply(spec(9));
  assert.deepEqual(table.written(), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 9 -x 0 -y 0']);
  await assertInSync(table);
});

test('ipvsctl-forward-missing: a server without a forwarding method is an error, and nothing is written', async (t) => {
  const spec = 'version: 1\nservices:\n  web:\n    vip: 192.0.2.1\n    port: 80\n    servers: { web-1: 10.0.0.1 }\n';
  await refused(writtenTable(t), spec, { code: 3, says: /missing-forwarding/ });
});

test('ipvsctl-typo-key: a key that is none is an error that names the right one, and nothing is written', async (t) => {
  const spec = specText([WEB]).replaceAll('"weight"', '"wieght"');
  await refused(writtenTable(t), spec, { code: 3, says: /wieght[\s\S]*did you mean[\s\S]*weight/i });
});

test('ipvsctl-fwmark-4294967295: the highest mark is made, read, edited and removed, in both families', async (t) => {
  const table = writtenTable(t);
  const marks = (weight: number) => [
    service(fwmark(4294967295), [server('10.0.0.1', weight)]),
    service({ kind: 'fwmark', family: 'ipv6', mark: 4294967295 }, [server('fd00::1', weight)]),
  ];
  await table.apply(marks(1));
  await assertInSync(table);
  table.written();
  await table.apply(marks(2));
  assert.deepEqual(
    table.written().map((rule) => rule.slice(0, 18)),
    ['-e -f 4294967295 -', '-e -f 4294967295 -'],
  );
  await table.apply([DNS], ...ALL);
  assert.ok(table.listing().every((line) => line.includes('192.0.2.1:53')));
});

test('ipvsman-fwm-rows: servers under a mark belong to the mark, not to the service listed before it', async (t) => {
  const table = writtenTable(t);
  const marked = service(fwmark(7), [server('10.0.7.1'), server('10.0.7.2')]);
  await table.apply([WEB, marked]);
  await assertInSync(table);
  const { stdout } = await table.lvsctl('status', '-o', 'json');
  const { services } = JSON.parse(stdout) as { services: { address: string; servers: { address: string }[] }[] };
  const servers = (address: string) =>
    services.find((one) => one.address === address)?.servers.map((one) => one.address);
  assert.deepEqual(servers('fwmark 7'), ['10.0.7.1:80', '10.0.7.2:80']);
  assert.deepEqual(servers('tcp 192.0.2.1:80'), ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80']);
});

const BROKEN_READS = {
  'exits with an error': 'exit 1',
  'prints nothing and dies': 'kill -SEGV $$',
  'prints half and dies': 'ipvsadm "$@" | head -n 3; kill -SEGV $$',
};

for (const [how, command] of Object.entries(BROKEN_READS))
  test(`ipvsman-read-fail-not-empty: a listing that ${how} is an error, and nothing is written`, async (t) => {
    const table = writtenTable(t);
    await table.apply([WEB, DNS]);
    const broken = join(table.directory, 'broken-ipvsadm');
    writeFileSync(broken, `#!/bin/bash\n[[ $1 != -Sn ]] || { ${command}; }\nexec "${table.env.LVSCTL_IPVSADM}" "$@"\n`);
    chmodSync(broken, 0o755);
    await withIpvsadm(table, broken, () => refused(table, specText([WEB]), { code: 1, says: /ipvsadm -Sn|-Sn/ }));
  });

async function withIpvsadm(table: WrittenTable, path: string, work: () => Promise<void>): Promise<void> {
  const env = table.env as Record<string, string>;
  const real = env.LVSCTL_IPVSADM ?? '';
  env.LVSCTL_IPVSADM = path;
  await work().finally(() => {
    env.LVSCTL_IPVSADM = real;
  });
}

test('pybal-depool-with-disabled: servers that are off already do not make room for more to go', async (t) => {
  const table = writtenTable(t);
  const off = ['10.0.0.5', '10.0.0.6', '10.0.0.7', '10.0.0.8', '10.0.0.9', '10.0.0.10'].map((name) => server(name, 0));
  const on = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((name) => server(name));
  await table.apply([{ ...WEB, servers: [...on, ...off] }]);
  // Two of ten, but two of the four that serve.
  const fewer = specText([{ ...WEB, servers: [...on.slice(2), ...off] }]);
  await refused(table, fewer, { code: 4, says: /would lose 2 of 4 real servers \(50 ?% of its weight\)/ });
});

test('foreign-service-untouched: of all four kinds, through apply, removal of all that is ours, and rollback', async (t) => {
  const table = writtenTable(t);
  const thresholds = foreignLines(table.ipvsadm('-Ln', '--thresholds'));
  await table.apply([WEB, DNS]);
  await table.apply([], ...ALL);
  assert.deepEqual(table.listing(), []);
  const back = await table.lvsctl('rollback', '--auto-approve');
  assert.equal(back.exitCode, 0, back.stderr);
  assert.ok(table.listing().length > 0);
  assert.equal(foreignLines(table.ipvsadm('-Sn')), table.foreign);
  assert.equal(foreignLines(table.ipvsadm('-Ln', '--thresholds')), thresholds);
  assert.ok(!table.written().some((rule) => foreignLines(rule) !== ''));
});

test('keepalived-1877-drift: a service that was deleted by hand is reported, and made again', async (t) => {
  const table = writtenTable(t);
  await table.apply([WEB, DNS]);
  const before = table.listing();
  table.ipvsadm('-D', '-t', '192.0.2.1:80');
  const seen = await table.lvsctl('plan', '--detailed-exitcode');
  assert.equal(seen.exitCode, 2);
  assert.match(seen.stdout, /service-1/);
  const status = await table.lvsctl('status', '--exit-code');
  assert.match(status.stdout, /missing/);
  assert.equal(status.exitCode, 2);
  await table.apply([WEB, DNS]);
  assert.deepEqual(table.listing(), before);
});

test('truncated-file-refused: a spec that was cut off anywhere removes nothing', async (t) => {
  const table = writtenTable(t);
  const spec = specText([WEB, DNS, service(tcp('192.0.2.3'), [server('10.0.3.1'), server('10.0.3.2')])]);
  await table.apply(spec);
  const before = table.listing();
  table.written();
  for (let length = spec.length - 9; length > 0; length -= Math.ceil(spec.length / 9)) {
    table.write(spec.slice(0, length));
    const ended = await table.lvsctl('apply', '--auto-approve');
    assert.ok([3, 4].includes(ended.exitCode), `cut at ${length}: ${ended.stdout}${ended.stderr}`);
    assert.deepEqual(table.written(), [], `cut at ${length}`);
  }
  assert.deepEqual(table.listing(), before);
});

const EMPTY = {
  'of 0 bytes': '',
  'with nothing in it': 'version: 1\n',
  'with no services': 'version: 1\nservices: {}\n',
};

test('empty-spec-refused: however it is empty, it removes nothing', async (t) => {
  const table = writtenTable(t);
  await table.apply([WEB, DNS]);
  for (const [how, spec] of Object.entries(EMPTY))
    await t.test(how, async () => refused(table, spec, { code: spec === '' ? 3 : 4, says: /empty/i }));
});

test('ipv6-spelling: another spelling of the same address is no difference', async (t) => {
  const table = writtenTable(t);
  const spec = (vip: string, real: string) => `version: 1
services:
  web: { vip: "${vip}", port: 80, forwarding: nat, servers: { web-1: "${real}" } }
`;
  await table.apply(spec('2001:db8::1', 'fd00::a'));
  table.written();
  table.write(spec('2001:0DB8:0:0:0:0:0:1', 'FD00:0:0:0:0:0:0.0.0.10'));
  await assertInSync(table);
  assert.deepEqual(table.written(), []);
});

test('dr-port-mismatch-linted: dr with another port than the service has is an error, and nothing is written', async (t) => {
  const spec = specText([{ ...WEB, servers: [server('10.0.0.1', 1, { forwarding: { method: 'dr' }, port: 8080 })] }]);
  await refused(writtenTable(t), spec, { code: 3, says: /dr-port-mismatch/ });
});
