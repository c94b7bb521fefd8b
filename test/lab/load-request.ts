import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Agent, get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { decode, encode } from 'dns-packet';

/** How a request of a load is sent. */
export interface RequestPlan {
  readonly agent: Agent | false;
  /** For https: PEM of the authority, and the name that the certificate must be for. */
  readonly trust?: { readonly ca: string; readonly name: string } | undefined;
  readonly onConnection: () => void;
}

const ANSWER_MILLISECONDS = 10_000;

/**
 * The name of the server that answers `http://`, `https://` or `dns://ADDRESS/NAME`, by DNS that of the address; fails on
 * any other answer, a cut one and a late one.
 */
export function request(url: string, plan: RequestPlan): Promise<string> {
  const { protocol, hostname, pathname } = new URL(url);
  return protocol === 'dns:' ? requestDns(hostname, pathname.slice(1)) : requestHttp(url, plan);
}

function requestHttp(url: string, { agent, trust, onConnection }: RequestPlan): Promise<string> {
  const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
  return new Promise((done, fail) => {
    const take = (response: IncomingMessage) => {
      readBody(response).then((body) => {
        if (response.statusCode === 200) done(body.trim().split('\n')[0] ?? '');
        else fail(new Error(`status ${response.statusCode}`));
      }, fail);
    };
    const sent =
      trust === undefined
        ? get(url, { agent, signal }, take)
        : getSecurely(url, { agent: false, signal, ca: trust.ca, servername: trust.name }, take);
    sent.once('error', fail);
    sent.once('socket', () => {
      if (!sent.reusedSocket) onConnection();
    });
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return body;
}

async function requestDns(address: string, name: string): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.connect(53, address);
    await once(socket, 'connect');
    socket.send(encode({ type: 'query', id: 1, flags: 0x100, questions: [{ name, type: 'A' }] }));
    const [reply] = (await once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) })) as [Buffer];
    const { answers = [], ...header } = decode(reply);
    const answer = answers.find(({ type }) => type === 'A');
    const rcode = 'rcode' in header ? header.rcode : '';
    if (rcode !== 'NOERROR' || answer?.type !== 'A') throw new Error(`rcode ${rcode}`);
    return answer.data;
  } finally {
    socket.close();
  }
}
