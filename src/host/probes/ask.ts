import { destinationOf } from '../../model/check.ts';
import type { Answer, Question } from '../../model/verdict.ts';
import type { Asked, Asking, Kind, Surroundings } from './asked.ts';
import { askBfd } from './bfd.ts';
import { withDeadline } from './deadline.ts';
import { askDns } from './dns.ts';
import { askFile } from './file.ts';
import { askGrpc } from './grpc.ts';
import { askHttp } from './http.ts';
import { askHttps } from './https.ts';
import { askLdap } from './ldap.ts';
import { askMysql } from './mysql.ts';
import { askPing } from './ping.ts';
import { failureOf, hostFaultOf } from './probe-failure.ts';
import { askRedis } from './redis.ts';
import { askScript } from './script.ts';
import { askSmtp } from './smtp.ts';
import { askTcp } from './tcp.ts';
import { askUdp } from './udp.ts';

const PROBES: { readonly [K in Kind]: Asking<K> } = {
  tcp: askTcp,
  http: askHttp,
  https: askHttps,
  dns: askDns,
  udp: askUdp,
  smtp: askSmtp,
  ldap: askLdap,
  mysql: askMysql,
  redis: askRedis,
  grpc: askGrpc,
  ping: askPing,
  script: askScript,
  file: askFile,
  bfd: askBfd,
};

/**
 * Asks one question to one real server, and ends when the signal says so, a script at most half a second later. Whatever the
 * server does is an answer. An OperationError says that this host could not ask, so that nothing is known of the server: it is out
 * of file descriptors, say, or a file or program that the check needs is not there.
 */
export async function ask(question: Question, surroundings: Surroundings): Promise<Answer> {
  const { server, check, timeoutSeconds } = question;
  const { probe, source } = check;
  const { address, port } = destinationOf(check, server);
  const askNow = (signal: AbortSignal) =>
    askKind(probe.kind, { probe, address, port, source, signal, question, surroundings });
  try {
    return await withDeadline(askNow, { seconds: timeoutSeconds, end: surroundings.signal });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw hostFaultOf(error) ?? error;
    return { ok: false, detail: failure.message };
  }
}

function askKind<K extends Kind>(kind: K, asked: Asked<K>): Promise<Answer> {
  return PROBES[kind](asked);
}
