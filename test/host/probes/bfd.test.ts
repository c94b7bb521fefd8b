import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askHere } from './asking.ts';

test('a BFD session is left to keepalived, and says nothing of the server', async () => {
  await assert.rejects(askHere({ kind: 'bfd', instance: 'peer' }), {
    name: 'OperationError',
    message: 'Only keepalived can ask BFD session peer',
  });
});
