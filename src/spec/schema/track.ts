import { z } from 'zod';
import { address } from '../addresses.ts';
import { command, commandLine, safeText } from '../conf-scalars.ts';
import { decimal, duration, flag, INTERFACE, integer, word } from '../scalars.ts';
import { named } from './names.ts';

const reverse = () =>
  flag()
    .optional()
    .describe('Whether success lowers and failure raises the priority. Default false. keepalived: reverse.')
    .meta({ default: false });

const weight = (limit: number, fallback: number) =>
  integer({ min: -limit, max: limit })
    .optional()
    .describe(
      `What a failure takes from the priority (negative) or a success adds to it (positive), -${limit} to ${limit}. Default ${fallback}; 0 makes a failure a fault.`,
    )
    .meta({ default: fallback });

const script = z
  .strictObject({
    command: command().describe('Command and arguments; exit code 0 is a success. keepalived: script.'),
    interval: duration({ min: 0.001, max: 4294 })
      .optional()
      .describe(
        'Time between two runs, 1ms to 4294s; whole seconds before keepalived 2.3.2. Default 1s. keepalived: interval.',
      )
      .meta({ default: '1s' }),
    timeout: duration({ min: 0.001, max: 4294 })
      .optional()
      .describe('Time after which a run counts as failed. Default: interval. keepalived: timeout.'),
    weight: weight(253, 0),
    reverse: reverse(),
    rise: integer({ min: 1, max: 1000000 })
      .optional()
      .describe('Successes in a row until it counts as up. Default 1. keepalived: rise.')
      .meta({ default: 1 }),
    fall: integer({ min: 1, max: 1000000 })
      .optional()
      .describe('Failures in a row until it counts as down. Default 1. keepalived: fall.')
      .meta({ default: 1 }),
    user: safeText({ max: 64 })
      .optional()
      .describe('User, and group after a blank, that the command runs as. Default: keepalived.script_user.'),
    init_fail: flag()
      .optional()
      .describe('Whether it counts as failed until its first success. Default false. keepalived: init_fail.')
      .meta({ default: false }),
  })
  .meta({ id: 'TrackScript', title: 'track script' });

const process = z
  .strictObject({
    process: commandLine().describe('Name of the process, or its command line with full_command. keepalived: process.'),
    param_match: word(['initial', 'partial'])
      .optional()
      .describe(
        'How arguments are compared: initial (they begin so) or partial (they hold it). Default: all must be equal. keepalived: param_match.',
      ),
    full_command: flag()
      .optional()
      .describe('Whether the whole command line is compared. Default false. keepalived: full_command.')
      .meta({ default: false }),
    weight: weight(254, 0),
    reverse: reverse(),
    quorum: integer({ min: 1, max: 65535 })
      .optional()
      .describe('Processes that must run, 1 to 65535. Default 1. keepalived: quorum.')
      .meta({ default: 1 }),
    quorum_max: integer({ min: 0, max: 65535 })
      .optional()
      .describe('Processes that may run at most, 0 to 65535. Default: no limit. keepalived: quorum_max.'),
    delay: duration({ min: 0.001, max: 3600 })
      .optional()
      .describe('How long a change must last before it counts, up to 1h. Default: at once. keepalived: delay.'),
    fork_delay: duration({ min: 0.001, max: 3600 })
      .optional()
      .describe('The same for processes that start. Default: delay. keepalived: fork_delay.'),
    terminate_delay: duration({ min: 0.001, max: 3600 })
      .optional()
      .describe('The same for processes that end. Default: delay. keepalived: terminate_delay.'),
  })
  .meta({ id: 'TrackProcess', title: 'track process' });

const file = z
  .strictObject({
    path: safeText().describe('File with one number in it; its directory must exist. keepalived: file.'),
    weight: integer({ min: -254, max: 254 })
      .optional()
      .describe('Factor for the number, -254 to 254. Default 1. keepalived: weight.')
      .meta({ default: 1 }),
    reverse: reverse(),
    initial: integer({ min: -2147483647, max: 2147483647 })
      .optional()
      .describe('Number written to a file that does not exist. Default: none is written. keepalived: init_file.'),
    overwrite: flag()
      .optional()
      .describe(
        'Whether an existing file is set to `initial` at start. Default false. keepalived: init_file overwrite.',
      )
      .meta({ default: false }),
  })
  .meta({ id: 'TrackFile', title: 'track file' });

const bfd = z
  .strictObject({
    neighbor: address().describe('Address of the BFD neighbour. keepalived: neighbor_ip.'),
    source: address()
      .optional()
      .describe('Own address, of the same family. Default: chosen by routing. keepalived: source_ip.'),
    min_rx: decimal({ min: 1, max: 4294967 })
      .optional()
      .describe(
        'Shortest time between packets received, in milliseconds, 1 to 4294967. Default 10. keepalived: min_rx.',
      )
      .meta({ default: 10 }),
    min_tx: decimal({ min: 1, max: 4294967 })
      .optional()
      .describe('Shortest time between packets sent, in milliseconds, 1 to 4294967. Default 10. keepalived: min_tx.')
      .meta({ default: 10 }),
    idle_tx: decimal({ min: 1000, max: 4294967 })
      .optional()
      .describe(
        'Time between packets sent while down, in milliseconds, 1000 to 4294967. Default 1000. keepalived: idle_tx.',
      )
      .meta({ default: 1000 }),
    multiplier: integer({ min: 1, max: 255 })
      .optional()
      .describe('Packets that may be lost, 1 to 255. Default 5. keepalived: multiplier.')
      .meta({ default: 5 }),
    passive: flag()
      .optional()
      .describe('Whether to wait for the neighbour to speak first. Default false. keepalived: passive.')
      .meta({ default: false }),
    ttl: integer({ min: 1, max: 255 })
      .optional()
      .describe('TTL or hop limit of packets sent, 1 to 255. Default 255 for IPv4, 64 for IPv6. keepalived: ttl.'),
    max_hops: integer({ min: -1, max: 255 })
      .optional()
      .describe('Routers a packet received may have crossed, -1 (any) to 255. Default 0. keepalived: max_hops.')
      .meta({ default: 0 }),
    multihop: flag()
      .optional()
      .describe(
        'Whether to speak multihop BFD (RFC 5883); needs keepalived 2.2.8. Default false. keepalived: multihop.',
      )
      .meta({ default: false }),
    weight: weight(253, 0),
    reverse: reverse(),
  })
  .meta({ id: 'Bfd', title: 'BFD instance' });

/** Things whose state may change the priority of VRRP instances. */
export const trackers = z
  .strictObject({
    scripts: named(script).optional().describe('Commands that keepalived runs, by name. keepalived: vrrp_script.'),
    processes: named(process).optional().describe('Processes that must run, by name. keepalived: vrrp_track_process.'),
    files: named(file).optional().describe('Files with a number, by name. keepalived: track_file.'),
    bfd: named(bfd).optional().describe('BFD sessions, by name. keepalived: bfd_instance.'),
  })
  .meta({ title: 'track section' });

const use = (limit: number) =>
  z
    .strictObject({
      weight: integer({ min: -limit, max: limit })
        .optional()
        .describe(
          `Weight for this instance, -${limit} to ${limit}. Default: that of the definition. keepalived: weight.`,
        ),
      reverse: flag()
        .optional()
        .describe(
          'Whether success lowers and failure raises the priority. Default: that of the definition. keepalived: reverse.',
        ),
    })
    .meta({ title: 'tracker' });

/** What an instance or a sync group follows. */
export const tracking = z
  .strictObject({
    interfaces: z
      .record(z.string().regex(INTERFACE), use(253))
      .optional()
      .describe('Network interfaces that must be up, by name. keepalived: track_interface.'),
    scripts: named(use(253)).optional().describe('Names under track.scripts. keepalived: track_script.'),
    processes: named(use(254)).optional().describe('Names under track.processes. keepalived: track_process.'),
    files: named(use(254)).optional().describe('Names under track.files. keepalived: track_file.'),
    bfd: named(use(253)).optional().describe('Names under track.bfd. keepalived: track_bfd.'),
  })
  .meta({ id: 'Tracking', title: 'track section' });

export type TrackingSpec = z.output<typeof tracking>;
