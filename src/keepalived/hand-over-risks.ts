import type { HandOver } from './hand-over.ts';

/**
 * What is known of the peers of an instance. `speaks`: adverts of one were heard. `answers`: the host of one answers, which
 * says nothing of its keepalived: a backup sends no adverts. `silent`: none answers. `unknown`: it could not be asked.
 */
export type Contact = 'speaks' | 'answers' | 'silent' | 'unknown';

/** Why VIPs may end up with nobody. */
export interface HandOverRisk {
  readonly instance: string;
  /** What was seen. */
  readonly message: string;
  /** The way out. */
  readonly hint: string;
}

/** What speaks against a hand-over whatever anybody says. */
export function handOverObstacles(all: readonly HandOver[]): HandOverRisk[] {
  return all.flatMap(({ instance, peers, ownsAddress }) => {
    if (ownsAddress)
      return [
        {
          instance,
          message: 'this director owns its addresses (priority 255), so no peer can have them while it is up',
          hint: 'give it a priority of 254 or less in the spec, and apply that',
        },
      ];
    if (peers.length > 0) return [];
    return [
      {
        instance,
        message: 'no other director takes part in it, so nobody can take its VIPs over',
        hint: 'give another director a priority in it, and apply that on both',
      },
    ];
  });
}

/** What speaks against it until somebody says that the peers are well. */
export function unseenPeers(
  moving: readonly HandOver[],
  contacts: ReadonlyMap<string, Contact>,
): readonly HandOverRisk[] {
  return moving.flatMap(({ instance, peers, withdrawal }) => {
    const message = unseenMessage(contacts.get(instance) ?? 'unknown', withdrawal);
    if (message === null) return [];
    const names = peers.map(({ name }) => name).join(' and ');
    const hint = `see that keepalived runs on ${names} (lvsctl doctor, there), then --allow-unseen-peer`;
    return [{ instance, message: `${names} ${message}`, hint }];
  });
}

/** A peer that does not take over costs nothing where this director only lowers its priority: it keeps the VIPs. */
function unseenMessage(contact: Contact, withdrawal: HandOver['withdrawal']): string | null {
  switch (contact) {
    case 'speaks':
      return null;
    case 'answers':
      return withdrawal === 'lower'
        ? null
        : 'answers ping, but sent no adverts, as a backup does not: whether keepalived runs there is not known, and this director lets go first';
    case 'silent':
      return 'does not answer ping, and no advert of it was heard';
    case 'unknown':
      return 'could not be asked whether it is there';
  }
}
