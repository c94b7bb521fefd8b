/**
 * What lint costs beside reading the YAML alone: 1,000 services of 20 real servers, in one file and in a hundred, clean
 * and with 10,000 findings. Both are measured in turns, and the ratio is the median of the rounds' own, so that what else
 * the machine does counts little.
 */
import { parseDocument } from 'yaml';
import { lint } from '../../src/lint/lint.ts';
import { loadSpec } from '../../src/spec/load.ts';
import type { SourceFile } from '../../src/spec/source.ts';

const SERVICES = 1000;
const SERVERS = 20;
const ROUNDS = Number(process.argv[2] ?? 9);

function serviceText(index: number, faulty: boolean): string {
  const servers = Array.from({ length: SERVERS }, (_, server) => {
    const address = `10.${index >> 8}.${index & 255}.${server + 1}`;
    const weight = faulty && server % 2 === 0 ? 70000 : 100;
    return `      s${index}-${server}: { address: ${address}, weight: ${weight} }\n`;
  });
  return `  web-${index}:
    vip: 203.${index >> 8}.${index & 255}.1
    port: 443
    scheduler: wrr
    persistence: { timeout: 5m }
    check: { http: { path: /healthz, status: 200 } }
    servers:
${servers.join('')}`;
}

const HEAD = `version: 1
directors: { lb1: { address: 192.0.2.11, interface: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }
defaults: { forwarding: nat, drain: 5m }
`;

function makeFiles(count: number, faulty: boolean): readonly SourceFile[] {
  const each = SERVICES / count;
  return Array.from({ length: count }, (_, file) => {
    const services = Array.from({ length: each }, (_service, index) => serviceText(file * each + index, faulty));
    return { name: `${file}.lvs.yaml`, text: `${file === 0 ? HEAD : ''}services:\n${services.join('')}` };
  });
}

/** Of CPU, with what the garbage of it costs: whatever else the machine does is not in it. */
function milliseconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

const parseAll = (files: readonly SourceFile[]) =>
  files.map(({ text }) =>
    parseDocument(text, { uniqueKeys: false, merge: false, prettyErrors: false, version: '1.2' }),
  );

function measure(title: string, files: readonly SourceFile[]): void {
  const alone: number[] = [];
  const whole: number[] = [];
  let findings = 0;
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(milliseconds(() => parseAll(files)));
    whole.push(
      milliseconds(() => {
        findings = lint(loadSpec(files)).length;
      }),
    );
  }
  const [parse, total] = [median(alone), median(whole)];
  const row = [
    title.padEnd(32),
    `${findings} findings`.padStart(15),
    `yaml ${parse.toFixed(0)} ms`.padStart(14),
    `lint ${total.toFixed(0)} ms`.padStart(14),
  ];
  const ratio = median(whole.map((time, round) => time / (alone[round] ?? Number.NaN)));
  console.log(`${row.join('')}   ratio ${ratio.toFixed(2)}`);
}

for (const faulty of [false, true])
  for (const count of [1, 100])
    measure(`1,000 x 20 in ${count} ${count === 1 ? 'file' : 'files'}`, makeFiles(count, faulty));
