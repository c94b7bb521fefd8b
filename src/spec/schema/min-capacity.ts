import { z } from 'zod';
import { percentage, word } from '../scalars.ts';

/** A share of the weight, and of which weight. */
export const minCapacity = z
  .union(
    [
      percentage(),
      z
        .strictObject({
          share: percentage().describe('Share of the weight, 0% to 100%.'),
          of: word(['enabled', 'all'])
            .optional()
            .describe(
              'Of which weight: `enabled` leaves out what was drained, disabled or lowered by hand, `all` is what the spec has. Default enabled.',
            )
            .meta({ default: 'enabled' }),
        })
        .meta({ title: 'min_capacity' }),
    ],
    { error: 'must be a share such as 50%, or a mapping such as { share: 50%, of: all }' },
  )
  .meta({ id: 'MinCapacity', examples: ['50%', { share: '50%', of: 'all' }] });
