import type { DirectorHost, Rule, ServingHost } from './rule.ts';
import { arpLeak } from './rules/arp-leak.ts';
import { capabilities } from './rules/capabilities.ts';
import { clock } from './rules/clock.ts';
import { directorAddress } from './rules/director-address.ts';
import { directorSysctl } from './rules/director-sysctl.ts';
import { firewallDrops } from './rules/firewall-drops.ts';
import { foreignRouter } from './rules/foreign-router.ts';
import { forwarding } from './rules/forwarding.ts';
import { guePort } from './rules/gue-port.ts';
import { instanceFault } from './rules/instance-fault.ts';
import { instanceSettings } from './rules/instance-settings.ts';
import { interfaceDown } from './rules/interface-down.ts';
import { interfaceMissing } from './rules/interface-missing.ts';
import { ipVs } from './rules/ip-vs.ts';
import { ipVsModule } from './rules/ip-vs-module.ts';
import { ipvsadmVersion } from './rules/ipvsadm-version.ts';
import { keepalivedDown } from './rules/keepalived-down.ts';
import { keepalivedVersion } from './rules/keepalived-version.ts';
import { kernelVersion } from './rules/kernel-version.ts';
import { natGateway } from './rules/nat-gateway.ts';
import { networkdRemovesVips } from './rules/networkd-removes-vips.ts';
import { notListening } from './rules/not-listening.ts';
import { portReuse } from './rules/port-reuse.ts';
import { programs } from './rules/programs.ts';
import { proxyArp } from './rules/proxy-arp.ts';
import { rpFilter } from './rules/rp-filter.ts';
import { secondKeepalived } from './rules/second-keepalived.ts';
import { syncNeedsIpVs } from './rules/sync-needs-ip-vs.ts';
import { tunnelBlocked } from './rules/tunnel-blocked.ts';
import { tunnelEnd } from './rules/tunnel-end.ts';
import { tunnelFilter } from './rules/tunnel-filter.ts';
import { tunnelMss } from './rules/tunnel-mss.ts';
import { tunnelMtu } from './rules/tunnel-mtu.ts';
import { twoMasters } from './rules/two-masters.ts';
import { twoOwners } from './rules/two-owners.ts';
import { vipArp } from './rules/vip-arp.ts';
import { vipLeftBehind } from './rules/vip-left-behind.ts';
import { vipMissing } from './rules/vip-missing.ts';
import { vipNotLocal } from './rules/vip-not-local.ts';
import { vipPermanent } from './rules/vip-permanent.ts';

/** What is asked about a director, by number. */
export const DIRECTOR_RULES: readonly Rule<DirectorHost>[] = [
  ipVs,
  ipVsModule,
  syncNeedsIpVs,
  kernelVersion,
  capabilities,
  programs,
  ipvsadmVersion,
  keepalivedVersion,
  clock,
  forwarding,
  directorSysctl,
  rpFilter,
  proxyArp,
  portReuse,
  interfaceMissing,
  interfaceDown,
  directorAddress,
  tunnelMtu,
  firewallDrops,
  vipPermanent,
  networkdRemovesVips,
  vipArp,
  keepalivedDown,
  secondKeepalived,
  instanceSettings,
  instanceFault,
  vipLeftBehind,
  vipMissing,
  foreignRouter,
  twoMasters,
  twoOwners,
];

/** What is asked about a real server, by number. */
export const REAL_SERVER_RULES: readonly Rule<ServingHost>[] = [
  vipNotLocal,
  tunnelEnd,
  guePort,
  arpLeak,
  tunnelFilter,
  natGateway,
  notListening,
  tunnelMss,
  tunnelBlocked,
];
