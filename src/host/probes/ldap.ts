import { readFile } from 'node:fs/promises';
import { OperationError } from '../../errors.ts';
import { describeSystemError } from '../system-error.ts';
import { type Asking, ill, well } from './asked.ts';
import { type Taken, withConnection } from './connection.ts';
import { untilAborted } from './deadline.ts';
import { excerpt } from './excerpt.ts';
import { beginsMessage, bindRequest, endOfMessage, readBindResponse, UNBIND_REQUEST } from './ldap-message.ts';
import { ProbeFailure } from './probe-failure.ts';
import { secureBy } from './secure-by.ts';

/** The server takes a bind, and is told goodbye. */
export const askLdap: Asking<'ldap'> = async (asked) => {
  const { bindDn, passwordFile, tls } = asked.probe;
  const request = bindRequest(
    bindDn ?? '',
    passwordFile === null ? '' : await untilAborted(readPassword(passwordFile), asked.signal),
  );
  const secure = tls && (await secureBy(tls, { target: asked }));
  return withConnection(
    asked,
    async ({ socket, read, finish }) => {
      socket.write(request);
      const response = readBindResponse(await read(takeMessage));
      if (response === undefined) throw new ProbeFailure('the answer is no answer to an LDAP bind');
      await finish(UNBIND_REQUEST);
      const { code, text } = response;
      return code === 0
        ? well('bound')
        : ill(`bind refused: ${RESULTS[code] ?? 'result'} (${code})${text && `: ${excerpt(text)}`}`);
    },
    secure,
  );
};

/** Those that servers give to a bind (RFC 4511 appendix A). */
const RESULTS: Readonly<Record<number, string>> = {
  2: 'protocol error',
  8: 'stronger authentication required',
  13: 'confidentiality required',
  32: 'no such object',
  34: 'invalid DN syntax',
  48: 'inappropriate authentication',
  49: 'invalid credentials',
  51: 'busy',
  52: 'unavailable',
  53: 'unwilling to perform',
};

/** Without the end of line that editors put there. */
async function readPassword(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OperationError(`Cannot read the password in ${path}: ${describeSystemError(cause)}`, { cause });
  });
  return text.replace(/\r?\n$/, '');
}

function takeMessage(bytes: Buffer): Taken<Buffer> | undefined {
  if (!beginsMessage(bytes)) throw new ProbeFailure(`the answer is not LDAP: ${excerpt(bytes)}`);
  const end = endOfMessage(bytes);
  return end === undefined || bytes.length < end ? undefined : { value: bytes.subarray(0, end), length: end };
}
