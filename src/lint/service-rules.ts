import type { Rule } from './rule.ts';
import { checkKind } from './rules/check-kind.ts';
import { checkPort } from './rules/check-port.ts';
import { checkTarget } from './rules/check-target.ts';
import { dependency } from './rules/dependency.ts';
import { drPortMismatch } from './rules/dr-port-mismatch.ts';
import { duplicateServer } from './rules/duplicate-server.ts';
import { duplicateService } from './rules/duplicate-service.ts';
import { emptySpec } from './rules/empty-spec.ts';
import { fwmarkFields } from './rules/fwmark-fields.ts';
import { hostKeepalived } from './rules/host-keepalived.ts';
import { hostKernel } from './rules/host-kernel.ts';
import { keepalivedCheck } from './rules/keepalived-check.ts';
import { keepalivedOnly } from './rules/keepalived-only.ts';
import { keepalivedPort } from './rules/keepalived-port.ts';
import { keepalivedRise } from './rules/keepalived-rise.ts';
import { keepalivedSorryServer } from './rules/keepalived-sorry-server.ts';
import { lvsctlCheck } from './rules/lvsctl-check.ts';
import { lvsctlOnly } from './rules/lvsctl-only.ts';
import { missingForwarding } from './rules/missing-forwarding.ts';
import { missingPort } from './rules/missing-port.ts';
import { mixedFamilies } from './rules/mixed-families.ts';
import { noCheck } from './rules/no-check.ts';
import { noServers } from './rules/no-servers.ts';
import { onePacket } from './rules/one-packet.ts';
import { persistenceEngine } from './rules/persistence-engine.ts';
import { persistenceNetmask } from './rules/persistence-netmask.ts';
import { persistenceSeconds } from './rules/persistence-seconds.ts';
import { poolAndServers } from './rules/pool-and-servers.ts';
import { quorumTotal } from './rules/quorum-total.ts';
import { schedulerFlag } from './rules/scheduler-flag.ts';
import { serviceAddress } from './rules/service-address.ts';
import { sorryServerDuplicate } from './rules/sorry-server-duplicate.ts';
import { sorryServerFamily } from './rules/sorry-server-family.ts';
import { thresholdOrder } from './rules/threshold-order.ts';
import { tunnelOptions } from './rules/tunnel-options.ts';
import { undefinedPool } from './rules/undefined-pool.ts';
import { vipOfHost } from './rules/vip-of-host.ts';
import { zeroPort } from './rules/zero-port.ts';

/** Errors in services, real servers and their checks: LVS101 to LVS159, by number. */
export const SERVICE_RULES: readonly Rule[] = [
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
  keepalivedCheck,
  keepalivedRise,
  keepalivedOnly,
  noCheck,
  quorumTotal,
  sorryServerFamily,
  sorryServerDuplicate,
  keepalivedSorryServer,
  keepalivedPort,
  checkTarget,
  checkPort,
  persistenceSeconds,
  lvsctlOnly,
  vipOfHost,
  hostKernel,
  hostKeepalived,
  lvsctlCheck,
  dependency,
];
