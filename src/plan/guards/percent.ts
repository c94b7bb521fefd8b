/** A share of 0..1 as people write it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
