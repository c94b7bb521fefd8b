import { isIP, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect,
  type PeerCertificate,
  type SecureContext,
  TLSSocket,
} from 'node:tls';
import { excerpt } from './excerpt.ts';
import { ProbeFailure } from './probe-failure.ts';

/** How a connection is secured. */
export interface Secure {
  /** Name that the certificate must be for, and that is sent in the greeting (SNI) unless it is an address. */
  readonly name: string;
  /** The authorities that the certificate must come from; null: it is not verified. */
  readonly trust: SecureContext | null;
  /** The one protocol offered by ALPN, which must be taken; null: none is offered. */
  readonly alpn: string | null;
}

/** Opens a connection that is not verified yet. */
export function connectTls(where: ConnectionOptions, { name, trust, alpn }: Secure): Socket {
  return connect({
    ...where,
    ...(trust !== null && { secureContext: trust }),
    // An address is no server name (RFC 6066 3).
    ...(isIP(name) === 0 && { servername: name }),
    ...(alpn !== null && { ALPNProtocols: [alpn] }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    // verifyPeer does it, while it still can be told what is wrong with the certificate.
    rejectUnauthorized: false,
  });
}

/** Throws what is wrong with the server's certificate, before anything was sent. */
export function verifyPeer(socket: Socket, { name, trust, alpn }: Secure): void {
  if (!(socket instanceof TLSSocket)) throw new TypeError('The connection is not secured');
  if (trust !== null && !socket.authorized) throw new ProbeFailure(faultOf(socket, name));
  if (alpn !== null && socket.alpnProtocol !== alpn)
    throw new ProbeFailure(`the server does not speak ${alpn} over TLS`);
}

function faultOf(socket: TLSSocket, name: string): string {
  // Node's types have an Error here; it is its code (lib/internal/tls/wrap.js: onConnectSecure).
  const code = String(socket.authorizationError);
  const certificate = socket.getPeerCertificate();
  if (code === 'CERT_HAS_EXPIRED') return expired(certificate);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `certificate is for ${namesIn(certificate)}, not for ${name}`;
  return `certificate ${FAULTS[code] ?? `is not valid: ${code}`}`;
}

const FAULTS: Readonly<Record<string, string>> = {
  CERT_NOT_YET_VALID: 'is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'is of an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is of an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is of an unknown authority, or its chain is incomplete',
};

/** It may be another one of the chain that has expired. */
function expired({ valid_to }: PeerCertificate): string {
  const end = new Date(valid_to);
  if (end > new Date()) return 'certificate of its authority expired';
  return `certificate expired on ${end.toISOString().slice(0, 10)}`;
}

function namesIn({ subjectaltname, subject }: PeerCertificate): string {
  return excerpt((subjectaltname ?? String(subject.CN)).replace(/DNS:|IP Address:/g, ''));
}
