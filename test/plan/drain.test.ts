import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DrainIntent } from '../../src/model/state.ts';
import type { RealServer, ServiceAddress } from '../../src/model/table.ts';
import { drainVerdict } from '../../src/plan/drain.ts';
import { fwmark, server, tcp } from './build.ts';

const SERVICE = tcp('192.0.2.1');
const UDP: ServiceAddress = { kind: 'address', family: 'ipv4', protocol: 'udp', vip: '192.0.2.1', port: 80 };
const DR = { forwarding: { method: 'dr' } } as const;

/** A drain of five minutes that began at 1,000,000 ms. */
const BEGUN: DrainIntent = { service: '', server: '', startedAt: 1_000_000, drainSeconds: 300, weight: 1 };

interface Moment {
  readonly claim: string;
  readonly real: RealServer;
  readonly service?: ServiceAddress;
  readonly open?: readonly [active: number, inactive: number];
  readonly intent?: DrainIntent | undefined;
  readonly after?: number;
  readonly drainSeconds?: number;
  readonly verdict: string;
}

const MOMENTS: readonly Moment[] = [
  { claim: 'one with weight is quiesced', real: server('10.0.0.1', 5), intent: undefined, verdict: 'quiesce' },
  {
    claim: 'one that was raised during its drain is quiesced again',
    real: server('10.0.0.1', 5),
    after: 10,
    verdict: 'quiesce',
  },
  {
    claim: 'one with weight 0 that nobody journalled waits, and so is journalled',
    real: server('10.0.0.1', 0),
    intent: undefined,
    verdict: 'wait',
  },
  {
    claim: 'one with active connections waits',
    real: server('10.0.0.1', 0),
    open: [3, 0],
    after: 299,
    verdict: 'wait',
  },
  {
    claim: 'one whose drain is over goes, connections or not',
    real: server('10.0.0.1', 0),
    open: [3, 0],
    after: 300,
    verdict: 'remove',
  },
  {
    claim: 'one without connections stays for the handshakes of its last second',
    real: server('10.0.0.1', 0),
    after: 1.9,
    verdict: 'wait',
  },
  { claim: 'one without connections goes then', real: server('10.0.0.1', 0), after: 2, verdict: 'remove' },
  {
    claim: 'by NAT, closed connections hold nobody up',
    real: server('10.0.0.1', 0),
    open: [0, 9],
    after: 2,
    verdict: 'remove',
  },
  {
    claim: 'by DR, a client may still come back on one',
    real: server('10.0.0.1', 0, DR),
    open: [0, 9],
    after: 200,
    verdict: 'wait',
  },
  { claim: 'by DR too, the drain ends', real: server('10.0.0.1', 0, DR), open: [0, 9], after: 300, verdict: 'remove' },
  {
    claim: 'UDP has no active connections, so all count',
    real: server('10.0.0.1', 0),
    service: UDP,
    open: [0, 1],
    after: 60,
    verdict: 'wait',
  },
  {
    claim: 'drain 0 goes at once, with weight and connections',
    real: server('10.0.0.1', 5),
    open: [3, 0],
    drainSeconds: 0,
    verdict: 'remove',
  },
  {
    claim: 'a DR server under a strange port cannot be edited, so it goes at once',
    real: server('10.0.0.1', 5, { ...DR, port: 8080 }),
    verdict: 'remove',
  },
  {
    claim: 'but for a fwmark its port is its own',
    real: server('10.0.0.1', 5, { ...DR, port: 8080 }),
    service: fwmark(7),
    verdict: 'quiesce',
  },
  {
    claim: 'a start in the future, from before the clock was set back, begins anew',
    real: server('10.0.0.1', 0),
    after: -60,
    verdict: 'quiesce',
  },
];

for (const {
  claim,
  real,
  service = SERVICE,
  open = [0, 0],
  after = 0,
  drainSeconds = 300,
  verdict,
  ...rest
} of MOMENTS)
  test(`a leaving server: ${claim}`, () => {
    const intent = 'intent' in rest ? rest.intent : BEGUN;
    const count = { active: open[0], inactive: open[1] };
    const now = BEGUN.startedAt + after * 1000;
    assert.equal(drainVerdict(real, { count, intent, service }, { drainSeconds, now }), verdict);
  });
