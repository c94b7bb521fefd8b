import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt } from '../../../src/host/probes/excerpt.ts';

const TEXTS = [
  ['fine', 'fine'],
  ['\n  fine \r\nmore', 'fine'],
  ['', ''],
  ['\x1b[31mred\x07\u202e', '?[31mred??'],
  [Buffer.from([0x53, 0x53, 0x48, 0xff, 0x00]), 'SSH\ufffd?'],
  ['ü'.repeat(200), `${'ü'.repeat(120)}…`],
] as const;

for (const [text, shown] of TEXTS)
  test(`${JSON.stringify(String(text).slice(0, 20))} is shown as one plain line`, () => {
    assert.equal(excerpt(text), shown);
  });
