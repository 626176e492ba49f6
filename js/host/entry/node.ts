// Node, and what Nodes before 20 lack.
import { webcrypto } from 'node:crypto';
import { runtime } from '../runtime';
import { httpFetch } from './node-fetch';

runtime.crypto ??= webcrypto as unknown as Crypto;
runtime.fetch ??= httpFetch;

export * from '../index';
