import type { Rule } from './rule.ts';
import { addressOwner } from './rules/address-owner.ts';
import { allWeightsZero } from './rules/all-weights-zero.ts';
import { checkLoad } from './rules/check-load.ts';
import { checkProtocol } from './rules/check-protocol.ts';
import { checkTimeout } from './rules/check-timeout.ts';
import { clearPassword } from './rules/clear-password.ts';
import { commandWithoutPath } from './rules/command-without-path.ts';
import { commonFailure } from './rules/common-failure.ts';
import { curlWithoutFail } from './rules/curl-without-fail.ts';
import { dhDrain } from './rules/dh-drain.ts';
import { digestCheck } from './rules/digest-check.ts';
import { directorAsServer } from './rules/director-as-server.ts';
import { directorLoss } from './rules/director-loss.ts';
import { equalPriorities } from './rules/equal-priorities.ts';
import { failoverUnknown } from './rules/failover-unknown.ts';
import { ftp } from './rules/ftp.ts';
import { hashWithoutFallback } from './rules/hash-without-fallback.ts';
import { hostSysctl } from './rules/host-sysctl.ts';
import { ipv6LinkLocal } from './rules/ipv6-link-local.ts';
import { largeWeight } from './rules/large-weight.ts';
import { localProcessCheck } from './rules/local-process-check.ts';
import { lvsFlush } from './rules/lvs-flush.ts';
import { manyVips } from './rules/many-vips.ts';
import { natSyncGroup } from './rules/nat-sync-group.ts';
import { noDirectors } from './rules/no-directors.ts';
import { noEffect } from './rules/no-effect.ts';
import { noHolder } from './rules/no-holder.ts';
import { noTakeover } from './rules/no-takeover.ts';
import { notifyRestart } from './rules/notify-restart.ts';
import { oneArmNat } from './rules/one-arm-nat.ts';
import { orderByWeight } from './rules/order-by-weight.ts';
import { persistenceDrain } from './rules/persistence-drain.ts';
import { persistenceFailover } from './rules/persistence-failover.ts';
import { preemptionBeforeSync } from './rules/preemption-before-sync.ts';
import { quiescePersistence } from './rules/quiesce-persistence.ts';
import { quorumAfterLoss } from './rules/quorum-after-loss.ts';
import { scriptTimeout } from './rules/script-timeout.ts';
import { secretInCommand } from './rules/secret-in-command.ts';
import { serverLoss } from './rules/server-loss.ts';
import { singleDirector } from './rules/single-director.ts';
import { slowDetection } from './rules/slow-detection.ts';
import { slowStart } from './rules/slow-start.ts';
import { sorryServerUnused } from './rules/sorry-server-unused.ts';
import { strictUnicast } from './rules/strict-unicast.ts';
import { syncGroupOrder } from './rules/sync-group-order.ts';
import { syncLength } from './rules/sync-length.ts';
import { tunnelMtu } from './rules/tunnel-mtu.ts';
import { twoMasters } from './rules/two-masters.ts';
import { udpWithoutReply } from './rules/udp-without-reply.ts';
import { uncheckedStart } from './rules/unchecked-start.ts';
import { unusedTracker } from './rules/unused-tracker.ts';
import { unusedWeights } from './rules/unused-weights.ts';
import { unusualTime } from './rules/unusual-time.ts';
import { versionMismatch } from './rules/version-mismatch.ts';
import { vipNotHeld } from './rules/vip-not-held.ts';
import { weightOnVipInterface } from './rules/weight-on-vip-interface.ts';
import { weightsWithoutPreemption } from './rules/weights-without-preemption.ts';
import { widePersistence } from './rules/wide-persistence.ts';

/** What is allowed, and unwise: LVS200 and above, by number. */
export const ADVICE_RULES: readonly Rule[] = [
  allWeightsZero,
  largeWeight,
  hashWithoutFallback,
  persistenceDrain,
  noDirectors,
  slowStart,
  sorryServerUnused,
  strictUnicast,
  equalPriorities,
  addressOwner,
  clearPassword,
  scriptTimeout,
  curlWithoutFail,
  localProcessCheck,
  unusedTracker,
  natSyncGroup,
  manyVips,
  ipv6LinkLocal,
  noEffect,
  weightsWithoutPreemption,
  preemptionBeforeSync,
  commandWithoutPath,
  unusualTime,
  noTakeover,
  twoMasters,
  noHolder,
  commonFailure,
  syncGroupOrder,
  serverLoss,
  quorumAfterLoss,
  directorLoss,
  slowDetection,
  checkTimeout,
  checkLoad,
  checkProtocol,
  udpWithoutReply,
  digestCheck,
  tunnelMtu,
  versionMismatch,
  hostSysctl,
  syncLength,
  quiescePersistence,
  widePersistence,
  vipNotHeld,
  directorAsServer,
  ftp,
  secretInCommand,
  notifyRestart,
  lvsFlush,
  uncheckedStart,
  dhDrain,
  orderByWeight,
  unusedWeights,
  singleDirector,
  oneArmNat,
  persistenceFailover,
  failoverUnknown,
  weightOnVipInterface,
];
