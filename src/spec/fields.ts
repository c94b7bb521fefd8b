import { jsonSchema } from './json-schema.ts';
import type { Path } from './place.ts';
import { type Definitions, referenceOf, resolveNode, type SchemaNode, typeWords } from './type-words.ts';

/** A key of the spec, or an entry of a mapping or a list, as people look it up. */
export interface Field {
  /** Keys from the root; `*` stands for a name that people choose, or for an entry of a list. */
  readonly path: readonly string[];
  readonly description: string;
  /** What may stand there, with its range. */
  readonly type: string;
  /** As JSON Schema has it; undefined where there is none, or none that is always the same. */
  readonly default: unknown;
  readonly examples: readonly unknown[];
  readonly isRequired: boolean;
  /** Where the schema says so, from the nearest definition on: the same for all fields that share it. */
  readonly place: readonly string[];
  readonly keys: readonly Field[];
}

/** The whole spec as one field, whose keys are its sections; all of it comes from the schema. */
export function specFields(): Field {
  const root: SchemaNode = jsonSchema();
  const definitions = new Map(
    Object.entries(root.definitions ?? {}).map(([name, node]) => [`#/definitions/${name}`, node]),
  );
  return toField(root, { path: [], place: [], description: '', isRequired: true, definitions });
}

/** How a field is written: `services.*.persistence`. */
export function fieldName({ path }: Pick<Field, 'path'>): string {
  return path.join('.');
}

/** The field that a path of a spec belongs to, whatever names and numbers are in it. */
export function fieldAt(root: Field, path: Path): Field | undefined {
  return path.reduce<Field | undefined>(
    (field, step) =>
      field?.keys.find(({ path: own }) => own.at(-1) === step) ??
      field?.keys.find(({ path: own }) => own.at(-1) === '*'),
    root,
  );
}

/** A field and all below it, in the schema's order. */
export function allFields(field: Field): readonly Field[] {
  return [field, ...field.keys.flatMap(allFields)];
}

interface Surroundings {
  readonly path: readonly string[];
  readonly place: readonly string[];
  /** Of the mapping or list around it: an entry has mostly none of its own. */
  readonly description: string;
  readonly isRequired: boolean;
  readonly definitions: Definitions;
}

function toField(written: SchemaNode, around: Surroundings): Field {
  const { path, isRequired, definitions } = around;
  const node = resolveNode(written, definitions);
  const reference = referenceOf(written);
  const place = reference === undefined ? around.place : [reference.replace('#/definitions/', '')];
  const description = node.description ?? titleWords(node) ?? around.description;
  return {
    path,
    description,
    type: typeWords(node, definitions),
    default: node.default,
    examples: node.examples ?? [],
    isRequired,
    place,
    keys: keysOf(node, definitions).map(([key, inner, required]) =>
      toField(inner, { path: [...path, key], place: [...place, key], description, isRequired: required, definitions }),
    ),
  };
}

function titleWords({ title, anyOf }: SchemaNode): string | undefined {
  const noun = title ?? anyOf?.find((branch) => branch.title !== undefined)?.title;
  return noun === undefined ? undefined : `One ${noun}.`;
}

type Key = readonly [key: string, node: SchemaNode, isRequired: boolean];

/** A value that may be a word or a mapping has the keys of the mapping. */
function keysOf(written: SchemaNode, definitions: Definitions): readonly Key[] {
  const { anyOf, properties, additionalProperties, items, required } = resolveNode(written, definitions);
  if (anyOf !== undefined) return anyOf.flatMap((branch) => keysOf(branch, definitions));
  if (properties !== undefined)
    return Object.entries(properties).map(([key, node]) => [key, node, required?.includes(key) ?? false]);
  if (additionalProperties) return [['*', additionalProperties, false]];
  return items === undefined || keysOf(items, definitions).length === 0 ? [] : [['*', items, false]];
}
