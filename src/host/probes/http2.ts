import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import type { Connection } from './connection.ts';
import { type Body, readBody } from './http-body.ts';
import type { HttpRequest } from './http-request.ts';
import { CLOSED_EARLY, ProbeFailure } from './probe-failure.ts';

export interface Http2Response {
  readonly status: number;
  /** Those at the end come over those at the beginning. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

/** Asks by HTTP/2, without asking first whether the server speaks it. */
export async function exchangeHttp2(
  { socket }: Connection,
  asked: HttpRequest,
  payload?: Buffer,
): Promise<Http2Response> {
  // The request names its own authority.
  const session = connect(`${asked.scheme}://server`, { createConnection: () => socket });
  const broken = new Promise<never>((_, fail) => {
    session.on('error', fail).on('close', () => fail(new ProbeFailure(CLOSED_EARLY)));
  });
  broken.catch(() => undefined);
  try {
    return await Promise.race([exchange(session, asked, payload), broken]);
  } finally {
    session.destroy();
  }
}

async function exchange(session: ClientHttp2Session, asked: HttpRequest, payload?: Buffer): Promise<Http2Response> {
  const { method, scheme, authority, path, headers } = asked;
  const pseudo = { ':method': method, ':scheme': scheme, ':authority': authority, ':path': path };
  const stream = session.request({ ...pseudo, ...headers }, { endStream: payload === undefined });
  let trailers: IncomingHttpHeaders = {};
  stream.on('trailers', (last: IncomingHttpHeaders) => {
    trailers = last;
  });
  if (payload !== undefined) stream.end(payload);
  const beginning = await responseOn(stream);
  const body = await readBody(stream);
  if (isBrokenOff(stream, { method, length: beginning['content-length'], body })) throw new ProbeFailure(CLOSED_EARLY);
  return { status: Number(beginning[':status']), headers: { ...beginning, ...trailers }, body };
}

/** A stream may be closed without an error and without a response. */
function responseOn(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders> {
  return new Promise((done, fail) => {
    stream
      .on('response', done)
      .on('error', fail)
      .on('close', () => fail(new ProbeFailure(CLOSED_EARLY)));
  });
}

/** Node takes a stream that the server resets for one at its end. */
function isBrokenOff(
  { rstCode }: ClientHttp2Stream,
  { method, length, body }: { readonly method: string; readonly length: string | undefined; readonly body: Body },
): boolean {
  if (body.isCut) return false;
  return rstCode !== constants.NGHTTP2_NO_ERROR || (method !== 'HEAD' && Number(length ?? 0) > body.bytes.length);
}
