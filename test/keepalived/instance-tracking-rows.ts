import type { Row } from './row.ts';

const tracks = (kind: string, uses: object) => ({ track: { [kind]: uses } });

/** The keys of a VRRP instance that say what it follows. */
export const INSTANCE_TRACKING_ROWS: readonly Row[] = [
  {
    key: 'track.interfaces.*.weight',
    spec: tracks('interfaces', { eth1: {}, eth2: { weight: -20 } }),
    writes: ['track_interface {', 'eth1', 'eth2 weight -20', '}'],
    shows: ['Tracked interfaces :', 'eth1 weight 0', 'eth2 weight -20'],
  },
  {
    key: 'track.interfaces.*.reverse',
    spec: tracks('interfaces', { eth1: { weight: 20, reverse: true }, eth2: { reverse: true } }),
    writes: ['eth1 weight 20 reverse', 'eth2 weight 0 reverse'],
    shows: ['eth1 weight 20 reverse', 'eth2 weight 0 reverse'],
  },
  {
    key: 'track.scripts.*.weight',
    spec: tracks('scripts', { plain: {}, turned: {}, weighted: { weight: -7 } }),
    writes: ['track_script {', 'plain', 'turned', 'weighted weight -7', '}'],
    shows: ['Tracked scripts :', 'plain weight 0', 'turned weight 3 reverse', 'weighted weight -7'],
  },
  {
    key: 'track.scripts.*.reverse',
    spec: tracks('scripts', {
      plain: { reverse: true },
      turned: { reverse: false },
      weighted: { weight: 7, reverse: true },
    }),
    writes: ['plain weight 0 reverse', 'turned weight 3 noreverse', 'weighted weight 7 reverse'],
    shows: ['plain weight 0 reverse', 'turned weight 3', 'weighted weight 7 reverse'],
  },
  {
    key: 'track.processes.*.weight',
    spec: tracks('processes', { plain: {}, weighted: { weight: 8 } }),
    writes: ['track_process {', 'plain', 'weighted weight 8', '}'],
    shows: ['Tracked processes :', 'plain, weight 0', 'weighted, weight 8'],
  },
  {
    key: 'track.processes.*.reverse',
    spec: tracks('processes', { plain: { reverse: true } }),
    writes: ['plain weight 0 reverse'],
    shows: ['plain, weight 0 reverse'],
  },
  {
    key: 'track.files.*.weight',
    spec: tracks('files', { plain: {}, weighted: { weight: 254 } }),
    writes: ['track_file {', 'plain', 'weighted weight 254', '}'],
    shows: ['Tracked files :', 'plain, weight 1', 'weighted, weight 254'],
  },
  {
    key: 'track.files.*.reverse',
    spec: tracks('files', { plain: { reverse: true } }),
    writes: ['plain weight 1 reverse'],
    shows: ['plain, weight 1 reverse'],
  },
  {
    key: 'track.bfd.*.weight',
    spec: tracks('bfd', { plain: {}, weighted: { weight: -253 } }),
    writes: ['track_bfd {', 'plain', 'weighted weight -253', '}'],
    shows: ['Tracked BFDs :', 'plain: weight 0', 'weighted: weight -253'],
  },
  {
    key: 'track.bfd.*.reverse',
    spec: tracks('bfd', { plain: { reverse: true } }),
    writes: ['plain weight 0 reverse'],
    shows: ['plain: weight 0 reverse'],
  },
];
