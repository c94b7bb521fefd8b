import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../fixtures/tls');

/** File of the authority that `good` and `expired` come from. */
export const AUTHORITY = join(FOLDER, 'authority.pem');

/** For www.example.com, 127.0.0.1 and ::1; `expired` was so until 2026-01-02. */
export function certificate(name: 'good' | 'expired' | 'self-signed'): { readonly key: Buffer; readonly cert: Buffer } {
  return { key: readFileSync(join(FOLDER, 'key.pem')), cert: readFileSync(join(FOLDER, `${name}.pem`)) };
}
