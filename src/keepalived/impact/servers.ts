import type { Impact } from '../../model/conf-change.ts';
import { forgetsFailure } from './checks.ts';
import { wordOf } from './in-block.ts';
import type { Server, Service } from './service.ts';

/** What becomes of the real servers of a service that goes on. Added ones, and other weights, cost nothing. */
export function serverImpacts(was: Service, is: Service): Impact[] {
  const gone = was.servers.filter(({ key }) => !is.servers.some((server) => server.key === key));
  return [
    ...gone.map((server) => removed(server, is)),
    ...is.servers.flatMap((server) => {
      const former = was.servers.find(({ key }) => key === server.key);
      return former === undefined ? [] : changed({ former, server, was, is });
    }),
  ];
}

/** Without a drain, whatever its weight was; one that was drained before has little to lose. */
function removed({ key, weight }: Server, is: Service): Impact {
  return {
    level: weight > 0 ? 'disruptive' : 'note',
    kind: 'server-removed',
    subject: `${key} of ${is.key}`,
    message: `keepalived deletes the real server ${key} of ${is.key} at once, and its established connections stall`,
    ...(weight > 0 ? { hint: 'set its weight to 0 first, and remove it once its connections are gone' } : {}),
  };
}

interface Change {
  readonly former: Server;
  readonly server: Server;
  readonly was: Service;
  readonly is: Service;
}

function changed(change: Change): Impact[] {
  const { former, server, is } = change;
  const base = { level: 'note' as const, subject: `${server.key} of ${is.key}` };
  const isForwarding = former.forwarding !== server.forwarding;
  return [
    ...(isForwarding ? [{ ...base, ...forwardingChanged(change) }] : []),
    // An edit for another reason brings the thresholds with it.
    ...(thresholds(former) !== thresholds(server) && former.weight === server.weight && !isForwarding
      ? [{ ...base, ...thresholdsKept(change) }]
      : []),
    ...(forgetsFailure(change) ? [{ ...base, ...failureForgotten(change) }] : []),
  ];
}

type Words = Pick<Impact, 'kind' | 'message' | 'hint'>;

function forwardingChanged({ former, server, is }: Change): Words {
  return {
    kind: 'forwarding-changed',
    message: `New connections to the real server ${server.key} of ${is.key} go by ${server.forwarding} instead of ${former.forwarding}, and established ones go on as they were`,
  };
}

function thresholds({ items }: Server): string {
  return `${wordOf(items, 'uthreshold') ?? 0} ${wordOf(items, 'lthreshold') ?? 0}`;
}

function thresholdsKept({ server, is }: Change): Words {
  return {
    kind: 'thresholds-kept',
    message: `A reload does not bring the new thresholds of the real server ${server.key} of ${is.key} into the kernel`,
    hint: 'change its weight with them, or restart keepalived',
  };
}

function failureForgotten({ server, is }: Change): Words {
  return {
    kind: 'failure-forgotten',
    message: `The real server ${server.key} of ${is.key} has other checks: if it has failed, it counts as up until they fail too`,
    hint: 'alpha makes it begin as failed',
  };
}
