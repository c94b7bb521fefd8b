import { optional, type Statement } from './block.ts';

/**
 * A number as keepalived reads one: without exponent, and with six places for seconds, three for milliseconds
 * (parser.c: read_decimal_unsigned). 700 ms are 0.7000000000000001 s.
 */
export function decimal(value: number, places: 3 | 6 = 6): string {
  return value.toFixed(places).replace(/\.?0+$/, '');
}

/** The statement where the spec says a number. */
export function optionalDecimal(keyword: string, value: number | null | undefined, places: 3 | 6 = 6): Statement[] {
  return optional(keyword, value === null || value === undefined ? value : decimal(value, places));
}
