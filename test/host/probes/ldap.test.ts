import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import ldap from 'ldapjs';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere, eventually, listening } from './asking.ts';
import { certificate } from './certificates.ts';
import { assertDown, testLetdowns } from './letdowns.ts';
import { CERTIFICATES, TRUSTED } from './tls-rows.ts';

const PROBE = { kind: 'ldap', bindDn: null, passwordFile: null, tls: null } as const;
const ADMIN = 'cn=admin,dc=example,dc=com';
/** Longer than one byte of length can say. */
const LONG = `cn=${'x'.repeat(300)},dc=example,dc=com`;

/** A server that takes anonymous binds, and those of ADMIN and LONG with one password. */
function ldapServer({
  tls = null,
  onBind = () => undefined,
  onUnbind = () => undefined,
}: {
  tls?: Parameters<typeof certificate>[0] | null;
  onBind?: () => void;
  onUnbind?: () => void;
} = {}): Server {
  const { key, cert } = certificate(tls ?? 'good');
  const server = ldap.createServer(tls === null ? {} : { key: key.toString(), certificate: cert.toString() });
  for (const name of ['cn=anonymous', ADMIN, LONG])
    server.bind(name, (request: Bind, response: { end(): void }, next: (error?: unknown) => void) => {
      onBind();
      const isRight = request.credentials === (name === 'cn=anonymous' ? '' : 'geheim ü');
      if (isRight) response.end();
      next(isRight ? undefined : new ldap.InvalidCredentialsError('wrong password'));
    });
  server.unbind((_request: unknown, _response: unknown, next: () => void) => {
    onUnbind();
    next();
  });
  // It is one of Node inside.
  return (server as unknown as { readonly server: Server }).server;
}

interface Bind {
  readonly credentials: string;
}

interface BindRow {
  readonly what: string;
  readonly bindDn?: string;
  readonly password?: string;
  readonly detail: string | RegExp;
}

const BINDS: readonly BindRow[] = [
  { what: 'an anonymous bind', detail: 'bound' },
  { what: 'a bind with a name and a password', bindDn: ADMIN, password: 'geheim ü\n', detail: 'bound' },
  { what: 'a bind with a long name', bindDn: LONG, password: 'geheim ü', detail: 'bound' },
  {
    what: 'a bind with a wrong password',
    bindDn: ADMIN,
    password: 'falsch',
    detail: /^bind refused: invalid credentials \(49\)$/,
  },
  {
    what: 'a bind with an unknown name',
    bindDn: 'cn=nobody,dc=example,dc=org',
    password: 'geheim ü',
    detail: /^bind refused: no such object \(32\)/,
  },
  { what: 'a bind without a password', bindDn: ADMIN, detail: /^bind refused: invalid credentials \(49\)/ },
];

for (const tls of [null, TRUSTED])
  for (const { what, detail, bindDn = null, password } of BINDS)
    test(`${what}${tls === null ? '' : ' over TLS'} is ${typeof detail === 'string' ? 'taken' : 'refused'}`, async (t) => {
      const file = join(temporaryDirectory(t), 'password');
      if (password !== undefined) writeFileSync(file, password);
      const port = await listening(t, ldapServer({ tls: tls && 'good' }));
      const asked = { ...PROBE, bindDn, passwordFile: password === undefined ? null : file, tls };
      const answer = await askHere(asked, { port });
      if (typeof detail === 'string') assert.deepEqual(answer, { ok: true, detail, weight: null });
      else assertDown(answer, detail);
    });

for (const { what, name, asked, fault } of CERTIFICATES)
  test(`a certificate ${what} is ${fault === undefined ? 'taken' : 'refused, before a password was sent'}`, async (t) => {
    const file = join(temporaryDirectory(t), 'password');
    writeFileSync(file, 'geheim ü');
    let binds = 0;
    const port = await listening(t, ldapServer({ tls: name, onBind: () => binds++ }));
    const probe = { ...PROBE, bindDn: ADMIN, passwordFile: file, tls: { ...TRUSTED, ...asked } };
    const answer = await askHere(probe, { port });
    if (fault === undefined) assert.deepEqual(answer, { ok: true, detail: 'bound', weight: null });
    else assertDown(answer, fault);
    assert.equal(binds, fault === undefined ? 1 : 0);
  });

test('authorities that cannot be read say nothing of the server', async (t) => {
  const port = await listening(t, ldapServer({ tls: 'good' }));
  const tls = { ...TRUSTED, ca: '/nowhere/ca.pem' };
  await assert.rejects(askHere({ ...PROBE, tls }, { port }), { name: 'OperationError' });
});

test('a server is told goodbye', async (t) => {
  let unbinds = 0;
  const port = await listening(t, ldapServer({ onUnbind: () => unbinds++ }));
  assert.equal((await askHere(PROBE, { port })).ok, true);
  await eventually('it is unbound', () => unbinds === 1);
});

test('a password that cannot be read says nothing of the server', async (t) => {
  const port = await listening(t, ldapServer());
  await assert.rejects(askHere({ ...PROBE, bindDn: ADMIN, passwordFile: '/nowhere/password' }, { port }), {
    name: 'OperationError',
    message: 'Cannot read the password in /nowhere/password: no such file or directory',
  });
});

const NO_BIND_RESPONSES = {
  'another message of LDAP': '300c02010165070a010004000400',
  'a message without an end': `3084ffffffff${'00'.repeat(70_000)}`,
  'a message of no length': '3080',
  'a message cut short inside': '3005020101610a',
  'thousands of elements': `3082fffc${'0500'.repeat(0x7ffe)}`,
};

for (const [what, hex] of Object.entries(NO_BIND_RESPONSES))
  test(`a server that answers with ${what} is down`, async (t) => {
    const server = createServer((socket) => socket.once('data', () => socket.end(Buffer.from(hex, 'hex'))));
    assertDown(await askHere(PROBE, { port: await listening(t, server) }), /no answer|closed/);
  });

const BOUND = Buffer.from('3084000000100201016184000000070a010004000400', 'hex');

suite('without TLS', () => {
  testLetdowns({ probe: PROBE, healthy: ldapServer, answer: BOUND, garbage: /^the answer is not LDAP: SSH/ });
});

suite('over TLS', () => {
  testLetdowns({
    probe: { ...PROBE, tls: TRUSTED },
    healthy: () => ldapServer({ tls: 'good' }),
    answer: BOUND,
    garbage: /^the answer is not LDAP: SSH/,
    serverOf: (serve) => createTlsServer(certificate('good'), serve),
  });
});

test('lengths of four bytes, as Active Directory writes them, are understood', async (t) => {
  const server = createServer((socket) => socket.once('data', () => socket.end(BOUND)));
  assert.deepEqual(await askHere(PROBE, { port: await listening(t, server) }), {
    ok: true,
    detail: 'bound',
    weight: null,
  });
});

test('what a server says of its refusal is told', async (t) => {
  const text = Buffer.from('shutting down');
  const inside = Buffer.concat([Buffer.from('0a01330400', 'hex'), Buffer.of(4, text.length), text]);
  const message = Buffer.concat([Buffer.from('020101', 'hex'), Buffer.of(0x61, inside.length), inside]);
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.concat([Buffer.of(0x30, message.length), message])));
  });
  assertDown(await askHere(PROBE, { port: await listening(t, server) }), /^bind refused: busy \(51\): shutting down$/);
});
