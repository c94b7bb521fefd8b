import { type Fact, known, type Neighbour, unknown } from '../../doctor/facts.ts';
import { execInNetns, type NetnsOptions } from '../in-netns.ts';
import { whyNot } from './look.ts';

/** An address to ask for, and where. */
export interface ArpQuestion {
  readonly address: string;
  readonly interface: string;
}

interface Asking extends NetnsOptions {
  /** Addresses of this host. */
  readonly own: readonly string[];
}

/** Asks by ARP who has these addresses. */
export async function askByArp(questions: readonly ArpQuestion[], asking: Asking): Promise<Fact<readonly Neighbour[]>> {
  const answers = await Promise.all(questions.map((question) => askOne(question, asking)));
  const failed = answers.find((answer) => !answer.known);
  return failed ?? known(answers.flatMap((answer) => (answer.known ? answer.value : [])));
}

async function askOne(question: ArpQuestion, { own, ...place }: Asking): Promise<Fact<readonly Neighbour[]>> {
  // Who has the address himself must not announce it by asking (RFC 5227 §2.1.1). That way ends with the first answer.
  const probe = own.includes(question.address) ? ['-D'] : [];
  const command = ['arping', ...probe, '-c', '2', '-w', '2', '-I', question.interface, question.address];
  const result = await execInNetns(command, { ...place, timeoutSeconds: 20 });
  // Status 1 says that somebody answered a probe, or nobody a question.
  if (result.exitCode !== 0 && result.exitCode !== 1)
    return unknown(`Who answers ARP is not known: ${whyNot(command, result)}`);
  // That of Thomas Habets takes the same options for others.
  if (!/^Sent \d+ probe/m.test(result.stdout))
    return unknown('Who answers ARP is not known: arping is not the one of iputils or busybox');
  return known(macsIn(result.stdout).map((mac) => ({ address: question.address, mac })));
}

/** `Unicast reply from 203.0.113.10 [8E:3A:05:D8:20:81]  1.066ms` */
export function macsIn(listing: string): readonly string[] {
  const macs = [...listing.matchAll(/reply from \S+ \[([0-9A-Fa-f:]{17})\]/g)].map(([, mac = '']) => mac.toLowerCase());
  return [...new Set(macs)];
}
