import type { ControlRequest } from '../control.ts';

/** What do the checks say? */
export const verdicts: ControlRequest<'verdicts'> = {
  write: () => ({}),
  read: () => ({}),
  answer: async (_body, desk) => desk.verdicts(),
};
