import { splitCommand } from '../model/command.ts';
import type { Bfd, TrackFile, TrackProcess, TrackScript, Trackers } from '../model/trackers.ts';
import { type Block, block, boolean, optional, present, type Statement, statement } from './block.ts';
import { optionalDecimal } from './decimal.ts';
import { userWords } from './script-statement.ts';

/** The things that instances, sync groups and checks follow. */
export function trackerBlocks({ scripts, processes, files, bfd }: Trackers): readonly Block[] {
  return [...scripts.map(scriptBlock), ...processes.map(processBlock), ...files.map(fileBlock), ...bfd.map(bfdBlock)];
}

function scriptBlock(script: TrackScript): Block {
  const { command, interval, timeout, rise, fall, user, initFail } = script;
  const words = userWords(user);
  return block(
    ['vrrp_script', script.name],
    [
      statement('script', { command }),
      ...optionalDecimal('interval', interval),
      ...optionalDecimal('timeout', timeout),
      ...weightStatements(script, 0),
      ...optional('rise', rise),
      ...optional('fall', fall),
      ...(words.length === 0 ? [] : [statement('user', ...words)]),
      ...present('init_fail', initFail),
    ],
    script.origin,
  );
}

/** `delay` sets both of the others, so it comes before them (vrrp_parser.c: vrrp_tprocess_delay_general). */
function processBlock(tracker: TrackProcess): Block {
  const { process, paramMatch, fullCommand, quorum, quorumMax, delay, forkDelay, terminateDelay } = tracker;
  return block(
    ['vrrp_track_process', tracker.name],
    [
      statement('process', ...processWords(process)),
      ...optional('param_match', paramMatch),
      ...present('full_command', fullCommand),
      ...weightStatements(tracker, 0),
      ...optional('quorum', quorum),
      ...optional('quorum_max', quorumMax),
      ...optionalDecimal('delay', delay),
      ...optionalDecimal('fork_delay', forkDelay),
      ...optionalDecimal('terminate_delay', terminateDelay),
    ],
    tracker.origin,
  );
}

/** Each argument is a word of the line, and not unescaped as that of a script (vrrp_tprocess_process_handler). */
function processWords(process: string): readonly string[] {
  const words = splitCommand(process);
  return typeof words === 'string' ? [process] : words.map(({ text }) => text);
}

function fileBlock(file: TrackFile): Block {
  const { path, initial, overwrite } = file;
  const mode = overwrite ? ['overwrite'] : [];
  return block(
    ['track_file', file.name],
    [
      statement('file', path),
      ...weightStatements(file, 1),
      ...(initial === undefined ? [] : [statement('init_file', initial, ...mode)]),
    ],
    file.origin,
  );
}

function bfdBlock(bfd: Bfd): Block {
  return block(
    ['bfd_instance', bfd.name],
    [
      statement('neighbor_ip', bfd.neighbor.text),
      ...optional('source_ip', bfd.source?.text),
      ...optionalDecimal('min_rx', bfd.minRx, 3),
      ...optionalDecimal('min_tx', bfd.minTx, 3),
      ...optionalDecimal('idle_tx', bfd.idleTx, 3),
      ...optional('multiplier', bfd.multiplier),
      ...present('passive', bfd.passive),
      ...optional('ttl', bfd.ttl),
      ...optional('max_hops', bfd.maxHops),
      ...boolean('multihop', bfd.multihop),
      ...weightStatements(bfd, 0),
    ],
    bfd.origin,
  );
}

/** The direction can only be said behind a weight. */
function weightStatements(
  tracker: { weight?: number | undefined; reverse?: boolean | undefined },
  fallback: number,
): Statement[] {
  const { weight, reverse = false } = tracker;
  if (weight === undefined && !reverse) return [];
  return [statement('weight', weight ?? fallback, ...(reverse ? ['reverse'] : []))];
}
