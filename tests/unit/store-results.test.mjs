// The results that stores and their adapters return.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';

const { causeOfStore, isAbsent, lockHolder, requireStored, wasStored } = await compiled(
  'server/state/store-results.ts',
);
const isStoreError = { code: 'ERR_STORE' };

test('get: the values that mean absence', () => {
  for (const value of [undefined, null, '', 'null']) assert.equal(isAbsent(value), true, String(value));
  for (const value of ['x', 0, false, {}]) assert.equal(isAbsent(value), false, String(value));
});

test('set: only false means that it failed', () => {
  assert.throws(() => requireStored(false), isStoreError);
  for (const result of [undefined, null, true, 'OK', 0]) requireStored(result);
});

test('setIfAbsent: results for stored, for not stored, and invalid results', () => {
  for (const result of [true, 'OK', 1]) assert.equal(wasStored(result), true);
  for (const result of [false, null, 0]) assert.equal(wasStored(result), false);
  for (const result of [undefined, 'ok', 2, {}, NaN]) assert.throws(() => wasStored(result), isStoreError);
});

test('the value of a lock is the id of its holder, or absent', () => {
  const id = 'a'.repeat(43);
  assert.equal(lockHolder(id), id);
  for (const value of [undefined, null, '', 'null']) assert.equal(lockHolder(value), undefined);
  for (const value of ['short', 7, `${id}b`, {}]) assert.throws(() => lockHolder(value), isStoreError);
});

test('the cause of a failure is a known code or a class, never the text of the error', () => {
  const error = (message, members) => Object.assign(new Error(message), members);
  assert.equal(causeOfStore(error('connect to redis://:secret@host', { code: 'ECONNREFUSED' })), 'ECONNREFUSED');
  assert.equal(causeOfStore(error('NOAUTH Authentication required.')), 'NOAUTH');
  assert.equal(causeOfStore(error('secret', { code: 'ERR_SOCKET_CLOSED' })), 'ERR_SOCKET_CLOSED');
  assert.equal(causeOfStore(error('secret', { code: 'SQLITE_BUSY' })), 'SQLITE_BUSY');
  assert.equal(causeOfStore(error('secret', { code: '13912345678' })), 'Error');
  assert.equal(causeOfStore(new TypeError('secret')), 'TypeError');
  assert.equal(causeOfStore('secret'), 'string');
  const trap = () => {
    throw new Error('a trap');
  };
  assert.equal(causeOfStore(new Proxy({}, { get: trap, getPrototypeOf: trap })), 'Error');
});
