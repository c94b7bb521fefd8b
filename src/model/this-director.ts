import type { Director } from './director.ts';

/** What a host is known by. */
export interface HostIdentity {
  readonly hostname: string;
  /** Canonical texts of all its addresses. */
  readonly addresses: readonly string[];
  /** The director it is said to be (`--director`); nothing else counts then. */
  readonly name?: string | undefined;
}

/** Which director a host is. Where it is not found, `message` says so, a sentence without a full stop. */
export type ThisDirector =
  | { readonly kind: 'found'; readonly director: Director }
  | { readonly kind: 'no-directors'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'ambiguous'; readonly message: string };

/** Finds the director that a host is: by the name it is given, by its host name, or by an address that it has. */
export function thisDirector(directors: readonly Director[], host: HostIdentity): ThisDirector {
  if (host.name !== undefined) return directorCalled(host.name, directors);
  if (directors.length === 0) return { kind: 'no-directors', message: 'The spec has no directors' };
  const candidates = likeliest(directors, host);
  const [only, other] = candidates;
  if (only === undefined)
    return { kind: 'unknown', message: `${describe(host)} is none of the directors ${list(directors)}` };
  if (other !== undefined)
    return { kind: 'ambiguous', message: `${describe(host)} could be any of the directors ${list(candidates)}` };
  return { kind: 'found', director: only };
}

function directorCalled(wanted: string, directors: readonly Director[]): ThisDirector {
  const director = directors.find(({ name }) => name === wanted);
  if (director !== undefined) return { kind: 'found', director };
  const known = directors.length === 0 ? 'the spec has none' : `there is ${list(directors)}`;
  return { kind: 'unknown', message: `No director is called "${wanted}"; ${known}` };
}

type Match = (director: Director, host: HostIdentity) => boolean;

/** The surest first. */
const MATCHES: readonly Match[] = [
  ({ name }, { hostname }) => name === hostname,
  ({ name }, { hostname }) => name === firstLabel(hostname),
  ({ name }, { hostname }) => firstLabel(name) === firstLabel(hostname),
  ({ address }, { addresses }) => addresses.includes(address.text),
];

/** Those that the first match fits that fits any; where it fits several, the later ones choose among them. */
function likeliest(directors: readonly Director[], host: HostIdentity): readonly Director[] {
  return MATCHES.reduce<readonly Director[]>((chosen, matches) => {
    if (chosen.length === 1) return chosen;
    const found = (chosen.length === 0 ? directors : chosen).filter((director) => matches(director, host));
    return found.length === 0 ? chosen : found;
  }, []);
}

function firstLabel(name: string): string {
  return name.split('.')[0] ?? name;
}

function describe({ hostname, addresses }: HostIdentity): string {
  const shown = addresses.filter((address) => address !== '127.0.0.1' && address !== '::1');
  return `This host, ${hostname}${shown.length === 0 ? '' : ` with ${shown.join(', ')}`},`;
}

function list(directors: readonly Director[]): string {
  return directors.map(({ name }) => name).join(', ');
}
