import assert from 'node:assert/strict';
import type { Check } from '../../src/model/check.ts';
import { loadText } from './load-text.ts';

/** What a check of a spec means. */
export function checkOf(text: string): Check {
  const { services } = loadText(
    `version: 1\nservices: { web: { vip: 203.0.113.1, port: 80, forwarding: nat, check: ${text}, servers: { a: 10.0.0.1 } } }\n`,
  ).desired;
  const check = services[0]?.servers[0]?.check ?? null;
  assert.ok(check !== null, text);
  return check;
}
