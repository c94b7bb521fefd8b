import type { Purpose } from '../../src/commands/purpose.ts';

/** A plan is carried out, and nothing beside the journal is remembered of it. */
export const PLAIN_PURPOSE: Purpose = {
  verb: 'apply',
  reason: 'test',
  isUrgent: false,
  begin: async (state) => state,
  keepOn: async () => undefined,
  end: async (state) => state,
  conclude: async () => undefined,
};
