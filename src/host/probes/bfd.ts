import { OperationError } from '../../errors.ts';
import type { Asking } from './asked.ts';

/** keepalived speaks BFD itself; lint refuses such a check of a service that lvsctl owns. */
export const askBfd: Asking<'bfd'> = async ({ probe }) => {
  throw new OperationError(`Only keepalived can ask BFD session ${probe.instance}`);
};
