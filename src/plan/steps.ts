import type { Change, ServerChange } from '../diff/change.ts';
import type { Origin } from '../model/origin.ts';
import {
  type RealServer,
  type ServerAddress,
  serviceKey,
  type ServiceAttributes,
  type VirtualService,
} from '../model/table.ts';
import { phaseOf } from './order.ts';
import type { Operation, PlannedChange, Step } from './plan.ts';

/** The calls that carry out one planned change in this round; none while a drain is waited for. */
export function stepsOf(planned: PlannedChange, newServices: ReadonlySet<string>): { step: Step; change: Change }[] {
  const { change, manner, label } = planned;
  if (manner === 'wait') return [];
  const isNew = change.kind === 'server' && newServices.has(serviceKey(change.service.address));
  const phase = phaseOf(change, { manner, isNew });
  return operationsOf(planned).map((operation) => ({
    step: { phase, operation, label, origin: originOf(change) },
    change,
  }));
}

function operationsOf({ change, manner }: PlannedChange): Operation[] {
  switch (change.kind) {
    case 'service':
      return [serviceOperation(change)];
    case 'server':
      return [serverOperation(change, manner === 'quiesce')];
    case 'timeouts':
      return [{ op: 'set-timeouts', timeouts: change.after }];
    case 'daemon':
      return daemonOperations(change);
  }
}

function serviceOperation(change: Change & { kind: 'service' }): Operation {
  if (change.action === 'delete') return { op: 'delete-service', service: change.before.address };
  const op = change.action === 'create' ? 'add-service' : 'edit-service';
  return { op, service: change.after.address, attributes: attributesOf(change.after) };
}

function serverOperation(change: ServerChange, quiesce: boolean): Operation {
  const service = change.service.address;
  if (change.action === 'create') return { op: 'add-server', service, server: serverOf(change.after) };
  if (change.action === 'update') return { op: 'edit-server', service, server: serverOf(change.after) };
  if (quiesce) return { op: 'edit-server', service, server: { ...serverOf(change.before), weight: 0 } };
  return { op: 'delete-server', service, server: addressOf(change.before) };
}

/** The kernel has no edit for a sync daemon: new parameters are a stop and a start. */
function daemonOperations(change: Change & { kind: 'daemon' }): Operation[] {
  const stop: Operation[] =
    change.action === 'create' ? [] : [{ op: 'stop-daemon', role: change.before.role, syncId: change.before.syncId }];
  const start: Operation[] = change.action === 'delete' ? [] : [{ op: 'start-daemon', daemon: change.after }];
  return [...stop, ...start];
}

/** The bare nouns, without names and origins: an operation is compared and written to files. */
function attributesOf(service: VirtualService): ServiceAttributes {
  const { scheduler, schedulerFlags, persistence, persistenceEngine, onePacket } = service;
  return { scheduler, schedulerFlags, persistence, persistenceEngine, onePacket };
}

function serverOf(server: RealServer): RealServer {
  const { forwarding, weight, upperThreshold, lowerThreshold } = server;
  return { ...addressOf(server), forwarding, weight, upperThreshold, lowerThreshold };
}

function addressOf({ family, address, port }: ServerAddress): ServerAddress {
  return { family, address, port };
}

function originOf(change: Change): Origin | null {
  if (change.kind === 'timeouts' || change.kind === 'daemon') return null;
  if (change.action === 'delete') return change.kind === 'server' ? (change.service.origin ?? null) : null;
  const field = change.action === 'update' && change.fields.length === 1 ? change.fields[0] : undefined;
  return (field && change.after.fieldOrigins?.[field]) ?? change.after.origin ?? null;
}
