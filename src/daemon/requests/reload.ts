import { readFlag, readOptional } from '../../model/document.ts';
import type { ControlRequest } from '../control.ts';

/** Read the spec now. */
export const reload: ControlRequest<'reload'> = {
  write: (body) => body,
  read: (fields) => ({ wait: readOptional(fields, 'wait', readFlag) ?? false }),
  answer: ({ wait }, desk) => desk.reload(wait),
};
