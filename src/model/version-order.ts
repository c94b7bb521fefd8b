/** Whether a release such as `5.10.0-28-amd64` is older than a version such as `5.11`; false where it cannot be read. */
export function isOlder(release: string, version: string): boolean {
  const [own, other] = [numbers(release), numbers(version)];
  if (own.length === 0) return false;
  const at = other.findIndex((number, index) => number !== (own[index] ?? 0));
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0);
}

function numbers(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);
}
