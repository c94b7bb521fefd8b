import { UsageError } from '../errors.ts';
import { serviceKey } from '../model/table.ts';
import { suggestion } from '../spec/did-you-mean.ts';
import type { Planned } from './planning.ts';

/** A name that means nothing is a mistake, and not a wish that is already fulfilled. */
export function checkNames({ order, live, state }: Pick<Planned, 'order' | 'live' | 'state'>): void {
  const { services } = order.desired;
  const wanted = new Set(services.map(({ address }) => serviceKey(address)));
  const { adopt, prune } = order.permissions;
  const adoptable = [...services.map(({ name }) => name), ...wanted, 'keepalived.conf'];
  if (adopt !== 'all') for (const name of adopt) check(name, '--adopt', { known: adoptable, where: 'the spec has' });
  const foreign = live.services.map(({ address }) => serviceKey(address)).filter((key) => !wanted.has(key));
  // What we own and no longer see is gone already: running the same line again is no mistake.
  const known = [...foreign, ...state.owned.map(({ key }) => key).filter((key) => !wanted.has(key))];
  for (const name of prune) check(name, '--prune', { known, where: 'outside the spec there is' });
}

function check(name: string, option: string, { known, where }: { known: readonly string[]; where: string }): void {
  if (known.includes(name)) return;
  const all = known.length === 0 ? 'none' : known.map((each) => `"${each}"`).join(', ');
  throw new UsageError(`${option} "${name}": ${where} no such service${suggestion(name, known)}\n  There is: ${all}`);
}
