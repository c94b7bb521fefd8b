import { answersPing } from '../host/facts/ping-answers.ts';
import type { NetnsOptions } from '../host/in-netns.ts';
import type { HandOver } from '../keepalived/hand-over.ts';
import type { Contact } from '../keepalived/hand-over-risks.ts';
import { listen } from './seek-holders.ts';

/** Asks for the peers of instances whose VIPs are about to move. `all` are those that a peer may be master of now. */
export async function contactsOf(
  moving: readonly HandOver[],
  { all, place }: { all: readonly HandOver[]; place: NetnsOptions },
): Promise<ReadonlyMap<string, Contact>> {
  if (moving.length === 0) return new Map();
  const adverts = await listen(all, place);
  const speakers = new Set(adverts.known ? adverts.value.map(({ source }) => source.text) : []);
  const addresses = new Set(moving.flatMap(({ peers }) => peers.map(({ address }) => address)));
  const answers = new Map(
    await Promise.all([...addresses].map(async (address) => [address, await answersPing(address, place)] as const)),
  );
  return new Map(
    moving.map(({ instance, peers }) => {
      if (peers.some(({ address }) => speakers.has(address))) return [instance, 'speaks'];
      const found = peers.map(({ address }) => answers.get(address));
      if (found.some((answer) => answer?.known && answer.value)) return [instance, 'answers'];
      return [instance, found.every((answer) => answer?.known) ? 'silent' : 'unknown'];
    }),
  );
}
