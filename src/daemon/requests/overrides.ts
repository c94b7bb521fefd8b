import type { ControlRequest } from '../control.ts';

/** What was decided by hand? */
export const overrides: ControlRequest<'overrides'> = {
  write: () => ({}),
  read: () => ({}),
  answer: (_body, desk) => desk.overrides(),
};
