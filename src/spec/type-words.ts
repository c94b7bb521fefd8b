/** The part of JSON Schema that a spec's schema is made of. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | false;
  readonly items?: SchemaNode;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

/** Definitions by the reference that names them. */
export type Definitions = ReadonlyMap<string, SchemaNode>;

/** A node with what it refers to; its own words win, since they speak of this place. */
export function resolveNode(node: SchemaNode, definitions: Definitions): SchemaNode {
  const reference = referenceOf(node);
  if (reference === undefined) return node;
  return { ...definitions.get(reference), ...node };
}

/** The definition that a node shares with others, by its reference. */
export function referenceOf({ $ref, allOf }: SchemaNode): string | undefined {
  return $ref ?? allOf?.[0]?.$ref;
}

/** What may stand there, with its range, in words: `whole number, 1 to 65535`, `nat, dr, tun or section`. */
export function typeWords(node: SchemaNode, definitions: Definitions): string {
  return orList([...new Set(wordsOf(node, definitions))]);
}

function wordsOf(written: SchemaNode, definitions: Definitions): readonly string[] {
  const node = resolveNode(written, definitions);
  const { anyOf, items, additionalProperties, properties } = node;
  if (anyOf !== undefined) return unionWords(anyOf, definitions);
  if (node.enum !== undefined) return node.enum.map(String);
  if (node.const !== undefined) return [String(node.const)];
  if (items !== undefined) return [`list of ${typeWords(items, definitions)}`];
  if (additionalProperties) return [`${typeWords(additionalProperties, definitions)}, by name`];
  if (properties !== undefined) return [Object.keys(properties).length === 0 ? '{}' : 'section'];
  return [node.type ?? []].flat().flatMap((type) => scalarWords(type, node));
}

function unionWords(branches: readonly SchemaNode[], definitions: Definitions): readonly string[] {
  if (branches.every(({ format }) => format !== undefined)) return ['IP address'];
  // What scalars.ts makes of a duration.
  if (branches.some((branch) => branch.const === 0)) return ['duration'];
  return branches.flatMap((branch) => wordsOf(branch, definitions));
}

function scalarWords(type: string, { minimum, maximum, maxLength }: SchemaNode): readonly string[] {
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'string') return [maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`];
  const noun = type === 'integer' ? 'whole number' : 'number';
  if (minimum === undefined || maximum === undefined) return [noun];
  return [maximum === Number.MAX_SAFE_INTEGER ? `${noun}, ${minimum} or more` : `${noun}, ${minimum} to ${maximum}`];
}

function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
