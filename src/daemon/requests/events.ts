import { readCount, readOptional } from '../../model/document.ts';
import type { ControlRequest } from '../control.ts';

/** What happened since? */
export const events: ControlRequest<'events'> = {
  write: (body) => body,
  read: (fields) => ({ after: readOptional(fields, 'after', readCount) }),
  answer: ({ after }, desk) => desk.events(after),
};
