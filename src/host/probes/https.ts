import type { Asking } from './asked.ts';
import { withConnection } from './connection.ts';
import { askByHttp } from './http-exchange.ts';
import { secureBy } from './secure-by.ts';

/** The same over TLS. */
export const askHttps: Asking<'https'> = async (asked) => {
  const secure = await secureBy(asked.probe, { target: asked, alpn: asked.probe.protocol === '2' ? 'h2' : null });
  return withConnection(asked, (connection) => askByHttp(connection, asked), secure);
};
