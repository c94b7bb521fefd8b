import { type Instance, identityKey } from './instance.ts';

/** What becomes of an instance on a reload. */
export type Fate =
  /** Same identity: keepalived goes on with its state, whatever its name is now. */
  | { readonly kind: 'kept'; readonly before: Instance; readonly after: Instance }
  /** Same name, and an identity that nothing had before. */
  | { readonly kind: 're-created'; readonly before: Instance; readonly after: Instance }
  /** It has the identity that another one had, which is still there: `before` has that one, `namesake` its own former one. */
  | { readonly kind: 'exchanged'; readonly before: Instance; readonly after: Instance; readonly namesake: Instance }
  | { readonly kind: 'added'; readonly after: Instance }
  | { readonly kind: 'removed'; readonly before: Instance };

/** All instances of two files, those that stay or come in the order of the later one. */
export function fatesOf(before: readonly Instance[], after: readonly Instance[]): readonly Fate[] {
  const names = new Set(after.map(({ name }) => name));
  const identities = new Set(after.map(({ identity }) => identityKey(identity)));
  const gone = before.filter(({ name, identity }) => !names.has(name) && !identities.has(identityKey(identity)));
  return [
    ...after.map((instance) => fateOf(instance, { before, identities })),
    ...gone.map((instance) => ({ kind: 'removed' as const, before: instance })),
  ];
}

function fateOf(
  after: Instance,
  { before, identities }: { before: readonly Instance[]; identities: ReadonlySet<string> },
): Fate {
  const key = identityKey(after.identity);
  const same = before.find(({ identity }) => identityKey(identity) === key);
  const namesake = before.find(({ name }) => name === after.name);
  if (same !== undefined && namesake !== undefined && same !== namesake)
    return { kind: 'exchanged', before: same, after, namesake };
  if (same !== undefined) return { kind: 'kept', before: same, after };
  // One that goes on under another name is not the one that begins under its former name.
  const isFree = namesake !== undefined && !identities.has(identityKey(namesake.identity));
  return isFree ? { kind: 're-created', before: namesake, after } : { kind: 'added', after };
}
