import type { HttpProbe } from '../../model/check.ts';
import type { Answer } from '../../model/verdict.ts';
import type { Asked } from './asked.ts';
import type { Connection } from './connection.ts';
import { exchangeHttp10 } from './http10.ts';
import { exchangeHttp11 } from './http11.ts';
import { exchangeHttp2 } from './http2.ts';
import { type HttpRequest, requestOf } from './http-request.ts';
import { type HttpResponse, judgeResponse } from './http-response.ts';

const EXCHANGES = {
  '1.0': exchangeHttp10,
  '1.1': exchangeHttp11,
  '2': exchangeHttp2,
} as const satisfies Record<
  HttpProbe['protocol'],
  (connection: Connection, asked: HttpRequest) => Promise<HttpResponse>
>;

/** Asks by the version that the check names, and judges the response; a redirect is one like any other. */
export async function askByHttp(connection: Connection, asked: Asked<'http'> | Asked<'https'>): Promise<Answer> {
  const { probe } = asked;
  return judgeResponse(await EXCHANGES[probe.protocol](connection, requestOf(probe, asked)), probe);
}
