import type { Asking } from './asked.ts';
import { withConnection } from './connection.ts';
import { askByHttp } from './http-exchange.ts';

/** A request is answered with the right status and body. */
export const askHttp: Asking<'http'> = (asked) => withConnection(asked, (connection) => askByHttp(connection, asked));
