// The cause of a failed request, by known codes. The runtime's own error text contains the request's URL, and with it
// secrets.

/** Codes of Node and OpenSSL. Another attempt may succeed. */
const TRANSIENT = [
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    'EMFILE',
    'EAI_AGAIN',
  ],
  ...[
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_OVERFLOW',
  ],
  ...[
    'HPE_HEADER_OVERFLOW',
    'HPE_INVALID_CONSTANT',
    'HPE_INVALID_HEADER_TOKEN',
    'HPE_INVALID_CONTENT_LENGTH',
    'HPE_INVALID_CHUNK_SIZE',
    'ERR_STREAM_PREMATURE_CLOSE',
    'Z_DATA_ERROR',
    'Z_BUF_ERROR',
  ],
];

/** Codes that persist until somebody changes a name, a certificate, a proxy, or this machine's clock. */
const LASTING = [
  ...[
    'ENOTFOUND',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'CERT_SIGNATURE_FAILURE',
    'CERT_CHAIN_TOO_LONG',
  ],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ],
  ...[
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'HOSTNAME_MISMATCH',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'EPROTO',
  ],
  // fetch rejects some ports, such as 1, without a connection.
  'BAD_PORT',
  'ERR_INVALID_URL',
  // A bug in a function of the application.
  ...['TypeError', 'ReferenceError'],
];

/** A proxy or a gateway rejects the request, requires a password, or does not know the path. */
const LASTING_STATUS = ['HTTP 403', 'HTTP 404', 'HTTP 407'];

/**
 * Texts of other runtimes: Bun has these texts in the error's `code`, Deno only in its `message`. A message may
 * contain the URL, and the URL may contain a client's text. No URL contains a space, so every phrase here contains
 * one.
 */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^ConnectionRefused$|connection refused /i, 'ECONNREFUSED'],
  [/^ConnectionClosed$|^ConnectionReset$|connection reset |connection closed before/i, 'ECONNRESET'],
  [/^FailedToOpenSocket$|^DNSException$|dns error: |failed to lookup address /i, 'ENOTFOUND'],
  [/^bad port$/, 'BAD_PORT'],
  [/^Request cannot be constructed from a URL that includes credentials/, 'ERR_INVALID_URL'],
  // Texts of V8 and JavaScriptCore for a bug. The class alone is not enough: network failures are TypeErrors, too.
  [/^Cannot (?:read|set|destructure) propert| is not (?:a function|a constructor|iterable|an object)\b/, 'TypeError'],
  [/ is not defined$|^Can't find variable: /, 'ReferenceError'],
  [/ of type InvalidContentType/, 'ERR_SSL_WRONG_VERSION_NUMBER'],
  [/invalid peer certificate: Expired/, 'CERT_HAS_EXPIRED'],
  [/invalid peer certificate: .*(?:CaUsedAsEndEntity|self.signed)/, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/invalid peer certificate: UnknownIssuer/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/invalid peer certificate: (?:NotValidForName|certificate not valid for name)/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** The known code of a transport failure, from any property of the error that contains one. */
export function causeOf(failure: unknown): string | undefined {
  try {
    // undici wraps errors in `cause`. If it tried several addresses, their errors are in `errors`.
    for (let error: any = failure, depth = 0; error && depth < 5; error = error.cause ?? error.errors?.[0], depth++) {
      const known = codeOf(error.code) ?? codeOf(error.message);
      if (known) return known;
    }
  } catch {
    // A getter of a foreign error threw.
  }
  return undefined;
}

function codeOf(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (TRANSIENT.includes(text) || LASTING.includes(text)) return text;
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * Whether another attempt cannot help.
 * @param code the code of the error: `NETWORK`, `HTTP 404` …
 */
export const isLasting = (code: string, cause: string | undefined): boolean =>
  LASTING_STATUS.includes(code) || (cause !== undefined && LASTING.includes(cause));
