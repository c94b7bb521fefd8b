import { type IncomingMessage, request } from 'node:http';
import type { Connection } from './connection.ts';
import { readBody } from './http-body.ts';
import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';

/** Asks by HTTP/1.1, for one response and no more (`Connection: close`). */
export async function exchangeHttp11({ socket }: Connection, asked: HttpRequest): Promise<HttpResponse> {
  const { method, path, authority, headers } = asked;
  const sent = request({ createConnection: () => socket, method, path, headers: { ...headers, host: authority } });
  const response = await new Promise<IncomingMessage>((done, fail) => {
    sent.on('response', done).on('error', fail).end();
  });
  return { status: response.statusCode ?? 0, body: await readBody(response) };
}
