import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HandOver } from '../../src/keepalived/hand-over.ts';
import { mayBeHeld, type SeenHolder } from '../../src/keepalived/seen-holder.ts';
import { foretoldText, handedOverText, notHandedOverText } from '../../src/view/hand-over-text.ts';

const WEB: HandOver = {
  instance: 'web',
  virtualRouterId: 51,
  vips: ['203.0.113.10', '203.0.113.11'],
  withdrawal: 'lower',
  peers: [
    { name: 'lb2', address: '192.0.2.12' },
    { name: '192.0.2.13', address: '192.0.2.13' },
  ],
  ownsAddress: false,
  returns: true,
  preemptDelaySeconds: 0,
  advertSeconds: 1,
};

const FORETOLD: readonly (readonly [more: Partial<HandOver>, isHere: boolean, text: RegExp])[] = [
  [
    {},
    true,
    /^web: lb2 or 192\.0\.2\.13 takes 203\.0\.113\.10, 203\.0\.113\.11 over from priority 1, before lb1 lets go$/,
  ],
  [{ preemptDelaySeconds: 60 }, true, /priority 1 after the preempt_delay of 1m, before lb1 lets go$/],
  [
    { withdrawal: 'leave' },
    true,
    /^web: lb1 gives .* up with an advert of priority 0, upon which lb2 or 192\.0\.2\.13/,
  ],
  [{}, false, /^web: lb1 holds none of its VIPs; it has priority 1 here$/],
  [{ withdrawal: 'leave' }, false, /; it leaves the file$/],
];

for (const [more, isHere, text] of FORETOLD)
  test(`what is foretold: ${text.source}`, () => {
    assert.match(foretoldText({ ...WEB, ...more }, { director: 'lb1', isHere }), text);
  });

const SEEN: readonly (readonly [seen: SeenHolder, isFine: boolean, text: RegExp])[] = [
  [
    { instance: WEB, kind: 'adverts', source: '192.0.2.12', priority: 100 },
    true,
    /lb2 \(192\.0\.2\.12\) sends its adverts, priority 100\./,
  ],
  [
    { instance: WEB, kind: 'adverts', source: 'fe80::1', priority: 90 },
    true,
    /left this director; fe80::1 sends its adverts, priority 90\./,
  ],
  [{ instance: WEB, kind: 'answers' }, true, /no adverts were heard, but every VIP answers ping\./],
  [
    { instance: WEB, kind: 'unknown', reasons: ['tcpdump is not installed', 'ping is not installed'] },
    true,
    /not known: tcpdump is not installed; ping is not installed\./,
  ],
  [{ instance: WEB, kind: 'nobody' }, false, /nobody was seen to have taken over/],
];

for (const [seen, isFine, text] of SEEN)
  test(`what was seen of the peers is said as it is: ${seen.kind}`, () => {
    assert.equal(mayBeHeld(seen), isFine);
    const maintenance = { since: 0, author: 'ops', reason: null };
    const said = handedOverText({ director: 'lb1', maintenance, seen: [seen] });
    assert.match(said, text);
    assert.match(said, /^lb1 is in maintenance since 1970-01-01 00:00:00Z by ops\. It ends with/m);
    assert.equal(notHandedOverText({ held: [], seen: [seen] }) === '', isFine);
  });

test('VIPs that do not leave are named', () => {
  assert.match(notHandedOverText({ held: ['203.0.113.10'], seen: [] }), /203\.0\.113\.10 did not leave/);
});
