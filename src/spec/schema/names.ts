import { z } from 'zod';
import { NAME } from '../scalars.ts';

/** A mapping from names people choose to things of one kind. */
export function named<T extends z.ZodType>(item: T): z.ZodRecord<z.ZodString, T> {
  return z.record(z.string().regex(NAME), item);
}
