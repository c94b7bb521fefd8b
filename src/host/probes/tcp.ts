import { type Asking, well } from './asked.ts';
import { withConnection } from './connection.ts';

/** A connection can be opened. */
export const askTcp: Asking<'tcp'> = (asked) => withConnection(asked, async () => well('connected'));
