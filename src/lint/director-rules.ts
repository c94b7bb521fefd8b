import type { Rule } from './rule.ts';
import { advertInterval } from './rules/advert-interval.ts';
import { advertSource } from './rules/advert-source.ts';
import { authentication } from './rules/authentication.ts';
import { bfdSession } from './rules/bfd-session.ts';
import { connectionSync } from './rules/connection-sync.ts';
import { directorAddress } from './rules/director-address.ts';
import { duplicateVip } from './rules/duplicate-vip.ts';
import { duplicateVirtualRouter } from './rules/duplicate-virtual-router.ts';
import { extraKeyword } from './rules/extra-keyword.ts';
import { extraLines } from './rules/extra-lines.ts';
import { ignoredWeight } from './rules/ignored-weight.ts';
import { instanceWithoutDirector } from './rules/instance-without-director.ts';
import { ipv6Version } from './rules/ipv6-version.ts';
import { keepalivedVersion } from './rules/keepalived-version.ts';
import { longCommand } from './rules/long-command.ts';
import { missingInterface } from './rules/missing-interface.ts';
import { multicastGroup } from './rules/multicast-group.ts';
import { noScriptUser } from './rules/no-script-user.ts';
import { noVips } from './rules/no-vips.ts';
import { oldKeepalived } from './rules/old-keepalived.ts';
import { preemption } from './rules/preemption.ts';
import { relativePath } from './rules/relative-path.ts';
import { scriptUser } from './rules/script-user.ts';
import { shellSyntax } from './rules/shell-syntax.ts';
import { strictMode } from './rules/strict-mode.ts';
import { syncGroup } from './rules/sync-group.ts';
import { trackFile } from './rules/track-file.ts';
import { trackProcess } from './rules/track-process.ts';
import { trackedTwice } from './rules/tracked-twice.ts';
import { undefinedDirector } from './rules/undefined-director.ts';
import { undefinedInstance } from './rules/undefined-instance.ts';
import { undefinedTracker } from './rules/undefined-tracker.ts';
import { unicastPeers } from './rules/unicast-peers.ts';
import { vipNotAccepted } from './rules/vip-not-accepted.ts';
import { vipOptions } from './rules/vip-options.ts';
import { virtualRoute } from './rules/virtual-route.ts';
import { virtualRule } from './rules/virtual-rule.ts';
import { vmacName } from './rules/vmac-name.ts';
import { wholeSeconds } from './rules/whole-seconds.ts';

/** Errors in directors, VRRP and the rest of keepalived: LVS160 to LVS199, by number. */
export const DIRECTOR_RULES: readonly Rule[] = [
  undefinedDirector,
  undefinedTracker,
  undefinedInstance,
  keepalivedVersion,
  oldKeepalived,
  shellSyntax,
  relativePath,
  scriptUser,
  missingInterface,
  directorAddress,
  instanceWithoutDirector,
  duplicateVirtualRouter,
  duplicateVip,
  vipOptions,
  noVips,
  advertSource,
  unicastPeers,
  multicastGroup,
  authentication,
  strictMode,
  vipNotAccepted,
  advertInterval,
  ipv6Version,
  preemption,
  ignoredWeight,
  syncGroup,
  trackedTwice,
  vmacName,
  virtualRoute,
  virtualRule,
  trackProcess,
  trackFile,
  bfdSession,
  extraLines,
  extraKeyword,
  connectionSync,
  wholeSeconds,
  longCommand,
  noScriptUser,
];
