type CamelText<T extends string> = T extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelText<Tail>>}`
  : T;

/** A section of a spec under the names that the code has for its keys. */
export type Camel<T> = { [K in keyof T as K extends string ? CamelText<K> : K]: T[K] };

/** `advert_interval` as `advertInterval`, for the keys of one section; what is under them stays as it is. */
export function camel<T extends object>(section: T): Camel<T> {
  const entries = Object.entries(section).map(([key, value]) => [
    key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as Camel<T>;
}
