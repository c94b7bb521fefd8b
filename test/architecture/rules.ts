import { posix } from 'node:path';
import { blankNonCode, lineAt, type ModuleUse, modulesOf } from './source-text.ts';

const PURE = [
  'model',
  'spec',
  'lint',
  'diff',
  'health',
  'plan',
  'ipvsadm',
  'keepalived',
  'needs',
  'doctor',
  'cases',
  'view',
];

/**
 * Which places of src may import which. A place is a folder, or the name of a file right in src; `type` after a name
 * allows types only.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  spec: ['model'],
  health: ['model'],
  lint: ['model', 'spec', 'needs', 'health'],
  diff: ['model'],
  plan: ['model', 'diff', 'health'],
  ipvsadm: ['model', 'plan type'],
  keepalived: ['model'],
  cases: ['model', 'spec', 'lint', 'diff', 'health', 'plan', 'ipvsadm', 'keepalived'],
  needs: ['model'],
  doctor: ['model', 'needs'],
  view: PURE,
  host: ['model', 'ipvsadm', 'doctor', 'plan type', 'errors'],
  daemon: [...PURE, 'host type', 'errors'],
  commands: [...PURE, 'host', 'daemon', 'errors', 'version'],
  main: ['commands', 'errors', 'describe-error', 'version'],
  action: ['commands', 'errors', 'main'],
  errors: [],
  version: [],
  'describe-error': ['errors', 'version'],
};

/** Each package has one place that knows it, so that another can take its part. */
const IMPORTERS: Readonly<Record<string, RegExp>> = {
  execa: /^src\/host\/exec\.ts$/,
  chokidar: /^src\/host\/watch\.ts$/,
  pino: /^src\/host\/log\.ts$/,
  zod: /^src\/spec\//,
  yaml: /^src\/spec\//,
  eta: /^src\/host\/templates\.ts$/,
  'dns-packet': /^src\/host\/probes\/dns/,
  diff: /^src\/view\/unified-diff\.ts$/,
  'ipaddr.js': /^src\/model\/address\.ts$/,
  commander: /^src\/(main\.ts$|commands\/)/,
};

/** What Node offers that has no effect and always gives the same answer. */
const PURE_BUILTINS = ['node:net', 'node:util', 'node:path', 'node:crypto'];

const IMPURE: Readonly<Record<string, RegExp>> = {
  'the clock': /(?<![.\w$])(?:Date\s*\.\s*now|new\s+Date\b\s*(?!\s*\(\s*[^)\s])|(?<!new\s+)Date\s*\(|performance\s*\.)/,
  randomness: /(?<![.\w$])(?:Math\s*\.\s*random|randomUUID|randomBytes|randomInt|getRandomValues)\b/,
  process: /(?<![.\w$])process\s*(?:\.|\[|\?\.)/,
  console: /(?<![.\w$])console\s*(?:\.|\[|\?\.)/,
  'a timer': /(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b(?!\s*:)/,
  'the network': /(?<![.\w$])(?:fetch|WebSocket)\s*\(/,
  globalThis: /(?<![.\w$])globalThis\b/,
};

const SURROUNDINGS = /(?<![.\w$])process\s*(?:\?\.|\.)\s*(?:argv|env|exitCode|exit)\b/;
const EMPTY_NAMES = /(?:^|\/)(?:utils?|helpers?|common|misc|types|index)\.ts$/;
const MOST_LINES = 250;

/** What a source file of the project does against its rules, one sentence each, with the line. */
export function violationsOf(file: string, text: string): string[] {
  const inSource = file.startsWith('src/');
  return [
    ...(EMPTY_NAMES.test(file) ? [`${file}: the name does not say what is in it`] : []),
    ...lengthViolations(file, text),
    ...(inSource ? [...importViolations(file, text), ...effectViolations(file, text)] : []),
  ];
}

/** The place of src that a file belongs to. */
export function placeOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '');
}

export function isKnownPlace(place: string): boolean {
  return place in MAY_IMPORT;
}

function lengthViolations(file: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > MOST_LINES ? [`${file}: ${lines} lines, and ${MOST_LINES} are the most`] : [];
}

function importViolations(file: string, text: string): string[] {
  return modulesOf(text).flatMap((use) => {
    const problem = use.specifier === null ? 'imports a computed name' : importProblem(file, use.specifier, use);
    return problem === null ? [] : [`${file}:${use.line}: ${problem}`];
  });
}

function importProblem(file: string, specifier: string, use: ModuleUse): string | null {
  if (specifier.startsWith('.')) return relativeProblem(file, posix.join(posix.dirname(file), specifier), use);
  if (specifier.startsWith('node:')) {
    const isFine = !PURE.includes(placeOf(file)) || PURE_BUILTINS.includes(specifier);
    return isFine ? null : `a pure folder imports ${specifier}`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const importers = IMPORTERS[name];
  if (importers === undefined) return `imports the package ${name}, which has no importer`;
  return importers.test(file) ? null : `imports the package ${name}, which only ${importers.source} may`;
}

function relativeProblem(file: string, target: string, use: ModuleUse): string | null {
  const from = placeOf(file);
  const to = placeOf(target);
  if (!target.startsWith('src/')) return `imports ${target}, which is not in src`;
  if (from === to) return null;
  const allowed = MAY_IMPORT[from] ?? [];
  if (allowed.includes(to) || (use.isTypeOnly && allowed.includes(`${to} type`))) return null;
  return `${from} imports ${to}${allowed.includes(`${to} type`) ? ', of which it may have types only' : ''}`;
}

function effectViolations(file: string, text: string): string[] {
  const code = blankNonCode(text);
  const rules = [
    ...(PURE.includes(placeOf(file)) ? Object.entries(IMPURE) : []),
    ...(file === 'src/main.ts'
      ? []
      : [['argv, env or the exit code, which are for src/main.ts', SURROUNDINGS] as const]),
  ];
  return rules.flatMap(([what, pattern]) => {
    const found = pattern.exec(code);
    return found === null ? [] : [`${file}:${lineAt(code, found.index)}: uses ${what}`];
  });
}
