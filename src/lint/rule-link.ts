/** Where the documentation speaks of a rule, from the root of the repository. It stays the same for as long as the number does. */
export function ruleLink(id: string): string {
  return `docs/rules.md#${id.toLowerCase()}`;
}
