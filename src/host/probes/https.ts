import type { Asking } from './asked.ts';
import { withConnection } from './connection.ts';
import { untilAborted } from './deadline.ts';
import { askByHttp } from './http-exchange.ts';
import { authorities } from './trust.ts';

/** The same over TLS, with a certificate for the server name or, where there is none, for the address that is asked. */
export const askHttps: Asking<'https'> = async (asked) => {
  const { protocol, sni, ca, verify } = asked.probe;
  const secure = {
    name: sni ?? asked.address.text,
    trust: verify === false ? null : await untilAborted(authorities(ca), asked.signal),
    alpn: protocol === '2' ? 'h2' : null,
  };
  return withConnection(asked, (connection) => askByHttp(connection, asked), secure);
};
