import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HandOver } from '../../src/keepalived/hand-over.ts';
import { type Contact, handOverObstacles, unseenPeers } from '../../src/keepalived/hand-over-risks.ts';

function handOver(more: Partial<HandOver> = {}): HandOver {
  return {
    instance: 'web',
    virtualRouterId: 51,
    vips: ['203.0.113.10'],
    withdrawal: 'lower',
    peers: [{ name: 'lb2', address: '192.0.2.12' }],
    ownsAddress: false,
    returns: true,
    preemptDelaySeconds: 0,
    advertSeconds: 1,
    ...more,
  };
}

test('without a peer, or as the owner of the address, a director cannot hand over', () => {
  const messages = (more: Partial<HandOver>) => handOverObstacles([handOver(more)]).map(({ message }) => message);
  assert.deepEqual(messages({}), []);
  assert.match(messages({ peers: [] }).join(), /^no other director takes part/);
  assert.match(messages({ ownsAddress: true }).join(), /owns its addresses \(priority 255\)/);
});

const CONTACTS: readonly (readonly [Contact, lower: boolean, leave: boolean])[] = [
  ['speaks', true, true],
  ['answers', true, false],
  ['silent', false, false],
  ['unknown', false, false],
];

for (const [contact, lower, leave] of CONTACTS)
  test(`a peer of which it is known: ${contact}, ${lower ? 'may' : 'may not'} preempt, and ${leave ? 'may' : 'may not'} be left to`, () => {
    const contacts = new Map([['web', contact]]);
    const isFine = (withdrawal: HandOver['withdrawal']) =>
      unseenPeers([handOver({ withdrawal })], contacts).length === 0;
    assert.deepEqual([isFine('lower'), isFine('leave')], [lower, leave]);
  });
