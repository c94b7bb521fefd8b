import type { Answer } from '../../model/verdict.ts';
import { type Asking, ill, well } from './asked.ts';
import { withDatagram } from './datagram.ts';

/** How long a refusal is waited for where no reply is wanted. */
const REFUSAL_SECONDS = 0.5;

/**
 * A datagram gets the reply that it should. Where none is wanted, it must not be refused: an ICMP message that the port is
 * closed, or the host cannot be reached, is down; any reply is well, and so is silence for half a second, or for half the
 * timeout where that is less.
 */
export const askUdp: Asking<'udp'> = (asked) => {
  const { payload, reply: wanted } = asked.probe;
  const seconds = Math.min(REFUSAL_SECONDS, asked.question.timeoutSeconds / 2);
  return withDatagram(asked, {
    payload: Buffer.from(payload ?? '', 'hex'),
    take: (reply) => (wanted === null ? well('replied') : judge(reply, wanted)),
    ...(wanted === null && { silence: { seconds, means: well('not refused') } }),
  });
};

function judge(reply: Buffer, wanted: string): Answer {
  const begins = reply.toString('hex', 0, wanted.length / 2);
  const fits = new RegExp(`^${wanted.replaceAll('x', '.')}$`).test(begins);
  return fits ? well('replied') : ill(`the reply begins with ${begins}, wanted ${wanted}`);
}
