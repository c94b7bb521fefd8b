import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { play } from './play.ts';
import { formatScenario, readScenario, scenarioName, withGiven } from './parse-scenario.ts';

// Every *.scenario file is one test: what is there, the command, and all that comes of it. A table or a file that is not
// told of afterwards must be as before. UPDATE_SCENARIOS=1 writes what comes instead of comparing: read that diff.
const UPDATE = process.env.UPDATE_SCENARIOS === '1';

describe('scenarios', { concurrency: 4 }, () => {
  const paths = globSync(join(import.meta.dirname, '*/*.scenario')).sort();
  const only = process.env.SCENARIO ?? '';
  for (const path of paths.filter((each) => each.includes(only))) {
    const scenario = readScenario(path);
    test(`${scenarioName(path)}: ${scenario.claim}`, { timeout: 60_000 }, async () => {
      const sections = await play(withGiven(scenario).sections, scenario.sections);
      const came = formatScenario({ ...scenario, sections });
      if (UPDATE) writeFileSync(path, came);
      assert.equal(came, readFileSync(path, 'utf8'));
    });
  }
});
