/** The options of one rule, each at most once, or what is wrong with it. */
export type RuleOptions = { readonly ok: true; readonly options: ReadonlyMap<string, string> } | Unreadable;

/** Why a row cannot be read: a sentence for people. */
export interface Unreadable {
  readonly ok: false;
  readonly reason: string;
}

export function unreadable(reason: string): Unreadable {
  return { ok: false, reason };
}

const TAKES_VALUE: Readonly<Record<string, boolean>> = {
  ...withValue('-t', '-u', '--sctp-service', '-f', '-s', '-p', '-M', '--pe', '-b'),
  ...withValue('-r', '-w', '-x', '-y', '--tun-type', '--tun-port'),
  ...withoutValue('-6', '-o', '-m', '-g', '-i', '--tun-nocsum', '--tun-csum', '--tun-remcsum'),
};

function withValue(...names: string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, true]));
}

function withoutValue(...names: string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, false]));
}

/** Splits the words after `-A` or `-a` into options; a flag's value is the empty text. */
export function readOptions(words: readonly string[]): RuleOptions {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? '';
    const takesValue = Object.hasOwn(TAKES_VALUE, name) ? TAKES_VALUE[name] : undefined;
    if (takesValue === undefined) return unreadable(unknownWord(name));
    if (options.has(name)) return unreadable(`Option "${name}" stands twice`);
    if (takesValue) at += 1;
    const value = takesValue ? words[at] : '';
    if (value === undefined) return unreadable(missingValue(name));
    options.set(name, value);
  }
  return { ok: true, options };
}

function unknownWord(word: string): string {
  // fwd_switch() of ipvsadm.c has no letter for bypass and undefined methods, and printf shows the null pointer.
  if (word === '(null)') return 'Its forwarding method is one that ipvsadm has no option for ("(null)")';
  if (word === '--xxx-service') return 'Its protocol is neither tcp, udp nor sctp ("--xxx-service")';
  return `Unknown option "${word}"`;
}

function missingValue(name: string): string {
  // print_sched_flags() names two flags of sh and mh; the third alone leaves "-b " empty.
  if (name === '-b') return 'It has a scheduler flag that ipvsadm has no name for ("-b" without a value)';
  return `Option "${name}" has no value`;
}
