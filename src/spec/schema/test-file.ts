import { z } from 'zod';
import { leaf, show } from '../leaf.ts';
import { duration, flag, integer, percentage, text, word } from '../scalars.ts';

const names = z.array(text());
const wordOrWords = z.union([text(), names], { error: 'must be a name or a list of names' });

/** A text that may have several lines, such as a listing. */
const lines = leaf((value) => (typeof value === 'string' ? { value } : { wrong: `must be text, not ${show(value)}` }), {
  type: 'string',
});
const lineOrLines = z.union([lines, names], { error: 'must be a list of steps, or a text with one on each line' });

const failure = z
  .strictObject({
    director: text().optional().describe('The director that failed, or on which something did. Default: on every one.'),
    interface: text().optional().describe('Interface of that director that is down.'),
    script: text().optional().describe('Track script that fails.'),
    process: text().optional().describe('Track process that is gone.'),
    bfd: text().optional().describe('BFD session that is down.'),
    file: text().optional().describe('Track file that has changed to `value`.'),
    value: integer({ min: -2147483648, max: 2147483647 }).optional().describe('Number in the track file.'),
  })
  .meta({ title: 'failure' });

const failures = z.union([failure, z.array(failure)], { error: 'must be a failure or a list of failures' });

const event = z
  .strictObject({
    fails: failures.optional().describe('What fails now; several things at the same moment.'),
    recovers: failures.optional().describe('What works again, of what has failed before.'),
  })
  .meta({ title: 'event' });

const allow = z
  .strictObject({
    empty: flag().optional().describe('As --allow-empty.'),
    older: flag().optional().describe('As --allow-older.'),
    unheld_vip: flag().optional().describe('As --allow-unheld-vip.'),
    max_remove: percentage().optional().describe('As --max-remove.'),
    max_remove_services: percentage().optional().describe('As --max-remove-services.'),
    adopt: names.optional().describe('As --adopt.'),
    prune: names.optional().describe('As --prune.'),
  })
  .meta({ title: 'allow section' });

const hazard = z.union(
  [
    text(),
    z
      .strictObject({
        guard: text().describe('Name of the guard.'),
        subject: text().describe('What is in danger, as plans name it.'),
      })
      .meta({ title: 'hazard' }),
  ],
  { error: 'must be the name of a guard, or a mapping with guard and subject' },
);

const finding = z.union(
  [
    text(),
    z
      .strictObject({
        rule: text().describe('Number or name of the rule.'),
        line: integer({ min: 1, max: 1_000_000 }).optional().describe('Line of the spec.'),
        file: text().optional().describe('File of the spec. Default: any.'),
      })
      .meta({ title: 'finding' }),
  ],
  { error: 'must be the number or the name of a rule, or a mapping with rule and line' },
);

const fragments = z.union([lines, z.array(lines)], { error: 'must be lines of keepalived.conf, as text or as a list' });

const conf = z
  .strictObject({
    contains: fragments
      .optional()
      .describe('Lines that must be in it, and blocks with some of their lines, wherever they stand.'),
    not_contains: fragments.optional().describe('Lines that must not be in it; within a block, not in that block.'),
  })
  .meta({ title: 'keepalived section' });

const expect = z
  .strictObject({
    steps: lineOrLines
      .optional()
      .describe(
        'All steps of the plan, in order, as ipvsadm takes them (-A, -a ...) or in the words of `apply`. []: none.',
      ),
    hazards: z.array(hazard).optional().describe('All guards that refuse the plan. []: none.'),
    findings: z
      .array(finding)
      .optional()
      .describe('All errors and warnings of lint, and the infos that are worth naming. []: neither error nor warning.'),
    holders: z
      .record(text(), wordOrWords)
      .optional()
      .describe('Who holds a VIP, or the VIPs of a VRRP instance, after failures and events. []: nobody.'),
    holds: names.optional().describe('All VIPs that `director` holds after failures and events.'),
    keepalived: conf.optional().describe('What the keepalived.conf of `director` says.'),
    serving: z
      .record(text(), wordOrWords)
      .optional()
      .describe('Real servers, by service, that get new connections with these verdicts of health. []: none.'),
  })
  .meta({ title: 'expect section' });

const testCase = z
  .strictObject({
    live: z
      .union(
        [
          lines,
          z.strictObject({ spec: wordOrWords.describe('Specs that were applied.') }).meta({ title: 'live section' }),
        ],
        {
          error: 'must be what `ipvsadm -Sn` prints, or a mapping such as { spec: before.lvs.yaml }',
        },
      )
      .optional()
      .describe('The live table: what `ipvsadm -Sn` prints, or a spec that was applied. Default: empty.'),
    managed: z
      .union([word(['all', 'none']), names], { error: 'must be all, none, or a list of services' })
      .optional()
      .describe(
        'Live services that lvsctl manages. Default: with a spec all, with a listing those that the spec under test has.',
      ),
    connections: z
      .record(text(), integer({ min: 0, max: 2147483647 }))
      .optional()
      .describe('Active connections, by `service/server`. Default 0.'),
    draining: z
      .record(text(), duration({ min: 0, max: 86400 }))
      .optional()
      .describe('For how long real servers have been draining, by `service/server`.'),
    generation: integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .describe('The generation that was applied last.'),
    drain: duration({ min: 0, max: 86400 }).optional().describe('As --drain.'),
    allow: allow.optional().describe('What the person who runs the plan says is meant.'),
    director: text().optional().describe('The director that `holds` and `keepalived` speak of.'),
    failed: z.array(failure).optional().describe('What has failed. Default: nothing.'),
    events: z
      .array(event)
      .optional()
      .describe(
        'What happens after that, in this order, each time once every director is done with what was before. Default: nothing.',
      ),
    health: z
      .record(text(), word(['up', 'down']))
      .optional()
      .describe('Verdicts of health checks, by `service/server`. Default up.'),
    expect: expect.describe('What must come of it.'),
  })
  .meta({ title: 'case' });

/** A file of test cases for a spec. */
export const testFileSchema = z
  .strictObject({
    spec: wordOrWords.describe(
      'File or directory of the spec under test, relative to this file; several make one spec.',
    ),
    cases: z.record(text(), testCase).describe('What is tested, by a sentence that says what must hold.'),
  })
  .meta({ title: 'test file' });

export type TestFile = z.output<typeof testFileSchema>;
export type TestCase = z.output<typeof testCase>;
export type WrittenFailure = z.output<typeof failure>;
export type ExpectedFinding = z.output<typeof finding>;
