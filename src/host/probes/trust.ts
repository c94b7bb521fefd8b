import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { OperationError } from '../../errors.ts';
import { describeSystemError } from '../system-error.ts';

interface Kept {
  readonly context: SecureContext;
  readonly version: string;
}

// Reading hundreds of certificates takes a fifth of a second, so it is done once for all questions.
const kept = new Map<string, Kept>();
let ofSystem: SecureContext | undefined;

/** The authorities in a file of certificates (PEM), read again when it changed; null: those of the system. */
export async function authorities(file: string | null): Promise<SecureContext> {
  if (file === null) return systemAuthorities();
  try {
    const { mtimeMs, size, ino } = await stat(file);
    const version = `${mtimeMs} ${size} ${ino}`;
    const known = kept.get(file);
    if (known?.version === version) return known.context;
    const context = readAuthorities(file, await readFile(file));
    kept.set(file, { context, version });
    return context;
  } catch (cause) {
    if (cause instanceof OperationError) throw cause;
    throw new OperationError(`Cannot read the certificates in ${file}: ${describeSystemError(cause)}`, { cause });
  }
}

function systemAuthorities(): SecureContext {
  if (ofSystem !== undefined) return ofSystem;
  const ca = getCACertificates('system');
  if (ca.length === 0)
    throw new OperationError('This system has no certificates of authorities', { hints: ['Name a file with ca'] });
  ofSystem = createSecureContext({ ca });
  return ofSystem;
}

/** OpenSSL takes a text without certificates for a list of none, so that no server would be trusted. */
function readAuthorities(file: string, text: Buffer): SecureContext {
  try {
    new X509Certificate(text);
  } catch (cause) {
    throw new OperationError(`There is no certificate (PEM) in ${file}`, { cause });
  }
  return createSecureContext({ ca: text });
}
