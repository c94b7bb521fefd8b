import type { z } from 'zod';
import type { Path } from './place.ts';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
}

/** The mapping schema at a path: its keys, and what one such mapping is called. Undefined where any key is allowed. */
export function objectAt(
  schema: z.ZodType,
  path: Path,
): { readonly keys: readonly string[]; readonly title: string } | undefined {
  const found = candidatesAt([schema], path).find((candidate) => definitionOf(candidate).shape !== undefined);
  if (found === undefined) return undefined;
  return { keys: Object.keys(definitionOf(found).shape ?? {}), title: String(found.meta()?.title ?? 'mapping') };
}

function candidatesAt(schemas: readonly z.ZodType[], path: Path): readonly z.ZodType[] {
  const open = schemas.flatMap(unwrap);
  const [step, ...rest] = path;
  if (step === undefined) return open;
  return candidatesAt(
    open.flatMap((schema) => {
      const { shape, valueType, element } = definitionOf(schema);
      // A spec may say `toString`, and every object has that.
      const next = shape === undefined ? (valueType ?? element) : new Map(Object.entries(shape)).get(String(step));
      return next === undefined ? [] : [next];
    }),
    rest,
  );
}

function unwrap(schema: z.ZodType): readonly z.ZodType[] {
  const { innerType, options } = definitionOf(schema);
  if (innerType !== undefined) return unwrap(innerType);
  return options === undefined ? [schema] : options.flatMap(unwrap);
}

function definitionOf(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}
