import { type Command, Option } from 'commander';
import { EXIT, OperationError, UsageError } from '../errors.ts';
import type { Snapshot } from '../host/snapshots.ts';
import { parseSavedListing } from '../ipvsadm/live-table.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import { type FormerNames, formerNames } from '../plan/label.ts';
import { serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import type { Approval } from '../plan/plan.ts';
import type { PlanOrder } from '../view/plan-document.ts';
import { planText } from '../view/plan-text.ts';
import { approve } from './approve.ts';
import { carryOut } from './carry-out.ts';
import { checkNames } from './check-names.ts';
import type { Context } from './context.ts';
import { addGuardOptions, addNetns, durationArgument, type GuardOptions, permissionsOf } from './options.ts';
import { outputPaint } from './output-paint.ts';
import { planLive, sourcesOf } from './planning.ts';
import { refusedByGuards } from './refuse.ts';
import { openSession } from './session.ts';
import type { Writing } from './writing.ts';

interface RollbackOptions extends GuardOptions {
  readonly netns?: string;
  readonly autoApprove?: true | Approval;
  readonly lockTimeout: number;
  readonly wait: boolean;
  readonly list?: boolean;
}

/** Back to a snapshot, by the ordinary planner: nothing is flushed, servers that go are drained. */
export function rollbackCommand(program: Command, context: Context): void {
  const command = program
    .command('rollback')
    .summary('go back to a snapshot')
    .description(
      'Makes the managed services as a snapshot has them; without a name the newest. Foreign services stay as they are.\n\n' +
        'Exit codes: 0 done; 1 failed; 4 refused by a guard, not approved, or another writer; 5 still draining (--no-wait).',
    )
    .argument('[snapshot]', 'its name, as `apply` printed it');
  addGuardOptions(addNetns(command, context))
    .option('--list', 'list the snapshots, newest first')
    .addOption(new Option('--auto-approve [class]', 'do not ask').choices(['additive', 'safe', 'all']))
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    )
    .option('--no-wait', 'do not wait for draining servers')
    .action(async (id: string | undefined, options: RollbackOptions) => {
      if (options.list && id !== undefined) throw new UsageError('--list shows all snapshots, and takes no name');
      if (options.list) return listSnapshots(context, options);
      await runRollback(context, { id, options });
    });
}

async function listSnapshots(context: Context, options: RollbackOptions): Promise<void> {
  const ids = await openSession(context, options).snapshots.list();
  if (ids.length === 0)
    context.stderr.write('There is no snapshot yet; every apply takes one before it changes anything.\n');
  context.stdout.write(ids.map((id) => `${id}\n`).join(''));
  context.exit(EXIT.done);
}

async function runRollback(
  context: Context,
  { id, options }: { id: string | undefined; options: RollbackOptions },
): Promise<void> {
  const session = openSession(context, options);
  const snapshot = await session.snapshots.load(id);
  const lock = await session.lock('rollback', options.lockTimeout);
  const writing: Writing = {
    session,
    lock,
    wait: options.wait,
    lockTimeout: options.lockTimeout,
    reason: `rollback to ${snapshot.id}`,
  };
  try {
    const order = orderOfSnapshot(snapshot, options);
    const planned = await planLive(order, {
      kernel: session.kernel(lock),
      state: await session.readState(),
      now: context.now(),
    });
    checkNames(planned);
    const sources = sourcesOf(context, { spec: `snapshot ${snapshot.id}` });
    context.stdout.write(planText(planned.plan, { sources, paint: outputPaint(context, context.stdout) }));
    if (refusedByGuards(context, planned.plan)) return;
    const given = options.autoApprove === true ? 'all' : options.autoApprove;
    const verdict =
      planned.plan.changes.length === 0 ? 'go' : await approve(context, planned.plan, { given, takesChecksum: false });
    if (verdict === 'refused') return context.exit(EXIT.refused);
    await carryOut(context, planned, writing);
  } finally {
    await writing.lock.release();
  }
}

/** An older spec is what a rollback is for, so that guard has no say here. */
function orderOfSnapshot(snapshot: Snapshot & { readonly id: string }, options: RollbackOptions): PlanOrder {
  return {
    desired: desiredOfSnapshot(snapshot),
    permissions: { ...permissionsOf(options), older: true },
    drainSeconds: options.drain ?? null,
    specTime: snapshot.state.specTime,
    specDigest: snapshot.state.specDigest ?? '',
    netns: options.netns ?? null,
  };
}

function desiredOfSnapshot(snapshot: Snapshot & { readonly id: string }): Desired {
  const { services, unread } = parseSavedListing(snapshot.table);
  if (unread.length > 0)
    throw new OperationError(`Snapshot ${snapshot.id} has rows that cannot be read: ${unread[0]?.text}`);
  const names = formerNames(snapshot.state.owned);
  const managed = services.filter(({ address }) => names.service(serviceKey(address)) !== undefined);
  return {
    cluster: null,
    generation: snapshot.state.generation,
    services: managed.map((service) => wantAgain(service, { snapshot, names })),
    timeouts: null,
    syncDaemons: null,
    guards: { maxRemove: 0.3, maxRemoveServices: 0.3 },
    heldVips: null,
  };
}

/** A server that was leaving then is not wanted back. */
function wantAgain(
  service: VirtualService,
  { snapshot, names }: { snapshot: Snapshot & { readonly id: string }; names: FormerNames },
): DesiredService {
  const key = serviceKey(service.address);
  const origin = { file: `snapshot ${snapshot.id}`, line: 0, column: 0 };
  const nameOf = (server: string) => names.server(key, server) ?? server;
  const leaving = new Set(snapshot.state.drains.filter((drain) => drain.service === key).map((drain) => drain.server));
  const servers = service.servers
    .filter((server) => !leaving.has(serverKey(server)))
    .map((server) => ({ ...server, name: nameOf(serverKey(server)), origin, fieldOrigins: {} }));
  const name = names.service(key) ?? key;
  return { ...service, name, owner: 'lvsctl', origin, fieldOrigins: {}, drainSeconds: 300, servers };
}
