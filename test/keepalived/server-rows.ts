import type { Row } from './row.ts';

/** Every key of a real server but its check. Two more that nothing is said of stand beside it. */
export const SERVER_ROWS: readonly Row[] = [
  {
    key: 'address',
    spec: { address: '10.9.0.1' },
    writes: ['real_server 10.9.0.1 80 {'],
    shows: ['RIP = 10.9.0.1, RPORT = 80, WEIGHT = 1 EFF WEIGHT = 1'],
  },
  {
    key: 'port',
    spec: { port: 8080 },
    writes: ['real_server 10.0.0.1 8080 {'],
    shows: ['RIP = 10.0.0.1, RPORT = 8080, WEIGHT = 1 EFF WEIGHT = 1'],
  },
  {
    key: 'weight',
    spec: { weight: 0 },
    writes: ['weight 0'],
    shows: ['RIP = 10.0.0.1, RPORT = 80, WEIGHT = 0 EFF WEIGHT = 0'],
  },
  {
    key: 'weight',
    spec: { weight: 2147483647 },
    writes: ['weight 2147483647'],
    shows: ['RIP = 10.0.0.1, RPORT = 80, WEIGHT = 2147483647 EFF WEIGHT = 2147483647'],
  },
  {
    key: 'upper_threshold',
    spec: { upper_threshold: 2147483647 },
    writes: ['uthreshold 2147483647'],
    shows: ['connection limit range = 0 -> 2147483647'],
  },
  {
    key: 'lower_threshold',
    spec: { upper_threshold: 10, lower_threshold: 5 },
    writes: ['uthreshold 10', 'lthreshold 5'],
    shows: ['connection limit range = 5 -> 10'],
  },
  {
    key: 'forwarding.tun.type',
    spec: { forwarding: 'dr' },
    writes: ['lb_kind NAT', 'lvs_method DR'],
    shows: ['default forwarding method = NAT', 'forwarding method = DR'],
  },
  {
    key: 'forwarding.tun.type',
    spec: { forwarding: 'tun' },
    writes: ['lvs_method TUN'],
    shows: ['forwarding method = TUN, type = IPIP'],
  },
  {
    key: 'forwarding.tun.port',
    spec: { forwarding: { tun: { type: 'gue', port: 65535, checksum: 'csum' } } },
    writes: ['lvs_method TUN type gue port 65535 csum'],
    shows: ['forwarding method = TUN, type = GUE, port = 65535, checksum'],
  },
  {
    key: 'forwarding.tun.checksum',
    spec: { address: 'fd00::1', forwarding: { tun: { type: 'gue', port: 6080, checksum: 'remcsum' } } },
    writes: ['real_server fd00::1 80 {', 'lvs_method TUN type gue port 6080 remcsum'],
    shows: ['forwarding method = TUN, type = GUE, port = 6080, remote checksum'],
  },
  {
    key: 'forwarding.tun.checksum',
    spec: { forwarding: { tun: { type: 'gre' } } },
    writes: ['lvs_method TUN type gre nocsum'],
    shows: ['forwarding method = TUN, type = GRE, no checksum'],
  },
  {
    key: 'extra',
    spec: { extra: ['alpha', 'snmp_name a'] },
    writes: ['weight 1', 'alpha', 'snmp_name a', '}'],
    shows: ['Alpha is ON', 'SNMP name = a'],
  },
];
