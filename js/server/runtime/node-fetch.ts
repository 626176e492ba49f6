// The part of fetch that the service uses, for Node 16, which has no fetch.
import * as http from 'node:http';
import * as https from 'node:https';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Fetch } from '../types';

export const httpFetch: Fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      { method, headers: { 'accept-encoding': 'identity', ...headers, ...length }, signal },
      (response) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: { get: (name) => response.headers[name.toLowerCase()]?.toString() ?? null },
          body: decoded(response),
        }),
    );
    sent.on('error', reject);
    sent.end(body);
  });

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body as the server sent it, decompressed. Proxies may use any encoding that the request accepts.
 * Reading a body with an unknown encoding fails.
 */
function decoded(response: http.IncomingMessage): NodeJS.ReadableStream {
  // A caller that has stopped reading gets no error.
  response.on('error', () => {});
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return response;
  if (!Object.prototype.hasOwnProperty.call(DECODERS, encoding))
    return response.destroy(new Error('the content encoding is not known'));
  return pipeline(response, DECODERS[encoding]!(), () => {});
}
