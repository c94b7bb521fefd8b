/** The state of one VRRP instance, as keepalived itself tells it. */
export interface VrrpStatus {
  readonly name: string;
  readonly state: 'init' | 'backup' | 'master' | 'fault';
  readonly virtualRouterId: number;
  readonly interface: string;
  readonly basePriority: number;
  readonly effectivePriority: number;
  /** Addresses that move with it, without their prefix lengths; those outside the adverts too. */
  readonly vips: readonly string[];
}

/** A keepalived that runs. */
export interface KeepalivedStatus {
  /** Of its first process, which a reload keeps. */
  readonly pid: number;
  readonly instances: readonly VrrpStatus[];
  /** Addresses of all interfaces of its network namespace. */
  readonly addresses: readonly string[];
}
