import { type Fact, known, unknown } from '../../doctor/facts.ts';
import { execInNetns, type NetnsOptions } from '../in-netns.ts';
import { whyNot } from './look.ts';

/** Whether an address answers ping within two seconds. */
export async function answersPing(address: string, place: NetnsOptions): Promise<Fact<boolean>> {
  const command = ['ping', '-n', '-c', '2', '-i', '0.5', '-W', '1', address];
  const result = await execInNetns(command, { ...place, timeoutSeconds: 20 });
  if (result.exitCode === 0) return known(true);
  // iputils: 1 says that nobody answered, 2 that it could not ask.
  return result.exitCode === 1 ? known(false) : unknown(`Who answers ping is not known: ${whyNot(command, result)}`);
}
