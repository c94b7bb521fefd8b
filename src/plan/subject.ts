import { type Change, changedService } from '../diff/change.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { Operation, Plan, PlannedChange, Step } from './plan.ts';

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

/**
 * What fails together: the service by its key, and by its name. One that moves to another address has two keys and one
 * name, and must not go from the old one when it could not come to the new one.
 */
export function unitsOfStep({ operation, label }: Step): string[] {
  const subject = subjectOfOperation(operation);
  if (!('service' in operation)) return [subject];
  return [serviceKey(operation.service), unitOfName('server' in operation ? serviceName(label) : label)];
}

function unitsOfChange(planned: PlannedChange): string[] {
  const { change, label } = planned;
  const service = changedService(change);
  if (service === null) return [subjectOf(planned)];
  return [serviceKey(service), unitOfName(change.kind === 'server' ? serviceName(label) : label)];
}

function unitOfName(name: string): string {
  return `named ${name}`;
}

/** `web` of `web/web-1`. */
function serviceName(label: string): string {
  return label.slice(0, label.lastIndexOf('/'));
}

/** Subjects of a plan that somebody approved. */
export function subjectsOf({ changes }: Pick<Plan, 'changes'>): ReadonlySet<string> {
  return new Set(changes.map(subjectOf));
}

/**
 * The part of a plan that somebody approved: an apply goes on with that, and leaves what came up since to the next. An
 * approved service that somebody removed meanwhile comes back with all its servers, not as an empty pool.
 */
export function restrictPlan(plan: Plan, approved: ReadonlySet<string>, broken: ReadonlySet<string>): Plan {
  const isWhole = (units: readonly string[]) => !units.some((unit) => broken.has(unit));
  const returning = plan.changes.flatMap(({ change }) => createdService(change)).filter((key) => approved.has(key));
  const isApproved = (planned: PlannedChange) =>
    approved.has(subjectOf(planned)) || returning.some((key) => isServerOf(planned, key));
  const changes = plan.changes.filter((planned) => isApproved(planned) && isWhole(unitsOfChange(planned)));
  const left = subjectsOf({ changes });
  const steps = plan.steps.filter((step) => left.has(subjectOfOperation(step.operation)) && isWhole(unitsOfStep(step)));
  return { ...plan, changes, steps };
}

function createdService(change: Change): string[] {
  return change.kind === 'service' && change.action === 'create' ? [serviceKey(change.after.address)] : [];
}

function isServerOf({ change }: PlannedChange, key: string): boolean {
  return change.kind === 'server' && serviceKey(change.service.address) === key;
}
