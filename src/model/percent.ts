/** A share of 0..1 as people write it; with a decimal where a whole number would hide that a limit was passed. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
