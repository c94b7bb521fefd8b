import { type Fact, known } from '../../doctor/facts.ts';
import { type Listing, listing } from './look-at-all.ts';

/** UDP ports that take GUE, of both families. */
export const GUE_PORTS: Listing<readonly number[]> = listing(['ip', 'fou', 'show'], readPorts);

function readPorts(output: Fact<string>): Fact<readonly number[]> {
  // Without its module the kernel does not know what is asked for, and nothing takes GUE.
  if (!output.known) return /No such file or directory/.test(output.reason) ? known([]) : output;
  const ports = output.value.split('\n').flatMap((line) => /^port (\d+) gue\b/.exec(line)?.[1] ?? []);
  return known(ports.map(Number));
}
