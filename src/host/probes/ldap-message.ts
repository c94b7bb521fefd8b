/**
 * The few messages of LDAP that a check needs (RFC 4511 4.1.1, 4.2, 4.3), in BER (X.690 8.1). ldapts would do it too, but
 * can neither send from an address of ours nor be kept from reading a message of any length.
 */

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
const BIND_REQUEST = 0x60;
const BIND_RESPONSE = 0x61;
const SIMPLE_PASSWORD = 0x80;

/** Asks for a simple bind, which is an anonymous one when both are empty. */
export function bindRequest(name: string, password: string): Buffer {
  const version = encode(INTEGER, Buffer.of(3));
  const credentials = [encode(OCTET_STRING, Buffer.from(name)), encode(SIMPLE_PASSWORD, Buffer.from(password))];
  return encode(SEQUENCE, encode(INTEGER, Buffer.of(1)), encode(BIND_REQUEST, version, ...credentials));
}

/** Says goodbye, as the second message. */
export const UNBIND_REQUEST = Buffer.of(SEQUENCE, 5, INTEGER, 1, 2, 0x42, 0);

export interface BindResponse {
  /** 0: the bind was taken. */
  readonly code: number;
  readonly text: string;
}

/** What a message says of the bind; undefined for one that is something else. */
export function readBindResponse(message: Buffer): BindResponse | undefined {
  const [whole] = elementsOf(message);
  const [, response] = whole?.tag === SEQUENCE ? elementsOf(whole.content) : [];
  const [code, , text] = response?.tag === BIND_RESPONSE ? elementsOf(response.content) : [];
  if (code?.content.length !== 1 || text === undefined) return undefined;
  return { code: code.content.readUInt8(), text: text.content.toString() };
}

/** Where the message ends that bytes begin with; undefined while that is not known, or for what is no message. */
export function endOfMessage(bytes: Buffer): number | undefined {
  const head = readHead(bytes);
  return head && head.size + head.length;
}

export function beginsMessage(bytes: Buffer): boolean {
  return bytes.length === 0 || bytes[0] === SEQUENCE;
}

interface Head {
  readonly tag: number;
  readonly size: number;
  /** Of the content after it. */
  readonly length: number;
}

function readHead(bytes: Buffer): Head | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  if (first <= 0x80) return { tag, size: 2, length: first % 0x80 };
  const size = 2 + first - 0x80;
  if (size > 6 || bytes.length < size) return undefined;
  return { tag, size, length: bytes.readUIntBE(2, size - 2) };
}

interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

function elementsOf(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  let rest = bytes;
  for (let head = readHead(rest); head !== undefined; head = readHead(rest)) {
    const end = head.size + head.length;
    elements.push({ tag: head.tag, content: rest.subarray(head.size, end) });
    rest = rest.subarray(end);
  }
  return elements;
}

function encode(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), encodeLength(content.length), content]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes = Buffer.alloc(5, 0x84);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}
