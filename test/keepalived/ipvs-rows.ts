import type { Row } from './row.ts';

const syncs = (options: object) => ({ interface: 'eth1', role: 'vrrp', instance: 'web', ...options });

/** Every key of connection_sync, as keepalived's sync daemon has it. */
export const SYNC_ROWS: readonly Row[] = [
  {
    key: 'interface',
    spec: syncs({}),
    writes: ['lvs_sync_daemon eth1 inst web id 0'],
    shows: ['LVS syncd interface = eth1', 'LVS syncd syncid = 0'],
  },
  {
    key: 'role',
    spec: syncs({}),
    writes: ['lvs_sync_daemon eth1 inst web id 0'],
    shows: ['LVS syncd interface = eth1'],
  },
  {
    key: 'instance',
    spec: syncs({}),
    writes: ['lvs_sync_daemon eth1 inst web id 0'],
    shows: ['LVS syncd vrrp instance = web'],
  },
  {
    key: 'sync_id',
    spec: syncs({ sync_id: 77 }),
    writes: ['lvs_sync_daemon eth1 inst web id 77'],
    shows: ['LVS syncd syncid = 77'],
  },
  {
    key: 'max_length',
    spec: syncs({ max_length: 1400 }),
    writes: ['lvs_sync_daemon eth1 inst web id 0 maxlen 1400'],
    shows: ['LVS syncd maxlen = 1400'],
  },
  {
    key: 'port',
    spec: syncs({ port: 8850 }),
    writes: ['lvs_sync_daemon eth1 inst web id 0 port 8850'],
    shows: ['LVS syncd mcast port = 8850'],
  },
  {
    key: 'ttl',
    spec: syncs({ ttl: 3 }),
    writes: ['lvs_sync_daemon eth1 inst web id 0 ttl 3'],
    shows: ['LVS syncd mcast ttl = 3'],
  },
  {
    key: 'group',
    spec: syncs({ max_length: 1400, port: 8850, ttl: 3, group: '224.0.0.82' }),
    writes: ['lvs_sync_daemon eth1 inst web id 0 maxlen 1400 port 8850 ttl 3 group 224.0.0.82'],
    shows: ['LVS mcast group 224.0.0.82'],
  },
];

/** Every key of timeouts. keepalived calls the one of UDP by the wrong name. */
export const TIMEOUT_ROWS: readonly Row[] = [
  { key: 'tcp', spec: { tcp: '15m' }, writes: ['lvs_timeouts tcp 900'], shows: ['LVS TCP timeout = 900'] },
  {
    key: 'tcp_fin',
    spec: { tcp_fin: '30s' },
    writes: ['lvs_timeouts tcpfin 30'],
    shows: ['LVS TCP FIN timeout = 30'],
  },
  { key: 'udp', spec: { udp: '40s' }, writes: ['lvs_timeouts udp 40'], shows: ['LVS TCP timeout = 40'] },
];
