import { type Family, parseAddress } from '../model/address.ts';

/** Why keepalived would not take a line in the words of ip-route(8) or ip-rule(8). */
export interface IpFault {
  readonly message: string;
  readonly hint?: string;
}

/** What may stand behind a word. */
export interface Kind {
  readonly noun: string;
  readonly fits: (word: string) => boolean;
  /** The family that a line with it has. */
  readonly family?: (word: string) => Family;
}

/** One word of a line: what it takes, and what may stand before that. */
export interface Option {
  /** Nothing for a word that stands alone. */
  readonly takes?: Kind;
  readonly before?: readonly string[];
  readonly family?: Family;
}

/** What a line says: its options by word, the last one of each, and its family where something tells. */
export interface IpLine {
  readonly said: ReadonlyMap<string, string>;
  readonly family: Family | null;
}

export function isFault(line: IpLine | IpFault): line is IpFault {
  return 'message' in line;
}

/**
 * Reads a line word by word. `options` has a word's meaning; a word that it does not have is the thing itself, which the
 * option under '' takes.
 */
export function readIpLine(text: string, options: Readonly<Record<string, Option>>): IpLine | IpFault {
  const words = text.trim().split(/\s+/);
  const said = new Map<string, string>();
  let family: Family | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const name = Object.hasOwn(options, word) ? word : '';
    const option = options[name];
    if (option === undefined) return { message: `"${word}" is no word of it` };
    if (name !== '' && option.takes !== undefined) at++;
    if (option.before?.includes(words[at] ?? '')) at++;
    const value = words[at] ?? '';
    const fault = valueFault({ name, value, option, family });
    if (fault !== undefined) return fault;
    if (said.has(name) && option.takes !== undefined)
      return { message: `it says ${name === '' ? value : name} a second time` };
    said.set(name, value);
    family ??= option.family ?? familyOf(option, value) ?? null;
  }
  return { said, family };
}

function valueFault({
  name,
  value,
  option,
  family,
}: {
  name: string;
  value: string;
  option: Option;
  family: Family | null;
}): IpFault | undefined {
  const { takes } = option;
  if (takes === undefined) return undefined;
  if (name !== '' && value === '') return { message: `${name} lacks its ${takes.noun}` };
  if (!takes.fits(value)) return { message: `"${value}" is no ${takes.noun}` };
  // keepalived takes the first thing that has a family for that of the line, and default for one of its own.
  if (family !== null && isDefault(value) && takes === PREFIX)
    return { message: `${value} stands behind an address`, hint: `put ${value} first` };
  const own = option.family ?? familyOf(option, value);
  if (family !== null && own !== undefined && own !== family)
    return { message: `${name || value} does not fit the address family of the rest` };
  return undefined;
}

function familyOf({ takes }: Option, value: string): Family | undefined {
  return isDefault(value) ? undefined : takes?.family?.(value);
}

function isDefault(word: string): boolean {
  return ['default', 'any', 'all'].includes(word);
}

/** Decimal, as keepalived's read_unsigned. */
export function number(max: number): Kind {
  return { noun: `number from 0 to ${max}`, fits: (word) => /^\d+$/.test(word) && Number(word) <= max };
}

/** A number as strtoul reads it, or a name from the tables of the host, which nobody knows here. */
export function numberOrName(max: number): Kind {
  return {
    noun: `number from 0 to ${max}, or name`,
    fits: (word) => (/^\d/.test(word) ? isAnyNumber(word, max) : /^[A-Za-z_][\w.-]*$/.test(word)),
  };
}

export function isAnyNumber(word: string, max: number): boolean {
  return /^(?:0x[0-9a-f]+|0|[1-9]\d*)$/i.test(word) && Number(word) <= max;
}

export function oneOf(words: readonly string[]): Kind {
  return { noun: words.join(' or '), fits: (word) => words.includes(word) };
}

export function pattern(noun: string, shape: RegExp): Kind {
  return { noun, fits: (word) => shape.test(word) };
}

export const MAX_U32 = 4294967295;

const familyOfText = (word: string): Family => (word.includes(':') ? 'ipv6' : 'ipv4');

export const ADDRESS: Kind = {
  noun: 'IP address',
  fits: (word) => parseAddress(word) !== undefined,
  family: familyOfText,
};

export const PREFIX: Kind = {
  noun: 'IP address with a prefix length, or default',
  fits: (word) => isDefault(word) || isPrefix(word),
  family: familyOfText,
};

function isPrefix(word: string): boolean {
  const [text = '', length, ...rest] = word.split('/');
  const address = parseAddress(text);
  if (address === undefined || rest.length > 0) return false;
  return length === undefined || number(address.family === 'ipv4' ? 32 : 128).fits(length);
}

export const INTERFACE_NAME = pattern('interface', /^[^\s/]{1,15}$/);

export const REALMS: Kind = {
  noun: 'realm, or two with a slash',
  fits: (word) => word.split('/').length <= 2 && word.split('/').every(numberOrName(255).fits),
  family: () => 'ipv4',
};
