// Recognises a single value without a name by its form.
type Named = Record<string, string>;

const PLACEHOLDER = /^["']?(?:undefined|null|NaN|\[object Object\]|the code is a mock one)["']?$/i;

/** The value under the name that fits its form, or `undefined`. The value is returned unchanged, including its damage. */
export function recogniseBareValue(paste: string): { shape: 'base64' | 'code'; fields: Named } | undefined {
  const text = paste.trim();
  const base64 = (fields: Named) => ({ shape: 'base64' as const, fields });
  const code = (name: string) => ({ shape: 'code' as const, fields: { [name]: text } });
  if (/^-----BEGIN (?:PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE)-----/.test(text)) return base64({ alipayPublicKey: text });
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return base64({ privateKey: text });
  if (PLACEHOLDER.test(text)) return code('code');
  const core = text.replace(/^["'“‘]|["'”’]$/g, '');
  if (/^[0-9a-f]{64}$/i.test(core)) return code('code');
  if (/^[0-9a-f]{32}$/.test(core)) return code('session_key');
  if (/^0[0-9A-Za-z]{31}$/.test(core)) return code('js_code');
  const compact = core.replace(/\s+/g, '');
  if (/^(?:MIIBIjANBg|MIGfMA0GCS)/.test(compact)) return base64({ alipayPublicKey: text });
  if (/^MII[CEJ]/.test(compact) && compact.length > 500) return base64({ privateKey: text });
  // Session keys and IVs have the same form. A plain word can have this form, too.
  if (/^[\w+/-]{22}(?:==)?$/.test(compact) && (compact.endsWith('=') || /^(?=.*\d)\S+$/.test(core)))
    return base64({ session_key: text });
  if (isBase64(core, compact))
    return base64(compact.length > 340 && compact.length < 350 ? { data: text } : { encryptedData: text });
  return /^[\w.:@+/=~-]{16,512}$/.test(core) && /\d/.test(core) ? code('code') : undefined;
}

/** Long enough for a ciphertext, and not a sentence. Pluses and slashes may have been damaged in transit. */
function isBase64(text: string, compact: string): boolean {
  const words = text.split(/[ \t]+/).length;
  return (
    compact.length >= 64 &&
    /^(?:[\w+/\\-]|%[0-9a-fA-F]{2})+={0,3}$/.test(compact) &&
    /\d/.test(compact) &&
    /[A-Z]/.test(compact) &&
    compact.length / words >= 16
  );
}
