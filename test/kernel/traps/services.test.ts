import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveTable } from '../../../src/ipvsadm/restore-input.ts';
import { parseAddress } from '../../../src/model/address.ts';
import { type ServiceAddress, serviceKey, type VirtualService } from '../../../src/model/table.ts';
import { additions, freshKernel } from '../fresh-kernel.ts';
import { fwmark, persistent, realServer, virtualService, vip } from '../nouns.ts';

function keys(services: readonly VirtualService[]): string[] {
  return services.map(({ address }) => serviceKey(address));
}

test('trap 01: addresses are compared as bytes, whatever text glibc prints for them', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const texts = ['::102:304', '::ffff:102:304', '2001:db8:0:1:1:1:1:1', '2001:db8::1:0:0:1'];
  const services = texts.map((text) => virtualService({ address: vip(parseAddress(text)?.text ?? '') }));
  assert.deepEqual(await kernel.run(additions(services)), []);
  assert.match(ipvsadm('-Sn').stdout, /-A -t \[::1\.2\.3\.4\]:80/);
  assert.deepEqual(new Set(keys((await kernel.read()).services)), new Set(keys(services)));
});

test('trap 01: ipvsadm takes 0300.0.2.9 for 192.0.2.9; we take it for no address', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  ipvsadm('-A -t 0300.0.2.9:80');
  assert.deepEqual(keys((await kernel.read()).services), ['tcp 192.0.2.9:80']);
  assert.equal(parseAddress('0300.0.2.9'), undefined);
});

test('trap 02: a mask and a time-out without the persistent flag are no persistence', async (t) => {
  const { kernel, ipvsadm, foreign } = freshKernel(t);
  ipvsadm('-A -t 192.0.2.1:80 -s rr -M 255.0.0.0');
  foreign('service vip=192.0.2.2 port=80 sched=rr netmask=0.0.0.0 timeout=77');
  const { services } = await kernel.read();
  assert.deepEqual(services, [virtualService(), virtualService({ address: vip('192.0.2.2') })]);
});

test('trap 02: -p alone is 360 seconds, so the number is always written', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  ipvsadm('-A -t 192.0.2.1:80 -s rr -p');
  assert.equal((await kernel.read()).services[0]?.persistence?.timeoutSeconds, 360);
  await kernel.run([
    { op: 'edit-service', service: vip('192.0.2.1'), attributes: virtualService(persistent(300, '255.255.255.255')) },
  ]);
  assert.equal((await kernel.read()).services[0]?.persistence?.timeoutSeconds, 300);
});

test('trap 03: masks with gaps, IPv6 prefixes and the unprinted defaults all come back', async (t) => {
  const { kernel } = freshKernel(t);
  const services = [
    virtualService({ address: vip('192.0.2.1', 81), ...persistent(60, '255.0.255.0') }),
    virtualService({ address: vip('192.0.2.1', 82), ...persistent(60, '255.255.255.255') }),
    virtualService({ address: vip('2001:db8::1', 81), ...persistent(60, 64) }),
    virtualService({ address: vip('2001:db8::1', 82), ...persistent(60, 128) }),
    virtualService({ address: fwmark(7, 'ipv6'), ...persistent(60, 96) }),
  ];
  assert.deepEqual(await kernel.run(additions(services)), []);
  assert.deepEqual((await kernel.read()).services, services);
});

test('trap 04: flag bits without a meaning make no difference, and flags are sorted', async (t) => {
  const { kernel, ipvsadm, foreign } = freshKernel(t);
  ipvsadm('-A -t 192.0.2.1:80 -s sh -b sh-port,sh-fallback');
  foreign(`service vip=192.0.2.2 port=80 sched=rr flags=${0x2 | 0x1000}`);
  assert.deepEqual((await kernel.read()).services, [
    virtualService({ scheduler: 'sh', schedulerFlags: ['sh-fallback', 'sh-port'] }),
    virtualService({ address: vip('192.0.2.2') }),
  ]);
});

test('trap 08: -E resets what it is not told, so an edit of ours tells everything', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const whole = virtualService({ scheduler: 'sh', schedulerFlags: ['sh-port'], ...persistent(60, '255.255.255.0') });
  await kernel.run(additions([whole]));
  ipvsadm('-E -t 192.0.2.1:80');
  assert.deepEqual((await kernel.read()).services, [virtualService({ scheduler: 'wlc' })]);
  const next = { ...whole, scheduler: 'mh', schedulerFlags: ['mh-port'] };
  await kernel.run([{ op: 'edit-service', service: whole.address, attributes: next }]);
  assert.deepEqual((await kernel.read()).services, [next]);
});

test('trap 10: marks from 2^31 are read although printed negative, and never written back so', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const marks = [2147483647, 2147483648, 4294967295].map((mark) => virtualService({ address: fwmark(mark) }));
  assert.deepEqual(await kernel.run(additions(marks)), []);
  const printed = ipvsadm('-Sn').stdout;
  assert.match(printed, /^-A -f -1 -s rr$/m);
  assert.deepEqual((await kernel.read()).services, marks);
  ipvsadm('-C');
  assert.equal(ipvsadm('-R', printed).status, 2);
  ipvsadm('-C');
  assert.equal(ipvsadm('-R', saveTable(marks)).stderr, '');
  assert.deepEqual((await kernel.read()).services, marks);
});

test('trap 10: one mark is two services, one for each family', async (t) => {
  const { kernel } = freshKernel(t);
  const services = [
    virtualService({ address: fwmark(7), servers: [realServer('10.0.0.1')] }),
    virtualService({ address: fwmark(7, 'ipv6'), servers: [realServer('fd00::1')] }),
  ];
  assert.deepEqual(await kernel.run(additions(services)), []);
  await kernel.run([{ op: 'delete-service', service: fwmark(7) }]);
  assert.deepEqual((await kernel.read()).services, services.slice(1));
});

test('trap 11: a foreign service on port 0 without persistence is read and can go, but not be made by ipvsadm', async (t) => {
  const { kernel, foreign } = freshKernel(t);
  const service: ServiceAddress = vip('192.0.2.1', 0);
  foreign('service vip=192.0.2.1 port=0 sched=rr');
  assert.deepEqual((await kernel.read()).services, [virtualService({ address: service })]);
  const refused = await kernel.run([{ op: 'edit-service', service, attributes: virtualService() }]);
  assert.deepEqual(refused, [{ index: 0, kind: 'refused', message: 'Zero port specified for non-persistent service' }]);
  assert.deepEqual(await kernel.run([{ op: 'delete-service', service }]), []);
  assert.deepEqual((await kernel.read()).services, []);
});

test('trap 14: a scheduler that is not there is one refusal; that its servers fail is an echo', async (t) => {
  const { kernel } = freshKernel(t);
  const servers = [realServer('10.0.0.1'), realServer('10.0.0.2')];
  const failures = await kernel.run(
    additions([virtualService({ scheduler: 'nope', servers }), virtualService({ address: vip('192.0.2.2') })]),
  );
  assert.deepEqual(failures, [
    { index: 0, kind: 'refused', message: 'Scheduler or persistence engine not found' },
    { index: 1, kind: 'missing', message: 'Service not defined' },
    { index: 2, kind: 'missing', message: 'Service not defined' },
  ]);
  assert.deepEqual(keys((await kernel.read()).services), ['tcp 192.0.2.2:80']);
});

test('trap 22: another scheduler is one -E: the servers and their weights stay', async (t) => {
  const { kernel } = freshKernel(t);
  const servers = [realServer('10.0.0.1', { weight: 0 }), realServer('10.0.0.2', { weight: 5, upperThreshold: 8 })];
  await kernel.run(additions([virtualService({ servers })]));
  await kernel.run([
    { op: 'edit-service', service: vip('192.0.2.1'), attributes: virtualService({ scheduler: 'mh' }) },
  ]);
  assert.deepEqual((await kernel.read()).services, [virtualService({ scheduler: 'mh', servers })]);
});
