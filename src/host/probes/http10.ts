import type { Connection, Taken } from './connection.ts';
import { excerpt } from './excerpt.ts';
import { readBody } from './http-body.ts';
import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';
import { CLOSED_EARLY, ProbeFailure } from './probe-failure.ts';

/** Asks by HTTP/1.0 (RFC 1945), which Node's client does not speak. A body ends where its length says, or the connection ends. */
export async function exchangeHttp10({ socket, read, rest }: Connection, asked: HttpRequest): Promise<HttpResponse> {
  socket.write(requestText(asked), 'latin1');
  const head = await read(takeHead);
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?!\d)/.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new ProbeFailure(`the answer is not HTTP: ${excerpt(head)}`);
  const length = asked.method === 'HEAD' || status === 204 || status === 304 ? 0 : lengthIn(head);
  return { status, body: await readBody(bytesUpTo(length, rest())) };
}

function requestText({ method, path, authority, headers }: HttpRequest): string {
  const length = method === 'POST' ? { 'content-length': '0' } : {};
  const all = Object.entries({ host: authority, ...length, ...headers, connection: 'close' });
  return `${method} ${path} HTTP/1.0\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function takeHead(bytes: Buffer): Taken<string> | undefined {
  const [head] = /^.*?\n\r?\n/s.exec(bytes.toString('latin1')) ?? [];
  return head === undefined ? undefined : { value: head, length: head.length };
}

function lengthIn(head: string): number {
  const [, digits] = /^content-length:[ \t]*(\d+)[ \t]*\r?$/im.exec(head) ?? [];
  return digits === undefined ? Number.POSITIVE_INFINITY : Number(digits);
}

async function* bytesUpTo(length: number, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = length;
  if (left === 0) return;
  for await (const chunk of stream) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
  if (left !== Number.POSITIVE_INFINITY) throw new ProbeFailure(CLOSED_EARLY);
}
