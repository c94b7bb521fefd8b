import { formatEndpoint } from '../../model/address.ts';
import type { Answer } from '../../model/verdict.ts';
import { type Asking, ill, well } from './asked.ts';
import { withConnection } from './connection.ts';
import { excerpt } from './excerpt.ts';
import { exchangeHttp2, type Http2Response } from './http2.ts';
import { secureBy } from './secure-by.ts';

/** The health service says that it, or the service that is named, is serving. */
export const askGrpc: Asking<'grpc'> = async (asked) => {
  const { service, tls } = asked.probe;
  const request = {
    method: 'POST',
    scheme: tls ? 'https' : 'http',
    authority: tls?.sni ?? formatEndpoint(asked.address.text, asked.port),
    path: '/grpc.health.v1.Health/Check',
    headers: { 'content-type': 'application/grpc', te: 'trailers', 'user-agent': 'lvsctl' },
  } as const;
  return withConnection(
    asked,
    async (connection) => judge(await exchangeHttp2(connection, request, healthRequest(service ?? ''))),
    tls && (await secureBy(tls, { target: asked, alpn: 'h2' })),
  );
};

/** A message goes behind a byte for its compression and four for its length; in it the service is field 1, a text. */
function healthRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const field = name.length === 0 ? name : Buffer.concat([Buffer.of(0x0a), varint(name.length), name]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(field.length, 1);
  return Buffer.concat([head, field]);
}

function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.of(value) : Buffer.of((value % 0x80) + 0x80, Math.floor(value / 0x80));
}

function judge({ status, headers, body }: Http2Response): Answer {
  if (status !== 200) return ill(`HTTP status ${status}`);
  const code = Number(headers['grpc-status'] ?? Number.NaN);
  if (code !== 0) return ill(`${CODES[code] ?? 'no gRPC status'}${messageIn(headers['grpc-message'])}`);
  const health = HEALTH[healthIn(body.bytes)];
  return health === 'SERVING' ? well(health) : ill(health ?? 'the answer is no answer of a health service');
}

/** The state is field 1, a number; UNKNOWN is left out, as every 0 (grpc.health.v1). */
function healthIn(message: Buffer): number {
  if (message.length === 5) return 0;
  return message.length === 7 && message[5] === 0x08 ? message.readUInt8(6) : Number.NaN;
}

const HEALTH = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;

/** By number (grpc/doc/statuscodes.md). */
const CODES: readonly string[] = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
];

/** Bytes that are no plain characters come as %xx. */
function messageIn(text: string | string[] | undefined): string {
  if (text === undefined || text === '') return '';
  const bytes = String(text).replace(/%([0-9A-Fa-f]{2})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return `: ${excerpt(Buffer.from(bytes, 'latin1'))}`;
}
