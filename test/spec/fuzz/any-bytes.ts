import fc from 'fast-check';

/** Decoded as the program decodes a file. */
export const anyBytes: fc.Arbitrary<string> = fc
  .uint8Array({ maxLength: 400 })
  .map((bytes) => Buffer.from(bytes).toString('utf8'));
