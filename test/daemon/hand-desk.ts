import { localHands } from '../../src/daemon/local-hands.ts';
import type { Hands } from '../../src/daemon/hands.ts';
import type { Desired } from '../../src/model/desired.ts';
import { noOverrides, type Overrides } from '../../src/model/override.ts';
import type { State } from '../../src/model/state.ts';
import type { VirtualService } from '../../src/model/table.ts';
import type { Verdicts } from '../../src/model/verdict.ts';
import type { HandOrder } from '../../src/plan/hand-order.ts';
import { owning } from '../plan/build.ts';
import { DRAIN } from '../plan/override.ts';
import { parseTarget } from '../../src/model/override-target.ts';
import { type MemoryKernel, memoryKernel } from './memory-kernel.ts';

/** All that decisions by hand go by and leave behind. */
export interface Desk {
  readonly kernel: MemoryKernel;
  readonly hands: Hands;
  desired: Desired;
  state: State;
  overrides: Overrides;
  verdicts: Verdicts | undefined;
  now: number;
  /** How many hold the lock. */
  locks: number;
}

export function desk(desired: Desired, table: readonly VirtualService[] = desired.services): Desk {
  const kernel = memoryKernel(table.map(({ servers, ...service }) => bare({ ...service, servers })));
  const place: Omit<Desk, 'hands'> = {
    ...{ kernel, desired, state: owning(table), overrides: noOverrides, verdicts: undefined, now: 1_000_000, locks: 0 },
  };
  const hands = localHands({
    desired: () => place.desired,
    verdicts: () => place.verdicts,
    lock: async () => {
      place.locks += 1;
      const release = async () => {
        place.locks -= 1;
      };
      return { kernel, release };
    },
    readState: async () => place.state,
    writeState: async (state) => {
      place.state = state;
    },
    readOverrides: async () => place.overrides,
    writeOverrides: async (overrides) => {
      place.overrides = overrides;
    },
    now: () => place.now,
  });
  return Object.assign(place, { hands });
}

/** As the kernel has it: without names and places. */
function bare({
  address,
  scheduler,
  schedulerFlags,
  persistence,
  persistenceEngine,
  onePacket,
  servers,
}: VirtualService) {
  return {
    ...{ address, scheduler, schedulerFlags, persistence, persistenceEngine, onePacket },
    servers: servers.map(({ family, address: at, port, forwarding, weight, upperThreshold, lowerThreshold }) => ({
      ...{ family, address: at, port, forwarding, weight, upperThreshold, lowerThreshold },
    })),
  };
}

/** An order in short: `order('service-1/rs-2')` drains it. */
export function order(target: string, rest: Partial<HandOrder> = {}): HandOrder {
  const parsed = parseTarget(target);
  if (parsed === undefined) throw new Error(`"${target}" is no target`);
  return {
    ...{ target: parsed, action: DRAIN, reason: 'CHG-1182', author: 'alice', ttlSeconds: null, drainSeconds: null },
    permissions: { maxRemove: null, empty: false },
    ...rest,
  };
}

/** Weights as they are live, service by service: `1 0 | 1`. */
export function weights({ kernel }: Desk): string {
  return kernel.table.map(({ servers }) => servers.map(({ weight }) => weight).join(' ')).join(' | ');
}
