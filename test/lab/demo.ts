import { runInLab } from './boot.ts';

// Runs the demo's story in the lab, with a limit that only a broken machine reaches.
const LIMIT_SECONDS = 600;

process.exitCode = await runInLab([process.execPath, 'test/lab/demo-story.ts'], {
  seconds: LIMIT_SECONDS,
  log: (text) => process.stdout.write(text),
});
