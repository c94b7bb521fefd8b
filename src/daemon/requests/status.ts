import type { ControlRequest } from '../control.ts';

/** How is it? */
export const status: ControlRequest<'status'> = {
  write: () => ({}),
  read: () => ({}),
  answer: async (_body, desk) => desk.status(),
};
