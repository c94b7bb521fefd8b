import { type Asking, ill, well } from './asked.ts';
import { type Taken, withConnection } from './connection.ts';
import { excerpt } from './excerpt.ts';
import { ProbeFailure } from './probe-failure.ts';

/**
 * The server greets. To a host that it does not let in it says so in place of that, which is down. The greeting is answered
 * with a login as `lvsctl`, for whose refusal nobody waits: a host that only looks and leaves is blocked after
 * max_connect_errors times, 100 by default, and one whose login is refused never (measured with MariaDB 10.11).
 */
export const askMysql: Asking<'mysql'> = (asked) =>
  withConnection(asked, async ({ read, finish }) => {
    const packet = await read(takePacket);
    if (packet[0] === REFUSAL) return ill(excerpt(packet.subarray(3)));
    if (packet[0] !== GREETING) throw notMysql(packet);
    await finish(LOGIN);
    return well(`version ${excerpt(packet.subarray(1, packet.indexOf(0)))}`);
  });

/** First bytes of a packet: the version of the protocol, or an error, its number and its text. */
const GREETING = 10;
const REFUSAL = 0xff;

/** A greeting has about 100 bytes; what begins as a longer packet is something else. */
const MOST_BYTES = 4096;

/** Three bytes of length, lowest first, and the number of the packet, 0. */
function takePacket(bytes: Buffer): Taken<Buffer> | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readUIntLE(0, 3);
  if (length === 0 || length > MOST_BYTES || bytes[3] !== 0) throw notMysql(bytes);
  return bytes.length < 4 + length ? undefined : { value: bytes.subarray(4, 4 + length), length: 4 + length };
}

function notMysql(bytes: Buffer): ProbeFailure {
  return new ProbeFailure(`this is no MySQL: ${excerpt(bytes)}`);
}

/** Packet 1 of 40 bytes, a HandshakeResponse41: protocol 4.1, packets up to 16 MiB, UTF-8, 23 zeros, the name, no password. */
const LOGIN = Buffer.from(
  `28000001008200000000000121${'00'.repeat(23)}${Buffer.from('lvsctl').toString('hex')}0000`,
  'hex',
);
