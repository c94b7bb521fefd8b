/** Bytes of a body that are looked at; the rest is not even fetched. */
export const MOST_BODY_BYTES = 1024 * 1024;

export interface Body {
  readonly bytes: Buffer;
  /** There is more of it. */
  readonly isCut: boolean;
}

/** Reads a body to its end, or up to the limit. */
export async function readBody(stream: AsyncIterable<Buffer>): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BODY_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES), isCut: length > MOST_BODY_BYTES };
}
