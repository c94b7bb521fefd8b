import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { MOST_BODY_BYTES } from '../../../src/host/probes/http-body.ts';
import type { HttpProbe } from '../../../src/model/check.ts';

/** A request of the plainest kind. */
export const PLAIN: HttpProbe = {
  path: '/healthz',
  method: 'GET',
  host: null,
  headers: {},
  status: [{ first: 200, last: 299 }],
  body: null,
  digest: null,
  protocol: '1.1',
};

/** What servers of HTTP/1 and of HTTP/2 both know. */
interface Response {
  writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
  write(text: string, done: () => void): unknown;
  end(body: string | Buffer): unknown;
  destroy(): unknown;
}

export type Serve = (request: { readonly url?: string | undefined }, response: Response) => void;

const BODY = 'status: fine\n';
const LARGE = Buffer.alloc(MOST_BODY_BYTES + 1, 'x');

export function serving(status = 200, body: string | Buffer = BODY, headers: OutgoingHttpHeaders = {}): Serve {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

const digestOf = (algorithm: string, body: string | Buffer = BODY) => createHash(algorithm).update(body).digest('hex');
const range = (first: number, last = first) => ({ first, last });

export interface HttpRow {
  /** A server that answers … */
  readonly what: string;
  readonly asked?: Partial<HttpProbe>;
  readonly serve?: Serve;
}

export const WELL: readonly (HttpRow & { readonly detail: string })[] = [
  { what: 'with a status of the range', detail: 'status 200, 13 bytes' },
  {
    what: 'with one of several statuses',
    asked: { status: [range(200), range(401, 404)] },
    serve: serving(403),
    detail: 'status 403, 13 bytes',
  },
  { what: 'with a body that matches', asked: { body: 'status: (?:fine|good)' }, detail: 'status 200, 13 bytes' },
  { what: 'with a body of that MD5', asked: { digest: digestOf('md5') }, detail: 'status 200, 13 bytes' },
  { what: 'with a body of that SHA-256', asked: { digest: digestOf('sha256') }, detail: 'status 200, 13 bytes' },
  { what: 'to HEAD without a body', asked: { method: 'HEAD' }, detail: 'status 200, 0 bytes' },
  { what: 'without a body', serve: serving(204, ''), detail: 'status 204, 0 bytes' },
  {
    what: 'with a redirect that is wanted',
    asked: { status: [range(302)] },
    serve: serving(302, '', { location: '/' }),
    detail: 'status 302, 0 bytes',
  },
  {
    what: 'with a body too long to read, but matching at once',
    asked: { body: '^x' },
    serve: serving(200, LARGE),
    detail: 'status 200, more than 1048576 bytes',
  },
  {
    what: 'with a body of the most bytes, and their digest',
    asked: { digest: digestOf('md5', LARGE.subarray(1)) },
    serve: serving(200, LARGE.subarray(1)),
    detail: 'status 200, 1048576 bytes',
  },
];

export const DOWN: readonly (HttpRow & { readonly detail: RegExp })[] = [
  { what: 'with a wrong status', serve: serving(503), detail: /^status 503, wanted 200-299$/ },
  {
    what: 'with none of several statuses',
    asked: { status: [range(200), range(401, 404)] },
    serve: serving(204, ''),
    detail: /^status 204, wanted 200,401-404$/,
  },
  {
    what: 'with a redirect, which is not followed',
    serve: (request, response) =>
      (request.url === '/' ? serving() : serving(302, '', { location: '/' }))(request, response),
    detail: /^status 302, wanted 200-299$/,
  },
  { what: 'with a body that does not match', asked: { body: 'good' }, detail: /^body does not match, in 13 bytes$/ },
  {
    what: 'with a body on which the pattern would try for ever',
    asked: { body: '^(\\w+\\s?)+$' },
    serve: serving(200, `${'a'.repeat(60)}!`),
    detail: /^body takes too long to match \(more than 100 ms\), in 61 bytes: simplify the pattern$/,
  },
  {
    what: 'with a body that matches too late',
    asked: { body: 'y' },
    serve: serving(200, Buffer.concat([LARGE, Buffer.from('y')])),
    detail: /^body does not match, in its first 1048576 bytes$/,
  },
  {
    what: 'with a body of another MD5',
    asked: { digest: '0'.repeat(32) },
    detail: new RegExp(`^the digest of the body is ${digestOf('md5')}$`),
  },
  {
    what: 'with a body of another SHA-256',
    asked: { digest: '0'.repeat(64) },
    detail: new RegExp(`^the digest of the body is ${digestOf('sha256')}$`),
  },
  {
    what: 'with a body too long for a digest',
    asked: { digest: digestOf('md5', LARGE) },
    serve: serving(200, LARGE),
    detail: /^the body has more than 1048576 bytes, too many for a digest$/,
  },
  {
    what: 'with half of a body, and breaks off',
    serve: (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    },
    detail: /closed|reset/,
  },
];
