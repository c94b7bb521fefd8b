import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAD_ROUTES, BAD_RULES, FATAL_ROUTE, FATAL_RULE, GOOD_ROUTES, GOOD_RULES } from '../../lint/ip-lines.ts';
import { type Ground, testConf } from './oracle.ts';

const GROUND: Ground = { interfaces: { eth0: ['192.0.2.11/24'], eth1: ['198.51.100.11/24'] } };

/** Lines of a block, each in an instance of its own. */
function confOf(block: string, lines: readonly string[]): string {
  return lines.map((line, index) => instanceOf(index + 1, [`${block} {`, line, '}'])).join('');
}

function instanceOf(id: number, lines: readonly string[]): string {
  const head = [`vrrp_instance i${id} {`, 'interface eth0', `virtual_router_id ${id}`];
  return [...head, 'virtual_ipaddress {', `203.0.113.${id}/24`, '}', ...lines, '}\n'].join('\n');
}

/** Those of the lines that keepalived has something to say of. */
async function criticised(block: string, lines: readonly string[]): Promise<readonly string[]> {
  const conf = confOf(block, lines);
  const numbers = (await testConf(conf, GROUND)).map((message) => Number(/Line (\d+)\)/.exec(message)?.[1]));
  return lines.filter((line) => numbers.includes(conf.split('\n').indexOf(line) + 1));
}

const CASES = [
  { block: 'virtual_routes', good: GOOD_ROUTES, bad: BAD_ROUTES, fatal: FATAL_ROUTE },
  { block: 'virtual_rules', good: GOOD_RULES, bad: BAD_RULES, fatal: FATAL_RULE },
] as const;

for (const { block, good, bad, fatal } of CASES) {
  test(`keepalived takes ${block} that lint lets through without a word`, async () => {
    assert.deepEqual(await testConf(confOf(block, good), GROUND), []);
  });

  test(`keepalived does not take any of the ${block} that lint refuses`, async () => {
    assert.deepEqual(await criticised(block, bad), bad);
  });

  test(`keepalived ends at once over ${block} that lack a value`, async () => {
    const [message = ''] = await testConf(confOf(block, [fatal]), GROUND);
    assert.match(message, /missing a parameter after keyword/);
  });
}
