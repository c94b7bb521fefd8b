import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decode, encode } from 'dns-packet';
import { FAILING_PORTS, type Failing } from './failing-plan.ts';

/**
 * A real server that fails as it is told, line by line on its input: `failing-server.ts NAME`. It answers with its name by
 * HTTP on 8081 and by HTTPS on 8443, and with 192.0.2.1 by DNS on 5300.
 */
const NAME = process.argv[2] ?? '';
const TLS = join(import.meta.dirname, '../fixtures/tls');
let mode: Failing = 'well';

const answer: RequestListener = (_request, response) => {
  if (mode === 'silent') return;
  response.setHeader('content-type', 'text/plain');
  response.statusCode = mode === 'error' ? 500 : 200;
  if (mode === 'drip') {
    response.setHeader('content-length', 1000);
    const timer = setInterval(() => response.write('.'), 300);
    response.once('close', () => clearInterval(timer));
  } else response.end(mode === 'wrong' ? 'somebody else\n' : `${NAME}\n`);
};

const http = plainServer();
const https = createTlsServer(certificate('good'), answer).listen(FAILING_PORTS.https);
const dns = createSocket('udp4').bind(FAILING_PORTS.dns);

function main(): void {
  dns.on('message', (message, { port, address }) => {
    const { id, questions } = decode(message);
    const rcode = mode === 'servfail' ? 2 : 0;
    const answers = (questions ?? []).map(({ name }) => ({ type: 'A' as const, name, ttl: 1, data: '192.0.2.1' }));
    const flags = 0x100 | rcode;
    dns.send(encode({ type: 'response', id: id ?? 0, flags, questions: questions ?? [], answers }), port, address);
  });
  createInterface({ input: process.stdin }).on('line', (line) => become(line as Failing));
  http.listen(FAILING_PORTS.http, () => process.stdout.write('ready\n'));
}

function become(next: Failing): void {
  if (mode === 'closed') http.listen(FAILING_PORTS.http);
  // Or who is patient would read the old answer for minutes.
  if (mode === 'drip') http.closeAllConnections();
  mode = next;
  https.setSecureContext(certificate(mode === 'expired' ? 'expired' : 'good'));
  if (mode !== 'closed') return;
  http.close();
  http.closeAllConnections();
}

function plainServer(): Server {
  const server = createServer(answer);
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

function certificate(name: string): { key: Buffer; cert: Buffer } {
  return { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, `${name}.pem`)) };
}

main();
