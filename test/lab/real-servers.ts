import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * The HTTP servers of a site, one for each listening socket it inherits: `real-servers.ts NAME... FD...`.
 * Every answer is the server's name. `/slow?ms=500` answers that late; `/hold?ms=5000` sends one line at once and the
 * rest that late, so that the connection is busy all the time.
 */
function main(words: readonly string[]): void {
  const names = words.slice(0, words.length / 2);
  names.forEach((name, index) => {
    const server = createServer((request, response) => answer(name, request, response));
    // A kept connection is the client's to close: a race with our own closing would look like a lost request.
    server.keepAliveTimeout = 0;
    server.requestTimeout = 0;
    server.listen({ fd: Number(words[names.length + index]) });
  });
  process.stdout.write('ready\n');
}

function answer(name: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
  const delay = Number(searchParams.get('ms') ?? 0);
  response.setHeader('content-type', 'text/plain');
  if (pathname === '/hold') response.write(`${name}\n`);
  if (delay > 0) setTimeout(() => response.end(`${name}\n`), delay);
  else response.end(`${name}\n`);
}

main(process.argv.slice(2));
