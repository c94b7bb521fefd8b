import { z } from 'zod';
import { specSchema } from './schema.ts';

/** The JSON Schema (draft 7) of a spec as people write it, for editors: completion, hover texts, unknown keys. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(specSchema, {
    target: 'draft-07',
    io: 'input',
    override: ({ zodSchema, jsonSchema: node }) => {
      // Zod leaves both out of values it transforms, but they are written in the words of the spec.
      const meta = z.globalRegistry.get(zodSchema) as { default?: unknown; examples?: readonly unknown[] } | undefined;
      if (meta?.default !== undefined) node.default = meta.default as never;
      if (meta?.examples !== undefined) node.examples = [...meta.examples] as never;
    },
  });
  const { $schema, ...rest } = schema as Record<string, unknown>;
  return { $schema, $id: 'lvsctl.schema.json', ...rest };
}
