import { randomInt } from 'node:crypto';
import { type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { Answer } from '../../model/verdict.ts';
import { type Asked, type Asking, ill, well } from './asked.ts';
import { type Taken, withConnection } from './connection.ts';
import { withDatagram } from './datagram.ts';
import { isRecord, RCODES } from './dns-record.ts';
import { ProbeFailure } from './probe-failure.ts';

/** A question is answered with the right code and, where one is named, with the right record. */
export const askDns: Asking<'dns'> = async (asked) => {
  const { name, type, transport } = asked.probe;
  const id = randomInt(0x10000);
  const question = encode({ type: 'query', id, flags: RECURSION_DESIRED, questions: [{ name, type }] });
  return transport === 'udp' ? byDatagram(asked, { id, question }) : byConnection(asked, { id, question });
};

interface Sent {
  readonly id: number;
  readonly question: Buffer;
}

/** A datagram that is no answer to the question may be late, or forged: the right one may still come. */
function byDatagram(asked: Asked<'dns'>, { id, question }: Sent): Promise<Answer> {
  return withDatagram(asked, {
    payload: question,
    take: (bytes) => {
      const reply = readReply(bytes, id);
      return reply && judge(reply, asked.probe);
    },
  });
}

function byConnection(asked: Asked<'dns'>, { id, question }: Sent): Promise<Answer> {
  return withConnection(asked, async ({ socket, read }) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(question.length);
    socket.write(Buffer.concat([length, question]));
    const reply = readReply(await read(takeMessage), id);
    if (reply === undefined) throw new ProbeFailure('what came is no answer to the question');
    return judge(reply, asked.probe);
  });
}

/** Two bytes of length come before a message (RFC 1035 4.2.2). */
function takeMessage(bytes: Buffer): Taken<Buffer> | undefined {
  const end = bytes.length < 2 ? Number.POSITIVE_INFINITY : 2 + bytes.readUInt16BE();
  return bytes.length < end ? undefined : { value: bytes.subarray(2, end), length: end };
}

function readReply(bytes: Buffer, id: number): DecodedPacket | undefined {
  try {
    const reply = decode(bytes);
    // It reads on behind the end.
    const isWhole = decode.bytes <= bytes.length;
    return isWhole && reply.type === 'response' && reply.id === id ? reply : undefined;
  } catch {
    return undefined;
  }
}

function judge({ flags = 0, flag_tc: isTruncated, answers = [] }: DecodedPacket, probe: Asked<'dns'>['probe']): Answer {
  const { rcode, answer } = probe;
  const code = RCODES[flags & 0xf] ?? `code ${flags & 0xf}`;
  if (code !== rcode) return ill(`${code}, wanted ${rcode}`);
  if (answer === null || answers.some((record) => isRecord(record, answer)))
    return well(`${code}, ${answers.length} ${answers.length === 1 ? 'record' : 'records'}`);
  return ill(isTruncated ? 'the answer is too long for a datagram: ask by tcp' : `no record ${answer} in the answer`);
}
