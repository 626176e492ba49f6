// What stores and their adapters response.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';

const { causeOfStore, isAbsent, lockHolder, requireStored, wasStored } = await compiled(
  'server/state/store-results.ts',
);
const isStoreError = { code: 'ERR_STORE' };

test('get: the values that mean absence', () => {
  for (const match of [undefined, null, '', 'null']) assert.equal(isAbsent(match), true, String(match));
  for (const hit of ['x', 0, false, {}]) assert.equal(isAbsent(hit), false, String(hit));
});

test('set: false means that it failed, and nothing else does', () => {
  assert.throws(() => requireStored(false), isStoreError);
  for (const response of [undefined, null, true, 'OK', 0]) requireStored(response);
});

test('setIfAbsent: yes, no, and responses that are neither', () => {
  for (const platformResponse of [true, 'OK', 1]) assert.equal(wasStored(platformResponse), true);
  for (const serverResponse of [false, null, 0]) assert.equal(wasStored(serverResponse), false);
  for (const received of [undefined, 'ok', 2, {}, NaN]) assert.throws(() => wasStored(received), isStoreError);
});

test('a lock holds the id of its holder, or nothing', () => {
  const id = 'a'.repeat(43);
  assert.equal(lockHolder(id), id);
  for (const matching of [undefined, null, '', 'null']) assert.equal(lockHolder(matching), undefined);
  for (const invalid of ['short', 7, `${id}b`, {}]) assert.throws(() => lockHolder(invalid), isStoreError);
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
