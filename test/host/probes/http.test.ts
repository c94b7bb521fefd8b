import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { askHere, listening } from './asking.ts';
import { DOWN, PLAIN, type Serve, serving, WELL } from './http-rows.ts';
import { assertDown, testLetdowns } from './letdowns.ts';

const PROBE = { kind: 'http', ...PLAIN } as const;
const VERSIONS = ['1.0', '1.1'] as const;

function http(t: TestContext, serve: Serve = serving()): Promise<number> {
  return listening(t, createServer(serve));
}

for (const protocol of VERSIONS) {
  for (const { what, asked, serve, detail } of WELL)
    test(`HTTP/${protocol}: a server that answers ${what} is well`, async (t) => {
      const answer = await askHere({ ...PROBE, protocol, ...asked }, { port: await http(t, serve) });
      assert.deepEqual(answer, { ok: true, detail, weight: null });
    });

  for (const { what, asked, serve, detail } of DOWN)
    test(`HTTP/${protocol}: a server that answers ${what} is down`, async (t) => {
      assertDown(await askHere({ ...PROBE, protocol, ...asked }, { port: await http(t, serve) }), detail);
    });

  test(`HTTP/${protocol}: the request says what the check says`, async (t) => {
    const server = createServer(serving());
    const request = new Promise<IncomingMessage>((done) => server.once('request', done));
    const port = await listening(t, server);
    const headers = { 'X-Check': 'für lb1', accept: '*/*' };
    const asked = { protocol, method: 'POST', path: '/a b?c=ü&d=%20', host: 'www.example.com', headers } as const;
    assert.equal((await askHere({ ...PROBE, ...asked }, { port })).ok, true);
    const { method, url, httpVersion, headers: sent } = await request;
    assert.deepEqual([method, url, httpVersion], ['POST', '/a%20b?c=%C3%BC&d=%20', protocol]);
    const { 'x-check': own = '', ...others } = sent;
    assert.equal(Buffer.from(String(own), 'latin1').toString(), 'für lb1');
    assert.deepEqual(others, {
      host: 'www.example.com',
      'user-agent': 'lvsctl',
      accept: '*/*',
      connection: 'close',
      'content-length': '0',
    });
  });
}

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nTwenty bytes of body';

for (const protocol of VERSIONS)
  suite(`HTTP/${protocol}`, () => {
    testLetdowns({
      probe: { ...PROBE, protocol },
      healthy: () => createServer(serving()),
      answer: ANSWER,
      garbage: /^the answer is not HTTP: (?:SSH-2\.0|Expected HTTP)/,
    });
  });

const HOSTS = [
  { host: null, address: '127.0.0.1', says: '127.0.0.1:' },
  { host: null, address: '::1', says: '[::1]:' },
  { host: 'www.example.com', address: '::1', says: 'www.example.com' },
];

for (const { host, address, says } of HOSTS)
  test(`Host is ${says} for ${host ?? 'no host'} at ${address}`, async (t) => {
    const server = createServer((request, response) => response.end(request.headers.host));
    const port = await listening(t, server, address);
    const body = `^${RegExp.escape(says.endsWith(':') ? `${says}${port}` : says)}$`;
    assert.equal((await askHere({ ...PROBE, host, body }, { port, address })).ok, true);
  });

test('HTTP/1.0: a body without a length ends with the connection', async (t) => {
  const port = await listening(
    t,
    createTcpServer((socket) => socket.resume().end('HTTP/1.0 200\nServer: old\n\nfine')),
  );
  const answer = await askHere({ ...PROBE, protocol: '1.0', body: '^fine$' }, { port });
  assert.deepEqual(answer, { ok: true, detail: 'status 200, 4 bytes', weight: null });
});
