import type { ControlRequest } from '../control.ts';

/** Is there anybody? */
export const ping: ControlRequest<'ping'> = {
  write: () => ({}),
  read: () => ({}),
  answer: async (_body, desk) => {
    const { pid, version } = desk.status();
    return { pid, version };
  },
};
