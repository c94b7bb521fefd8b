import assert from 'node:assert/strict';
import { createSecureServer, createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import type { Server as NetServer } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { askHere, listening } from './asking.ts';
import { certificate } from './certificates.ts';
import { assertDown, testLetdowns } from './letdowns.ts';
import { CERTIFICATES, TRUSTED } from './tls-rows.ts';

const PROBE = { kind: 'grpc', service: null, tls: null } as const;
const LONG = `shop.${'v'.repeat(200)}.Cart`;

/** The server of grpc-js with its health service. */
async function grpc(
  t: TestContext,
  { tls = null, health = true }: { tls?: Parameters<typeof certificate>[0] | null; health?: boolean } = {},
): Promise<number> {
  const server = new Server();
  const states = { '': 'SERVING', 'shop.Cart': 'NOT_SERVING', 'shop.New': 'UNKNOWN', [LONG]: 'SERVING' } as const;
  if (health) new HealthImplementation(states).addToServer(server);
  const { key, cert } = certificate(tls ?? 'good');
  const credentials =
    tls !== null
      ? ServerCredentials.createSsl(null, [{ private_key: key, cert_chain: cert }])
      : ServerCredentials.createInsecure();
  t.after(() => server.forceShutdown());
  return new Promise((done, fail) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? fail(error) : done(port)));
  });
}

const ASKED = [
  { service: null, detail: 'SERVING' },
  { service: LONG, detail: 'SERVING' },
  { service: 'shop.Cart', detail: /^NOT_SERVING$/ },
  { service: 'shop.New', detail: /^UNKNOWN$/ },
  { service: 'shop.Nobody', detail: /^NOT_FOUND/ },
];

for (const tls of [null, TRUSTED])
  for (const { service, detail } of ASKED)
    test(`${service ?? 'a whole server'}${tls === null ? '' : ' over TLS'} is judged by its state`, async (t) => {
      const answer = await askHere({ ...PROBE, service, tls }, { port: await grpc(t, { tls: tls && 'good' }) });
      if (typeof detail === 'string') assert.deepEqual(answer, { ok: true, detail, weight: null });
      else assertDown(answer, detail);
    });

for (const { what, name, asked, fault } of CERTIFICATES)
  test(`a certificate ${what} is ${fault === undefined ? 'taken' : 'refused'}`, async (t) => {
    const answer = await askHere({ ...PROBE, tls: { ...TRUSTED, ...asked } }, { port: await grpc(t, { tls: name }) });
    if (fault === undefined) assert.deepEqual(answer, { ok: true, detail: 'SERVING', weight: null });
    else assertDown(answer, fault);
  });

test('the authority that is asked for is the server name, where there is one', async (t) => {
  const seen: (string | undefined)[] = [];
  const server = createSecureServer(certificate('good'));
  server.on('stream', (stream, headers) => {
    seen.push(headers[':authority']);
    stream.on('error', () => undefined).respond({ ':status': 502 }, { endStream: true });
  });
  const port = await listening(t, server);
  for (const sni of [null, 'www.example.com']) await askHere({ ...PROBE, tls: { ...TRUSTED, sni } }, { port });
  assert.deepEqual(seen, [`127.0.0.1:${port}`, 'www.example.com']);
});

test('a server without the health service is down', async (t) => {
  assertDown(await askHere(PROBE, { port: await grpc(t, { health: false }) }), /^UNIMPLEMENTED: .*not implement/);
});

test('a server without TLS is down where it is asked for, and the other way round', async (t) => {
  assertDown(await askHere({ ...PROBE, tls: TRUSTED }, { port: await grpc(t) }), /^TLS failed|closed/);
  assertDown(await askHere(PROBE, { port: await grpc(t, { tls: 'good' }) }), /closed|reset|HTTP\/2/);
});

/** A server of HTTP/2 that answers by hand. */
function byHand(answer: (stream: ServerHttp2Stream) => void): NetServer {
  return createHttp2Server().on('stream', (stream) => answer(stream.on('error', () => undefined)));
}

const HEADERS = { ':status': 200, 'content-type': 'application/grpc' };
const serving = Buffer.from('00000000020801', 'hex');

function withTrailers(message: Buffer, trailers: Record<string, string>): (stream: ServerHttp2Stream) => void {
  return (stream) => {
    stream.respond(HEADERS, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers)).end(message);
  };
}

const ANSWERS: readonly (readonly [what: string, answer: (stream: ServerHttp2Stream) => void, detail: RegExp])[] = [
  ['an error status of HTTP', (stream) => stream.respond({ ':status': 502 }, { endStream: true }), /^HTTP status 502$/],
  ['no state', withTrailers(Buffer.alloc(5), { 'grpc-status': '0' }), /^UNKNOWN$/],
  [
    'an unknown state',
    withTrailers(Buffer.from('00000000020809', 'hex'), { 'grpc-status': '0' }),
    /^the answer is no answer of a health/,
  ],
  [
    'something else',
    withTrailers(Buffer.from('00000000030a0141', 'hex'), { 'grpc-status': '0' }),
    /^the answer is no answer of a health/,
  ],
  [
    'an error and its text',
    withTrailers(Buffer.alloc(0), { 'grpc-status': '14', 'grpc-message': 'db%20f%C3%A4llt%0aaus' }),
    /^UNAVAILABLE: db fällt$/,
  ],
  ['an error after its state', withTrailers(serving, { 'grpc-status': '13' }), /^INTERNAL$/],
  ['a state, and no status', withTrailers(serving, {}), /^no gRPC status$/],
  ['a reset', (stream) => stream.close(7), /^HTTP\/2 failed: .*REFUSED_STREAM/],
  [
    'its state, and breaks off',
    (stream) => {
      stream.respond(HEADERS);
      stream.write(serving, () => stream.session?.destroy());
    },
    /closed/,
  ],
  ['its goodbye', (stream) => stream.session?.goaway(), /^no answer in 300ms|closed|HTTP\/2/],
];

for (const [what, answer, detail] of ANSWERS)
  test(`a server that answers with ${what} is down`, async (t) => {
    const port = await listening(t, byHand(answer));
    assertDown(await askHere(PROBE, { port, timeoutSeconds: what === 'its goodbye' ? 0.3 : 30 }), detail);
  });

// Frames of settings, of no effect.
const ANSWER = Buffer.from('000000040000000000'.repeat(10), 'hex');
const well = withTrailers(serving, { 'grpc-status': '0' });

suite('without TLS', () => {
  testLetdowns({ probe: PROBE, healthy: () => byHand(well), answer: ANSWER, garbage: /^HTTP\/2 failed: |closed/ });
});

suite('over TLS', () => {
  testLetdowns({
    probe: { ...PROBE, tls: TRUSTED },
    healthy: () => createSecureServer(certificate('good')).on('stream', well),
    answer: ANSWER,
    garbage: /^HTTP\/2 failed: |closed/,
    serverOf: (serve) => createTlsServer({ ...certificate('good'), ALPNProtocols: ['h2'] }, serve),
  });
});
