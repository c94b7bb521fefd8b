import { DocumentError, type Fields, readText } from '../../model/document.ts';
import { type EndOrder, type EndSubject, formatSubject, parseSubject } from '../../plan/hand-order.ts';
import type { ControlRequest } from '../control.ts';
import { readPermissions } from './permissions.ts';

/** End that. */
export const overrideEnd: ControlRequest<'override-end'> = {
  write: ({ subject, ...order }) => ({ ...order, subject: formatSubject(subject) }),
  read: (fields) => ({
    subject: readSubject(fields),
    verb: readVerb(fields),
    permissions: readPermissions(fields),
  }),
  answer: (order, desk, caller) => desk.end(order, caller),
};

function readSubject(fields: Fields): EndSubject {
  const subject = parseSubject(readText(fields, 'subject'));
  if (subject !== undefined) return subject;
  throw new DocumentError('"subject" is neither an id nor a target');
}

function readVerb({ verb }: Fields): EndOrder['verb'] {
  if (verb === 'undrain' || verb === 'enable') return verb;
  throw new DocumentError('"verb" is neither undrain nor enable');
}
