// X.509 certificates, created at run time: certificates in files would expire, and their private keys would alarm
// secret scanners.
import { createHash, type KeyObject, sign } from 'node:crypto';

export interface Name {
  country: string;
  organization: string;
  unit: string;
  common: string;
}

export interface Certificate {
  pem: string;
  /**
   * Alipay's serial number of a certificate: the MD5, in hex, of the issuer in the notation of RFC 2253 followed
   * by the serial number in decimal.
   */
  sn: string;
}

const OIDS = {
  country: '2.5.4.6',
  organization: '2.5.4.10',
  unit: '2.5.4.11',
  common: '2.5.4.3',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  ecdsa: '1.2.840.10045.4.3.2',
  basicConstraints: '2.5.29.19',
};

const SEQUENCE = 0x30;
const SET = 0x31;

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  const base128 = (value: number): number[] => {
    const out = [value & 127];
    while ((value = Math.floor(value / 128))) out.unshift((value & 127) | 128);
    return out;
  };
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

const nameDer = (name: Name): Buffer =>
  der(
    SEQUENCE,
    ...(['country', 'organization', 'unit', 'common'] as const).map((part) =>
      der(SET, der(SEQUENCE, oid(OIDS[part]), der(0x0c, Buffer.from(name[part])))),
    ),
  );

const rfc2253 = ({ common, unit, organization, country }: Name): string =>
  `CN=${common},OU=${unit},O=${organization},C=${country}`;

/** The extension, marked as critical, that allows the subject to issue certificates. */
const AUTHORITY = der(
  0xa3,
  der(
    SEQUENCE,
    der(
      SEQUENCE,
      oid(OIDS.basicConstraints),
      der(0x01, Buffer.from([255])),
      der(0x04, der(SEQUENCE, der(0x01, Buffer.from([255])))),
    ),
  ),
);

/**
 * Creates a certificate for a public key. `hash` is the hash with which an RSA issuer signs; an EC issuer always uses
 * SHA-256.
 */
export function certify(of: {
  subject: Name;
  publicKey: KeyObject;
  issuer: Name;
  issuerKey: KeyObject;
  serial: Buffer;
  hash?: 'sha1' | 'sha256';
  authority?: boolean;
}): Certificate {
  const { subject, publicKey, issuer, issuerKey, serial, hash = 'sha256', authority = false } = of;
  const algorithm =
    issuerKey.asymmetricKeyType === 'ec' ? der(SEQUENCE, oid(OIDS.ecdsa)) : der(SEQUENCE, oid(OIDS[hash]), der(0x05));
  const number = Buffer.from(serial);
  // A positive integer without a leading zero.
  number[0] = (number[0]! & 0x3f) | 0x40;
  const time = (text: string): Buffer => der(0x17, Buffer.from(text));
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, number),
    algorithm,
    nameDer(issuer),
    der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    nameDer(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(authority ? [AUTHORITY] : []),
  );
  const signature = der(0x03, Buffer.from([0]), sign(hash, body, issuerKey));
  const base64 = der(SEQUENCE, body, algorithm, signature).toString('base64');
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`,
    sn: createHash('md5')
      .update(`${rfc2253(issuer)}${BigInt(`0x${number.toString('hex')}`)}`)
      .digest('hex'),
  };
}
