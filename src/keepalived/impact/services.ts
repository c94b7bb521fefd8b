import type { Impact } from '../../model/conf-change.ts';
import { isOlder } from '../../model/version-order.ts';
import type { ImpactContext } from './context.ts';
import { wordsOf } from './in-block.ts';
import { serverImpacts } from './servers.ts';
import type { Service } from './service.ts';
import { changeText } from './wording.ts';

/** What becomes of virtual servers. Scheduler, flags and persistence are edited in place, which costs nothing. */
export function serviceImpacts(
  before: readonly Service[],
  { after, context }: { after: readonly Service[]; context: ImpactContext },
): Impact[] {
  const handedOver = new Set(context.handedOver);
  const isReplaced = before.some(({ key }) => handedOver.has(key));
  const gone = before.filter(({ key }) => !handedOver.has(key) && !after.some((service) => service.key === key));
  const kept = distinct(after).flatMap((is) => {
    const was = before.find(({ key }) => key === is.key);
    return was === undefined ? [] : [{ was, is }];
  });
  return [
    ...distinct(gone).map(removed),
    ...duplicates(before, after),
    ...kept.flatMap(({ was, is }) => [
      ...entriesRemoved(was, is),
      ...sorryServerChanged(was, { is, context }),
      ...serverImpacts(was, is),
      ...(isReplaced ? [healthForgotten(is)] : []),
    ]),
  ];
}

/** Of several with the same key keepalived takes the first one (ipwrapper.c: vs_exist). */
function distinct(services: readonly Service[]): readonly Service[] {
  return services.filter(({ key }, index) => services.findIndex((other) => other.key === key) === index);
}

function removed({ key }: Service): Impact {
  return {
    level: 'disruptive',
    kind: 'service-removed',
    subject: key,
    message: `keepalived deletes the service ${key}: new connections to it are refused, and established ones stall`,
  };
}

function duplicates(before: readonly Service[], after: readonly Service[]): Impact[] {
  const isTwice = (key: string, services: readonly Service[]) => services.filter((one) => one.key === key).length > 1;
  const twice = distinct(after).filter(({ key }) => isTwice(key, after) && !isTwice(key, before));
  return twice.map(({ key }) => ({
    level: 'disruptive',
    kind: 'service-duplicate',
    subject: key,
    message: `The service ${key} stands in the file more than once: each of them writes into the same kernel entry, and takes servers off that the other one wants`,
    hint: 'make one of them',
  }));
}

function entriesRemoved({ entries }: Service, is: Service): Impact[] {
  const gone = entries.filter((entry) => !is.entries.includes(entry));
  return gone.map((entry) => ({
    level: 'disruptive',
    kind: 'service-removed',
    subject: is.key,
    message: `keepalived deletes the service ${entry} of ${is.key}: new connections to it are refused, and established ones stall`,
  }));
}

/** Fixed in 2.3.0 (commits 764d7734 and 13c1d5c4). */
function sorryServerChanged(was: Service, { is, context }: { is: Service; context: ImpactContext }): Impact[] {
  const [had, has] = [was, is].map(({ items }) => wordsOf(items, 'sorry_server')?.join(' ') ?? '');
  if (had === has || had === '' || !isOlder(context.version, '2.3.0')) return [];
  const message = `keepalived before 2.3.0 may leave the service ${is.key} without a sorry server if it is in use right now (${changeText('sorry_server', had ?? '', has ?? '')})`;
  return [{ level: 'note', kind: 'sorry-server-changed', subject: is.key, message }];
}

/** Its checker process is a new one, which begins as on a start of keepalived. */
function healthForgotten({ key }: Service): Impact {
  return {
    level: 'note',
    kind: 'health-forgotten',
    subject: key,
    message: `Real servers of ${key} that have failed count as up until their checks fail again, since services leave keepalived for lvsctl`,
  };
}
