import { z } from 'zod';
import { duration, integer } from '../scalars.ts';

/** A time, and in how many steps. */
export const slowStart = z
  .union(
    [
      duration({ min: 1, max: 86400 }),
      z
        .strictObject({
          time: duration({ min: 1, max: 86400 }).describe('How long it takes to the full weight.'),
          steps: integer({ min: 2, max: 100 })
            .optional()
            .describe('In how many equal steps. Default 10.')
            .meta({ default: 10 }),
        })
        .meta({ title: 'slow_start' }),
    ],
    { error: 'must be a time such as 30s, or a mapping such as { time: 2m, steps: 4 }' },
  )
  .meta({ id: 'SlowStart', examples: ['30s', { time: '2m', steps: 4 }] });
