import { z } from 'zod';
import { word } from '../scalars.ts';
import { named } from './names.ts';

/** What a rule may be told to be. */
export const RULE_LEVELS = ['off', 'info', 'warning', 'error'] as const;

/** What the authors of a spec want to hear of it. */
export const lintSection = z
  .strictObject({
    rules: named(word(RULE_LEVELS).describe('off, info, warning or error.'))
      .optional()
      .describe(
        'Severities by number or name of a rule: off, info, warning or error. Rules about reading (LVS0xx) cannot be changed, and what is an error by itself stays one for the verbs that act on the spec.',
      )
      .meta({ examples: [{ 'persistence-drain': 'off', LVS225: 'error' }] }),
  })
  .meta({ title: 'lint section' });
