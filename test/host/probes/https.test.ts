import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createSecureContext, createServer as createTlsServer, type SecureContext, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import type { HttpProbe, TlsProbe } from '../../../src/model/check.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere, listening } from './asking.ts';
import { AUTHORITY, certificate } from './certificates.ts';
import { DOWN, PLAIN, type Serve, serving, WELL } from './http-rows.ts';
import { assertDown, testLetdowns } from './letdowns.ts';

const PROBE = { kind: 'https', ...PLAIN, sni: null, ca: AUTHORITY, verify: null } as const;
const GOOD = certificate('good');

const SERVERS = {
  '1.0': (serve: Serve) => createHttpsServer(GOOD, serve),
  '1.1': (serve: Serve) => createHttpsServer(GOOD, serve),
  '2': (serve: Serve): Server => createSecureServer(GOOD, serve),
} as const satisfies Record<HttpProbe['protocol'], (serve: Serve) => Server>;

for (const protocol of ['1.0', '1.1', '2'] as const) {
  for (const { what, asked, serve, detail } of WELL)
    test(`HTTP/${protocol} over TLS: a server that answers ${what} is well`, async (t) => {
      const port = await listening(t, SERVERS[protocol](serve ?? serving()));
      const answer = await askHere({ ...PROBE, protocol, ...asked }, { port });
      assert.deepEqual(answer, { ok: true, detail, weight: null });
    });

  for (const { what, asked, serve, detail } of DOWN)
    test(`HTTP/${protocol} over TLS: a server that answers ${what} is down`, async (t) => {
      const port = await listening(t, SERVERS[protocol](serve ?? serving()));
      assertDown(await askHere({ ...PROBE, protocol, ...asked }, { port }), detail);
    });
}

interface TlsRow extends Partial<TlsProbe> {
  readonly what: string;
  readonly server?: TlsOptions;
  readonly detail: string | RegExp;
}

const FINE = 'status 200, 13 bytes';
const TLS_ROWS: readonly TlsRow[] = [
  { what: 'for the address that is asked', detail: FINE },
  { what: 'for the server name', sni: 'www.example.com', detail: FINE },
  {
    what: 'for another name',
    sni: 'api.example.com',
    detail: /^certificate is for www\.example\.com, 127\.0\.0\.1, .*, not for api\.example\.com$/,
  },
  { what: 'that has expired', server: certificate('expired'), detail: /^certificate expired on 2026-01-02$/ },
  { what: 'that is self-signed', server: certificate('self-signed'), detail: /^certificate is self-signed$/ },
  {
    what: 'of an authority that the system does not know',
    ca: null,
    detail: /^certificate is of an unknown authority/,
  },
  { what: 'for another name, unverified', sni: 'api.example.com', verify: false, detail: FINE },
  { what: 'that has expired, unverified', server: certificate('expired'), verify: false, detail: FINE },
  { what: 'that is self-signed, unverified', server: certificate('self-signed'), verify: false, detail: FINE },
  { what: 'of an unknown authority, unverified', ca: null, verify: false, detail: FINE },
];

for (const { what, server = GOOD, detail, ...asked } of TLS_ROWS)
  test(`a certificate ${what} is ${typeof detail === 'string' ? 'taken' : 'refused'}`, async (t) => {
    const port = await listening(t, createHttpsServer(server, serving()));
    const answer = await askHere({ ...PROBE, ...asked }, { port });
    if (typeof detail === 'string') assert.deepEqual(answer, { ok: true, detail, weight: null });
    else assertDown(answer, detail);
  });

test('a server that does not speak HTTP/2 is down where it is asked for', async (t) => {
  const port = await listening(t, createHttpsServer(GOOD, serving()));
  assertDown(await askHere({ ...PROBE, protocol: '2' }, { port }), /^TLS failed: .*no application protocol|h2/);
});

test('a server without TLS is down', async (t) => {
  const port = await listening(t, createHttpServer(serving()));
  assertDown(await askHere(PROBE, { port }), /^TLS failed: /);
});

test('a server that says nothing before TLS is down', async (t) => {
  const port = await listening(t, createServer());
  assertDown(await askHere(PROBE, { port, timeoutSeconds: 0.2 }), /^no connection in 200ms$/);
});

test('the server name of the greeting is sni, and not the address', async (t) => {
  const names: string[] = [];
  const SNICallback = (name: string, done: (error: null, context: SecureContext) => void) => {
    names.push(name);
    done(null, createSecureContext(GOOD));
  };
  const port = await listening(t, createHttpsServer({ ...GOOD, SNICallback }, serving()));
  for (const sni of ['www.example.com', '127.0.0.1', null])
    assert.equal((await askHere({ ...PROBE, sni }, { port })).ok, true);
  assert.deepEqual(names, ['www.example.com']);
});

test('a file of authorities is read again when it changes', async (t) => {
  const ca = join(temporaryDirectory(t), 'ca.pem');
  const port = await listening(t, createHttpsServer(GOOD, serving()));
  await assert.rejects(askHere({ ...PROBE, ca }, { port }), {
    name: 'OperationError',
    message: `Cannot read the certificates in ${ca}: no such file or directory`,
  });
  writeFileSync(ca, 'no certificate\n');
  await assert.rejects(askHere({ ...PROBE, ca }, { port }), { message: `There is no certificate (PEM) in ${ca}` });
  writeFileSync(ca, certificate('self-signed').cert);
  assertDown(await askHere({ ...PROBE, ca }, { port }), /^certificate is of an unknown authority/);
  writeFileSync(ca, readFileSync(AUTHORITY));
  assert.equal((await askHere({ ...PROBE, ca }, { port })).ok, true);
});

const SYSTEMS = [
  { what: 'knows the authority', SSL_CERT_FILE: AUTHORITY, says: FINE },
  { what: 'has no authorities', SSL_CERT_FILE: '/dev/null', says: 'This system has no certificates of authorities' },
];

for (const { what, SSL_CERT_FILE, says } of SYSTEMS)
  test(`without a file of its own a check asks a system that ${what}`, async (t) => {
    const port = await listening(t, createHttpsServer(GOOD, serving()));
    const source = `
      import { askHere } from ${JSON.stringify(join(import.meta.dirname, 'asking.ts'))};
      const answer = askHere(${JSON.stringify({ ...PROBE, ca: null })}, { port: ${port} });
      console.log(await answer.then(({ detail }) => detail, ({ message }) => message));`;
    const env = { ...process.env, SSL_CERT_FILE, SSL_CERT_DIR: '/nowhere' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], { env });
    assert.equal(stdout, `${says}\n`);
  });

test('the request never comes to a server whose certificate is refused', async (t) => {
  let asked = 0;
  const server = createHttpsServer(certificate('expired'), () => asked++);
  assertDown(await askHere(PROBE, { port: await listening(t, server) }), /expired/);
  assert.equal(asked, 0);
});

const ANSWERS = {
  '1.1': 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nTwenty bytes of body',
  // Frames of settings, of no effect.
  '2': Buffer.from('000000040000000000'.repeat(10), 'hex'),
} as const;

for (const protocol of ['1.1', '2'] as const)
  suite(`HTTP/${protocol} over TLS`, () => {
    testLetdowns({
      probe: { ...PROBE, protocol },
      healthy: () => SERVERS[protocol](serving()),
      answer: ANSWERS[protocol],
      garbage: /^the answer is not HTTP|^HTTP\/2 failed: /,
      serverOf: (serve) => createTlsServer({ ...GOOD, ALPNProtocols: ['h2'] }, serve),
    });
  });
