import { COMMANDS } from './certified-commands.ts';
import { BEFORE_RESTORE, RESTORES } from './certified-restores.ts';

/** One call of ipvsadm, with its stdin. */
export interface Call {
  readonly args: readonly string[];
  readonly input: string;
}

const LISTINGS = [
  '-Sn',
  '-Ln',
  '-Ln --thresholds --exact',
  '-Ln --persistent-conn',
  '-Ln --tun-info',
  '-Ln --rate --exact',
  '-Ln --stats',
  '-Ln --stats --rate --thresholds --tun-info',
];

/** The whole script, in order; by scene. All calls of a scene go to one table. */
export function certifiedScript(): Map<string, Call[]> {
  const commands = Object.entries(COMMANDS).map(([name, lines]): [string, Call[]] => [
    name,
    [...lines, ...LISTINGS].map(call),
  ]);
  const restores = Object.values(RESTORES).flatMap((input) => [
    call('-C'),
    { args: ['-R'], input: BEFORE_RESTORE },
    { args: ['-R'], input },
    call('-Sn'),
  ]);
  return new Map([...commands, ['every input of -R', restores]]);
}

function call(line: string): Call {
  return { args: line.split(' '), input: '' };
}
