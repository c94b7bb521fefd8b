import { createSocket } from 'node:dgram';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { createSecureContext } from 'node:tls';

/** Servers for checks of every kind, on all addresses of the network namespace that this program runs in. */

/** Good for nothing but this; keepalived verifies none. */
const CERTIFICATE = {
  key: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEID4w9qoBPISyTjQcUHgIhPAhuwRDlzD/b6yK2DAtvPTuoAoGCCqGSM49
AwEHoUQDQgAEkouohUcWmyhU7SxJE89Nh5aVy60KvWJkh1hWlhfBaPSzs7Eby+tX
6YE2GGgU1/CQ6ziPWSV3O7wZcBsDkoj8fQ==
-----END EC PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIULZIz8qb+07GS5x0GSGuW7x4YG9AwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMCAXDTI2MTEyNDE1Mzk0OVoYDzIx
MjYxMDMxMTUzOTQ5WjAaMRgwFgYDVQQDDA93d3cuZXhhbXBsZS5jb20wWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASSi6iFRxabKFTtLEkTz02HlpXLrQq9YmSHWFaW
F8Fo9LOzsRvL61fpgTYYaBTX8JDrOI9ZJXc7vBlwGwOSiPx9o1MwUTAdBgNVHQ4E
FgQUZZLaplrArK3V8s36ni8oZd/Q+AkwHwYDVR0jBBgwFoAUZZLaplrArK3V8s36
ni8oZd/Q+AkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAZFDKQ
jjJz8IW2YhHDtq7Yirt3lkUKWkfWMhZEabeF5AIhAIce4mVIC2NEOiIcecD+sbgU
OG3+7JDvQMpXFVX1TZ3o
-----END CERTIFICATE-----`,
};

export const BODY = 'status: "fine" (100 $)\n';

export const PORTS = { http: 8080, https: 8443, dns: 5353, udp: 5000, smtp: 2525, tcp: 7000, closed: 7001 };

if (import.meta.main) {
  createHttpServer(answerHttp).listen(PORTS.http);
  createHttpsServer({ ...CERTIFICATE, SNICallback: takeName }, answerHttp).listen(PORTS.https);
  createTcpServer((socket) => socket.on('error', () => undefined).resume()).listen(PORTS.tcp);
  createTcpServer((socket) => {
    socket.on('error', () => undefined).write('220 mail ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (line: string) => socket.write(answerSmtp(line.trim())));
  }).listen(PORTS.smtp);
  serveUdp(PORTS.dns, answerDns);
  serveUdp(PORTS.udp, answerUdp);
  console.log('listening');
}

function answerHttp({ url = '', headers, socket, httpVersion }: IncomingMessage, response: ServerResponse): void {
  const isFine: Readonly<Record<string, boolean>> = {
    '/ok': true,
    '/host': headers.host === 'www.example.com',
    '/from': socket.remoteAddress?.endsWith('10.2.0.1') === true,
    '/1.0': httpVersion === '1.0',
  };
  response.setHeader('X-Answered-By', 'test');
  response.statusCode = isFine[url] === true ? 200 : 404;
  response.end(BODY);
}

function takeName(name: string, done: (error: Error | null, context?: ReturnType<typeof createSecureContext>) => void) {
  if (name === 'www.example.com') done(null, createSecureContext(CERTIFICATE));
  else done(new Error(`no certificate for ${name}`));
}

function answerSmtp(line: string): string {
  if (line === 'HELO lb1' || line === 'EHLO lb1') return '250 hello\r\n';
  return line === 'QUIT' ? '221 bye\r\n' : '550 who are you\r\n';
}

function serveUdp(port: number, answer: (message: Buffer) => Buffer | null): void {
  const socket = createSocket('udp4');
  socket.on('message', (message, { address, port: from }) => {
    const reply = answer(message);
    if (reply !== null) socket.send(reply, from, address);
  });
  socket.bind(port);
}

/** The question comes back; NOERROR for an A of example.com, else NXDOMAIN. */
function answerDns(question: Buffer): Buffer {
  const reply = Buffer.from(question);
  const asked = question.subarray(12).toString('latin1');
  const isKnown = asked === '\x07example\x03com\0\0\x01\0\x01';
  reply.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  return reply;
}

function answerUdp(message: Buffer): Buffer | null {
  const replies: Readonly<Record<string, Buffer>> = {
    '0102': Buffer.from('0a0b0c', 'hex'),
    aa: Buffer.alloc(300, 0x0a),
  };
  return replies[message.toString('hex')] ?? null;
}
