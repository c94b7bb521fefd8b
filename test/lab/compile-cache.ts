import { resolve } from 'node:path';

/**
 * Where Node keeps what it compiled (node:module, enableCompileCache). Starting lvsctl from its sources takes half the
 * time with it, which is seconds in a guest; nobody else can write there.
 */
export const COMPILE_CACHE: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: resolve(import.meta.dirname, '../../node_modules/.cache/compiled'),
};
