import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./clean/', import.meta.url);

/** Specs as people write them, in which nothing is wrong, by name; the last one is too long for a file. */
export const CLEAN_SPECS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readdirSync(FOLDER).map((file) => [file.replace('.lvs.yaml', ''), readFileSync(new URL(file, FOLDER), 'utf8')]),
  ),
  'five-hundred-services': fiveHundredServices(),
};

/** A hosting company: 500 customers with a VIP and three real servers each, in three instances. */
function fiveHundredServices(): string {
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const vip = (number: number) => `10.9.${Math.floor(number / 200)}.${(number % 200) + 1}`;
  const server = (number: number, which: number) =>
    `10.${100 + which}.${Math.floor(number / 200)}.${(number % 200) + 1}`;
  const services = numbers.map(
    (number) =>
      `  customer-${number}: { vip: ${vip(number)}, port: ${number % 2 === 0 ? 80 : 443}, servers: { a: ${server(number, 0)}, b: ${server(number, 1)}, c: ${server(number, 2)} } }`,
  );
  const instances = [0, 1, 2].map((block) => {
    const vips = numbers.filter((number) => Math.floor(number / 200) === block).map((number) => `${vip(number)}/16`);
    return `  block-${block}: { virtual_router_id: ${block + 1}, vips: [${vips.join(', ')}], priority: { lb1: 150, lb2: 100 } }`;
  });
  return [
    'version: 1',
    'directors:',
    '  lb1: { address: 10.9.250.1, interface: eth0 }',
    '  lb2: { address: 10.9.250.2, interface: eth0 }',
    'defaults: { scheduler: wlc, forwarding: dr, check: { tcp: {}, interval: 5s, timeout: 2s } }',
    'vrrp:',
    ...instances,
    'services:',
    ...services,
    '',
  ].join('\n');
}
