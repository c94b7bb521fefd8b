import { OperationError } from '../../errors.ts';
import { describeSystemError, systemErrorCode } from '../system-error.ts';

/** A server does not do what a check wants; the message is what log and status show. */
export class ProbeFailure extends Error {
  override readonly name: string = 'ProbeFailure';
}

/**
 * What an error says of the server, which is where all come from that Node has a code for, as those of sockets and of
 * protocols; undefined for one of ours, or of this host, which must not count against a server.
 */
export function failureOf(error: unknown): ProbeFailure | undefined {
  if (error instanceof ProbeFailure) return error;
  const code = systemErrorCode(error);
  if (code === undefined || isOurs(error) || error instanceof TypeError || error instanceof RangeError)
    return undefined;
  return new ProbeFailure(wordsFor(code, error as NodeError), { cause: error });
}

/** The same for an error that keeps this host from asking at all. */
export function hostFaultOf(error: unknown): OperationError | undefined {
  if (!isOurs(error)) return undefined;
  const { code, address } = error as NodeError;
  const from = code === 'EADDRNOTAVAIL' && isBind(error) ? ` from ${address}` : '';
  return new OperationError(`This host cannot ask${from}: ${describeSystemError(error)}`, { cause: error });
}

export const CLOSED_EARLY = 'the connection was closed before the answer was complete';

interface NodeError extends NodeJS.ErrnoException {
  readonly address?: string;
  /** Of OpenSSL, and of the HTTP parser. */
  readonly reason?: string;
}

/** Too many open files, no memory, no free port, no IPv6; or a source address that is not here, as a VIP of another director. */
const OURS = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS', 'EAGAIN', 'EADDRNOTAVAIL', 'EADDRINUSE', 'EAFNOSUPPORT'];

function isOurs(error: unknown): boolean {
  return OURS.includes(systemErrorCode(error) ?? '') || isBind(error);
}

function isBind(error: unknown): boolean {
  return (error as NodeError).syscall === 'bind';
}

function wordsFor(code: string, error: NodeError): string {
  const { errno, reason = error.message } = error;
  if (code.startsWith('HPE_')) return `the answer is not HTTP: ${reason}`;
  if (code.startsWith('ERR_HTTP2_')) return `HTTP/2 failed: ${reason}`;
  if (/^ERR_O?SSL_|^EPROTO$/.test(code)) return `TLS failed: ${reason}`;
  // Of Node, which sees a close that the kernel takes for none.
  const isClose = /^ERR_STREAM_|^ECONNRESET$|^EPIPE$/.test(code) && errno === undefined;
  return isClose ? CLOSED_EARLY : describeSystemError(error);
}
