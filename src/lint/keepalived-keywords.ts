/** A block of keepalived.conf that `extra` lines go to; `root` is outside all. */
export type ConfBlock = 'root' | 'global_defs' | 'vrrp_instance' | 'vrrp_sync_group' | 'virtual_server' | 'real_server';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const CHECKERS = 'TCP_CHECK HTTP_GET SSL_GET SMTP_CHECK DNS_CHECK MISC_CHECK BFD_CHECK FILE_CHECK UDP_CHECK PING_CHECK';

/**
 * What keepalived 2.2.7 takes, by block (install_keyword in vrrp_parser.c, global_parser.c, check_parser.c, check_*.c),
 * without what it takes under protest: deprecated words.
 */
export const KEYWORDS: Readonly<Record<ConfBlock, readonly string[]>> = {
  root: words(`
    linkbeat_use_polling net_namespace net_namespace_ipvs namespace_with_ipsets use_pid_dir instance child_wait_time
    global_defs track_group static_ipaddress static_routes static_rules vrrp_sync_group garp_group linkbeat_interfaces
    vrrp_instance vrrp_script vrrp_track_process track_file interface_up_down_delays bfd_instance
    SSL virtual_server_group virtual_server include includer includem includew includeb includea`),
  global_defs: words(`
    process_names process_name vrrp_process_name checker_process_name bfd_process_name router_id notification_email
    notification_email_from smtp_server smtp_helo_name smtp_connect_timeout smtp_alert startup_script
    startup_script_timeout shutdown_script shutdown_script_timeout max_auto_priority min_auto_priority_delay
    smtp_alert_vrrp smtp_alert_checker checker_log_all_failures dynamic_interfaces no_email_faults default_interface
    disable_local_igmp lvs_timeouts lvs_flush lvs_flush_on_stop lvs_sync_daemon vrrp_mcast_group4 vrrp_mcast_group6
    vrrp_garp_master_delay vrrp_garp_master_repeat vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat
    vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_down_timer_adverts vrrp_garp_interval
    vrrp_gna_interval vrrp_min_garp vrrp_garp_extra_if vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert
    vrrp_version nftables nftables_priority nftables_ifindex nftables_ipvs nftables_ipvs_priority
    nftables_ipvs_start_fwmark nftables_counters vrrp_check_unicast_src vrrp_skip_check_adv_addr vrrp_strict
    vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity vrrp_rlimit_rttime notify_fifo notify_fifo_script
    vrrp_notify_fifo vrrp_notify_fifo_script vrrp_notify_priority_changes fifo_write_vrrp_states_on_reload
    lvs_notify_fifo lvs_notify_fifo_script checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity
    checker_rlimit_rttime bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime snmp_socket
    enable_traps enable_snmp_vrrp enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3 enable_snmp_checker enable_dbus
    dbus_service_name script_user enable_script_security vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force
    vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs
    process_monitor_rcv_bufs_force lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
    lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force rs_init_notifies no_checker_emails
    vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier vrrp_startup_delay log_unknown_vrids vmac_prefix vmac_addr_prefix
    umask random_seed reload_check_config reload_time_file reload_repeat reload_file include_check config_save_dir
    tmp_config_directory data_use_instance`),
  vrrp_instance: words(`
    use_vmac use_vmac_addr vmac_xmit_base use_ipvlan unicast_peer unicast_fault_no_peer check_unicast_src
    old_unicast_checksum native_ipv6 state interface vrf dont_track_primary track_interface track_script track_file
    track_process track_bfd mcast_src_ip unicast_src_ip mcast_dst_ip track_src_ip virtual_router_id unicast_ttl version
    priority advert_int virtual_ipaddress virtual_ipaddress_excluded promote_secondaries virtual_routes virtual_rules
    accept no_accept skip_check_adv_addr strict_mode preempt nopreempt preempt_delay debug notify_backup notify_master
    notify_fault notify_stop notify_deleted notify notify_master_rx_lower_pri smtp_alert notify_priority_changes
    garp_master_delay garp_master_refresh garp_master_repeat garp_master_refresh_repeat garp_lower_prio_delay
    garp_lower_prio_repeat down_timer_adverts garp_extra_if lower_prio_no_advert higher_prio_send_advert
    kernel_rx_buf_size authentication`),
  vrrp_sync_group: words(`
    group track_interface track_script track_file track_process track_bfd notify_backup notify_master notify_fault
    notify_stop notify smtp_alert sync_group_tracking_weight notify_priority_changes`),
  virtual_server: words(`
    ip_family retry delay_before_retry warmup connect_timeout delay_loop inhibit_on_failure lb_algo lvs_sched hashed ops
    flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback lb_kind lvs_method persistence_engine
    persistence_timeout persistence_granularity protocol ha_suspend smtp_alert virtualhost snmp_name alpha omega
    quorum_up quorum_down quorum hysteresis weight sorry_server sorry_server_inhibit sorry_server_lvs_method
    real_server`),
  real_server: words(`
    weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down alpha retry delay_before_retry
    warmup connect_timeout delay_loop smtp_alert virtualhost snmp_name ${CHECKERS}`),
};

/** The first version that has a word, for those that 2.2.7 does not know (its releases up to 2.4.3). */
export const NEW_KEYWORDS: Readonly<Record<ConfBlock, Readonly<Record<string, string>>>> = {
  root: {},
  global_defs: {
    json_version: '2.2.8',
    v3_checksum_as_v2: '2.2.8',
    use_symlink_paths: '2.3.0',
    snmp_vs_stats_update_interval: '2.3.0',
    snmp_rs_stats_update_interval: '2.3.0',
    dbus_no_interface_name: '2.3.0',
    iproute_usr_dir: '2.3.2',
    iproute_etc_dir: '2.3.2',
    vrrp_owner_ignore_adverts: '2.3.3',
    state_dump_file: '2.3.3',
    stats_dump_file: '2.3.3',
    json_dump_file: '2.3.3',
    vrrp_delay_after_boot: '2.4.0',
  },
  vrrp_instance: {
    v3_checksum_as_v2: '2.2.8',
    no_virtual_ipaddress: '2.2.8',
    timer_expired_backup: '2.2.8',
    owner_ignore_adverts: '2.3.3',
    auth_hmac: '2.4.0',
  },
  vrrp_sync_group: {},
  virtual_server: {},
  real_server: {},
};

/** Words that lvsctl writes itself, with the key of the spec that says what; null: it always writes the same. */
export const OWN_KEYWORDS: Readonly<Partial<Record<ConfBlock, Readonly<Record<string, string | null>>>>> = {
  global_defs: {
    router_id: 'router_id of the director',
    notification_email_from: 'mail.from',
    smtp_server: 'mail.server',
    smtp_helo_name: 'mail.helo',
    smtp_connect_timeout: 'mail.timeout',
    smtp_alert_vrrp: 'mail.vrrp',
    smtp_alert_checker: 'mail.checks',
    max_auto_priority: 'max_auto_priority',
    dynamic_interfaces: 'dynamic_interfaces',
    default_interface: 'default_interface',
    lvs_timeouts: 'timeouts',
    lvs_sync_daemon: 'connection_sync',
    vrrp_garp_master_delay: 'garp.delay',
    vrrp_garp_master_repeat: 'garp.repeat',
    vrrp_garp_master_refresh: 'garp.refresh',
    vrrp_garp_master_refresh_repeat: 'garp.refresh_repeat',
    vrrp_garp_lower_prio_delay: 'garp.lower_prio_delay',
    vrrp_garp_lower_prio_repeat: 'garp.lower_prio_repeat',
    vrrp_lower_prio_no_advert: 'garp.lower_prio_no_advert',
    vrrp_higher_prio_send_advert: 'garp.higher_prio_send_advert',
    vrrp_garp_interval: 'garp_interval',
    vrrp_version: 'vrrp_version',
    vrrp_strict: 'vrrp_strict',
    vrrp_skip_check_adv_addr: 'vrrp_skip_check_adv_addr',
    vrrp_priority: 'vrrp_priority',
    checker_priority: 'checker_priority',
    vrrp_no_swap: 'no_swap',
    vrrp_startup_delay: 'vrrp_startup_delay',
    notify_fifo: 'notify_fifo.path',
    notify_fifo_script: 'notify_fifo.script',
    enable_snmp_vrrp: 'snmp',
    enable_snmp_checker: 'snmp',
    script_user: 'script_user',
    enable_script_security: 'enable_script_security',
  },
  vrrp_instance: {
    state: null,
    interface: 'interface',
    virtual_router_id: 'virtual_router_id',
    priority: 'priority',
    version: 'version',
    advert_int: 'advert_interval',
    use_vmac: 'vmac',
    use_vmac_addr: 'vmac.addresses',
    vmac_xmit_base: 'vmac.xmit_base',
    unicast_fault_no_peer: 'unicast.fault_without_peer',
    check_unicast_src: 'unicast.check_source',
    unicast_ttl: 'unicast.ttl',
    mcast_src_ip: 'source',
    unicast_src_ip: 'source',
    mcast_dst_ip: 'multicast_group',
    dont_track_primary: 'track_primary',
    promote_secondaries: 'promote_secondaries',
    accept: 'accept',
    no_accept: 'accept',
    strict_mode: 'strict',
    preempt: 'preempt',
    nopreempt: 'preempt',
    preempt_delay: 'preempt_delay',
    down_timer_adverts: 'down_timer_adverts',
    v3_checksum_as_v2: 'checksum_as_v2',
    notify_backup: 'notify.backup',
    notify_master: 'notify.master',
    notify_fault: 'notify.fault',
    notify_stop: 'notify.stop',
    notify_deleted: 'notify.deleted',
    notify: 'notify.any',
    smtp_alert: 'smtp_alert',
    garp_master_delay: 'garp.delay',
    garp_master_repeat: 'garp.repeat',
    garp_master_refresh: 'garp.refresh',
    garp_master_refresh_repeat: 'garp.refresh_repeat',
    garp_lower_prio_delay: 'garp.lower_prio_delay',
    garp_lower_prio_repeat: 'garp.lower_prio_repeat',
    lower_prio_no_advert: 'garp.lower_prio_no_advert',
    higher_prio_send_advert: 'garp.higher_prio_send_advert',
    authentication: 'authentication',
  },
  vrrp_sync_group: {
    group: 'instances',
    sync_group_tracking_weight: 'tracking_weight',
    notify_backup: 'notify.backup',
    notify_master: 'notify.master',
    notify_fault: 'notify.fault',
    notify_stop: 'notify.stop',
    notify: 'notify.any',
    smtp_alert: 'smtp_alert',
  },
};
