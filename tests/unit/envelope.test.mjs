// Values in the store, with their expiry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';

const { readEnvelope, writeEnvelope } = await compiled('server/state/envelope.ts');

test('a value is read as it was written, with its expiry', () => {
  for (const value of ['text', 7, null, ['a'], { nested: { list: [1] } }]) {
    const { expires, value: read } = readEnvelope(writeEnvelope({ expires: 5, value }));
    assert.equal(expires, 5);
    assert.equal(JSON.stringify(read), JSON.stringify(value));
  }
});

test('an object that was read has no prototype', () => {
  assert.equal(Object.getPrototypeOf(readEnvelope(writeEnvelope({ expires: 5, value: { a: 1 } })).value), null);
});

test('any other text or value is not an envelope', () => {
  for (const text of [
    undefined,
    null,
    7,
    {},
    '',
    'null',
    '"text"',
    '{}',
    '{"version":1,"value":1}',
    '{"version":1,"expires":"5","value":1}',
    '{"version":1,"expires":5,"value":1',
    '[5,1]',
  ])
    assert.equal(readEnvelope(text), undefined, JSON.stringify(text));
});

test('a value of another version counts as expired, and so does a value that was written before versions existed', () => {
  const text = writeEnvelope({ expires: 5, value: 'text' });
  assert.equal(text, '{"version":1,"expires":5,"value":"text"}');
  for (const other of [text.replace('"version":1', '"version":2'), '{"e":9e15,"v":"text"}'])
    assert.deepEqual(readEnvelope(other), { expires: 0, value: undefined });
});

test('a text that is longer than any text of the service is not parsed', () => {
  const text = writeEnvelope({ expires: 5, value: 'x'.repeat(1_048_576) });
  assert.equal(readEnvelope(text), undefined);
});
