import { readText } from '../../model/document.ts';
import type { ControlRequest } from '../control.ts';

/** How far is it? */
export const overrideFollow: ControlRequest<'override-follow'> = {
  write: (body) => body,
  read: (fields) => ({ id: readText(fields, 'id') }),
  answer: ({ id }, desk) => desk.follow(id),
};
