import { changedService } from '../diff/change.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { Operation, Plan, PlannedChange } from './plan.ts';

/** What a change is about, as text: a service, a server of one, the time-outs, a sync daemon. */
export function subjectOf({ change }: PlannedChange): string {
  if (change.kind === 'timeouts') return 'timeouts';
  if (change.kind === 'daemon') return `daemon ${(change.action === 'delete' ? change.before : change.after).role}`;
  const service = changedService(change);
  const key = service === null ? '' : serviceKey(service);
  return change.kind === 'server'
    ? `${key} ${serverKey(change.action === 'create' ? change.after : change.before)}`
    : key;
}

/** The same for a call of ipvsadm. */
export function subjectOfOperation(operation: Operation): string {
  switch (operation.op) {
    case 'set-timeouts':
      return 'timeouts';
    case 'start-daemon':
      return `daemon ${operation.daemon.role}`;
    case 'stop-daemon':
      return `daemon ${operation.role}`;
    case 'add-server':
    case 'edit-server':
    case 'delete-server':
      return `${serviceKey(operation.service)} ${serverKey(operation.server)}`;
    default:
      return serviceKey(operation.service);
  }
}

/** The service a subject belongs to, so that one broken service holds up no other. */
export function serviceOfOperation(operation: Operation): string {
  return 'service' in operation ? serviceKey(operation.service) : subjectOfOperation(operation);
}

/** The part of a plan that somebody approved: an apply goes on with that, and leaves what came up since to the next. */
export function restrictPlan(plan: Plan, approved: ReadonlySet<string>, broken: ReadonlySet<string>): Plan {
  const changes = plan.changes.filter((planned) => {
    const service = changedService(planned.change);
    return approved.has(subjectOf(planned)) && !(service !== null && broken.has(serviceKey(service)));
  });
  const steps = plan.steps.filter(
    ({ operation }) => approved.has(subjectOfOperation(operation)) && !broken.has(serviceOfOperation(operation)),
  );
  return { ...plan, changes, steps };
}
