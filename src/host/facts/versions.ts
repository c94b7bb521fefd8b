import { type Fact, known, unknown } from '../../doctor/facts.ts';
import { type Listing, listing } from './look-at-all.ts';

/** `1.31` of `ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)`. */
export function ipvsadmVersion(program: string, { isIpVsLoaded }: { isIpVsLoaded: boolean }): Listing<string> {
  if (isIpVsLoaded) return version(program, /ipvsadm v(\d+(?:\.\d+)*)/);
  // It would load ip_vs, or end without a word of its version.
  return { commands: [], read: () => unknown('ip_vs is not loaded, and without it ipvsadm does not tell its version') };
}

/** `2.2.7` of `Keepalived v2.2.7 (01/16,2022)`, which it prints where errors go. */
export function keepalivedVersion(program: string): Listing<string> {
  return version(program, /Keepalived v(\d+(?:\.\d+)*)/);
}

function version(program: string, pattern: RegExp): Listing<string> {
  return listing(['sh', '-c', '"$1" --version 2>&1', 'sh', program], (output) => read(output, { program, pattern }));
}

function read(output: Fact<string>, { program, pattern }: { program: string; pattern: RegExp }): Fact<string> {
  const found = output.known ? pattern.exec(output.value)?.[1] : undefined;
  return found === undefined ? unknown(`${program} --version told no version`) : known(found);
}
