import type { Rule } from './rule.ts';
import { allWeightsZero } from './rules/all-weights-zero.ts';
import { checkKind } from './rules/check-kind.ts';
import { drPortMismatch } from './rules/dr-port-mismatch.ts';
import { duplicateServer } from './rules/duplicate-server.ts';
import { duplicateService } from './rules/duplicate-service.ts';
import { emptySpec } from './rules/empty-spec.ts';
import { fwmarkFields } from './rules/fwmark-fields.ts';
import { hashWithoutFallback } from './rules/hash-without-fallback.ts';
import { largeWeight } from './rules/large-weight.ts';
import { missingForwarding } from './rules/missing-forwarding.ts';
import { missingPort } from './rules/missing-port.ts';
import { mixedFamilies } from './rules/mixed-families.ts';
import { noDirectors } from './rules/no-directors.ts';
import { noServers } from './rules/no-servers.ts';
import { onePacket } from './rules/one-packet.ts';
import { persistenceDrain } from './rules/persistence-drain.ts';
import { persistenceEngine } from './rules/persistence-engine.ts';
import { persistenceNetmask } from './rules/persistence-netmask.ts';
import { poolAndServers } from './rules/pool-and-servers.ts';
import { schedulerFlag } from './rules/scheduler-flag.ts';
import { serviceAddress } from './rules/service-address.ts';
import { thresholdOrder } from './rules/threshold-order.ts';
import { tunnelOptions } from './rules/tunnel-options.ts';
import { undefinedPool } from './rules/undefined-pool.ts';
import { zeroPort } from './rules/zero-port.ts';

/** Every rule that judges what a spec means, by number. */
export const RULES: readonly Rule[] = [
  duplicateService,
  drPortMismatch,
  zeroPort,
  serviceAddress,
  missingPort,
  fwmarkFields,
  mixedFamilies,
  duplicateServer,
  undefinedPool,
  poolAndServers,
  noServers,
  schedulerFlag,
  onePacket,
  thresholdOrder,
  tunnelOptions,
  persistenceEngine,
  persistenceNetmask,
  missingForwarding,
  checkKind,
  emptySpec,
  allWeightsZero,
  largeWeight,
  hashWithoutFallback,
  persistenceDrain,
  noDirectors,
];
