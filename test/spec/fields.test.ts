import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allFields, fieldAt, fieldName, specFields } from '../../src/spec/fields.ts';
import { suggestedFields, writtenField } from '../../src/spec/find-field.ts';

const ROOT = specFields();
const FIELDS = allFields(ROOT).slice(1);

const at = (text: string) => {
  const field = writtenField(ROOT, text);
  assert.ok(field, `there is no ${text}`);
  return field;
};

test('every field says what it means and what may stand there', () => {
  const bad = FIELDS.filter(({ description, type }) => !/^.{6,}\.$/s.test(description) || type === '');
  assert.ok(FIELDS.length > 1000, `only ${FIELDS.length} fields were found`);
  assert.deepEqual(bad.map(fieldName), []);
});

const TYPES: readonly (readonly [field: string, type: string])[] = [
  ['services.*.port', 'whole number, 0 to 65535'],
  ['generation', 'whole number, 0 or more'],
  ['services.*.vip', 'IP address'],
  ['services.*.protocol', 'tcp, udp or sctp'],
  ['services.*.persistence', 'section'],
  ['services.*.persistence.timeout', 'duration'],
  ['services.*.persistence.netmask', 'text or whole number'],
  ['services.*.servers', 'IP address or section, by name'],
  ['services.*.check', 'none or section'],
  ['services.*.check.tcp', '{}'],
  ['services.*.forwarding', 'nat, dr, tun or section'],
  ['vrrp.*.vmac', 'true, false or section'],
  ['vrrp.*.unicast.peers', 'list of IP address'],
  ['directors.*.interface', 'text of at most 15 characters'],
  ['version', '1'],
];

for (const [name, type] of TYPES) test(`${name} is: ${type}`, () => assert.equal(at(name).type, type));

test('a default, examples and what is required come from the schema', () => {
  assert.equal(at('services.*.scheduler').default, 'wlc');
  assert.equal(at('services.*.vip').default, undefined);
  assert.deepEqual(at('services.*.persistence.netmask').examples, ['255.255.255.0', 64]);
  assert.deepEqual([at('directors.*.address').isRequired, at('directors.*.interface').isRequired], [true, false]);
});

const WRITTEN: readonly (readonly [text: string, field: string])[] = [
  ['services', 'services'],
  ['services.web', 'services.*'],
  ['services.web.persistence', 'services.*.persistence'],
  ['vrrp.web.track', 'vrrp.*.track'],
  ['vrrp.web.vips[0].label', 'vrrp.*.vips.*.label'],
  ['vrrp.*.vips[].label', 'vrrp.*.vips.*.label'],
  ['pools.web.web-1.weight', 'pools.*.*.weight'],
  ['services.web.check.all.one.http.path', 'services.*.check.all.*.http.path'],
];

for (const [text, name] of WRITTEN) test(`${text} means ${name}`, () => assert.equal(fieldName(at(text)), name));

for (const text of ['', 'service', 'services.web.persistance', 'services.web.port.number'])
  test(`"${text}" is no field`, () => assert.equal(writtenField(ROOT, text), undefined));

const MEANT: readonly (readonly [text: string, fields: readonly string[]])[] = [
  ['service', ['services', 'defaults.check.grpc.service', 'defaults.check.all.*.grpc.service']],
  ['persistance', ['services.*.persistence']],
  ['services.web.persistance', ['services.*.persistence']],
  ['vrrp.web.prioritty', ['vrrp.*.priority']],
  ['weight', ['defaults.weight', 'services.*.weight', 'track.scripts.*.weight', 'track.processes.*.weight']],
  ['xyzzy', []],
];

for (const [text, fields] of MEANT)
  test(`who writes ${text} may mean ${fields.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(suggestedFields(ROOT, text).map(fieldName), fields));

test('fields that share a definition of the schema are one place, whatever leads to them', () => {
  const place = (text: string) => at(text).place.join('.');
  assert.equal(place('services.web.servers.a.weight'), place('pools.web.a.weight'));
  assert.notEqual(place('services.web.weight'), place('pools.web.a.weight'));
});

test('a path of a finding leads to its field, with the numbers of lists', () => {
  assert.equal(fieldAt(ROOT, ['vrrp', 'web', 'vips', 0, 'address'])?.path.join('.'), 'vrrp.*.vips.*.address');
  assert.equal(fieldAt(ROOT, ['no', 'such'])?.path, undefined);
});
