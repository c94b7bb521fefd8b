#!/usr/bin/env node
// From a checkout the sources run as they are; a package holds the bundle alone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const ownNode = place('../node_modules/node/bin/node');

if (Number.parseInt(process.versions.node, 10) >= 24) await start();
else if (existsSync(ownNode)) runWithOwnNode();
else refuse();

async function start() {
  // A spec becomes long-lived objects at once: room for short-lived ones to grow in costs a third more memory, and saves no time.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { main } = await import(existsSync(place('../src/main.ts')) ? '../src/main.ts' : '../dist/main.js');
  await main();
}

// `npm ci` brought a Node that is new enough, where the machine's own is not.
function runWithOwnNode() {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
    process.exit();
  });
}

function refuse() {
  process.stderr.write(
    `lvsctl needs Node.js 24 or later, and this is ${process.version}.\nIn a checkout, \`npm ci\` brings one; else install a newer nodejs.\n`,
  );
  process.exitCode = 1;
}
