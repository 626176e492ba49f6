//! The serials ("SN") by which Alipay's gateway identifies certificates: MD5 of a certificate's issuer and serial
//! number. Proven by the results of Alipay's own SDK for test certificates.
//!
//! Source: alipay-sdk-java-all and alipay-sdk-nodejs-all, `getCertSN` and `getRootCertSN`.

use md5::{Digest, Md5};

use crate::{
    Error, Input,
    crypto::{
        base64, pem,
        x509::{self, Certificate},
    },
};

/// The beginning of the object identifiers of RSA signatures, 1.2.840.113549.1.1.
const RSA_SIGNATURES: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];

/// The longest serial number, in bytes: 20, and the 0 that keeps it positive. RFC 5280, section 4.1.2.2
const MAX_SERIAL_LEN: usize = 21;

/// The SN of a certificate, the gateway's `app_cert_sn`: 32 hexadecimal digits. If a file has several certificates, the
/// SN is that of the first one.
///
/// # Errors
/// [`Error::Input`]; [`Error::Key`] if the input is not a certificate, or its issuer's name can be written in
/// several ways.
pub fn alipay_cert_sn(certificate: &Input) -> Result<String, Error> {
    let field = "appCertificate";
    of(&pem::der(certificate, field)?).ok_or(Error::Key(field))
}

/// The SN of Alipay's root certificates, the gateway's `alipay_root_cert_sn`: the SNs of the certificates that are
/// signed with RSA, in the order of the file `alipayRootCert.crt`, joined by `_`. The rest of the file is ignored.
///
/// # Errors
/// [`Error::Input`]; [`Error::Key`] if no certificate is signed with RSA, or one of those has no SN.
pub fn alipay_root_cert_sn(certificates: &Input) -> Result<String, Error> {
    let field = "alipayRootCertificate";
    let mut serials = Vec::new();
    for der in pem::blocks(certificates, field)? {
        let root = Certificate::read(&der);
        if let Some(root) = root.filter(|root| root.signature_algorithm.starts_with(&RSA_SIGNATURES)) {
            // Without one of the serials, the joined text would name another set of roots.
            serials.push(serial(&root).ok_or(Error::Key(field))?);
        }
    }
    if serials.is_empty() { Err(Error::Key(field)) } else { Ok(serials.join("_")) }
}

/// The SN of a certificate in DER.
pub(super) fn of(der: &[u8]) -> Option<String> {
    serial(&Certificate::read(der)?)
}

fn serial(certificate: &Certificate<'_>) -> Option<String> {
    let issuer = distinguished_name(certificate.issuer)?;
    let number = decimal(certificate.serial_number)?;
    Some(base64::hex(&Md5::new().chain_update(issuer).chain_update(number).finalize()))
}

/// A name in the order of RFC 2253, the last attribute first: `CN=…,OU=…,O=…,C=CN`. Alipay compares the SN with one
/// that Java computes. So the result is `None` if implementations write names differently: for other attributes and
/// types of text, several attributes in one part, and characters that are escaped.
fn distinguished_name(name: &[u8]) -> Option<String> {
    let mut parts = Vec::new();
    for part in x509::elements(name).into_iter().rev() {
        let [attribute] = x509::elements(x509::value(part)?)[..] else { return None };
        let [kind, text] = x509::elements(x509::value(attribute)?)[..] else { return None };
        // The object identifiers 2.5.4.x.
        let [0x55, 0x04, kind] = *x509::value(kind)? else { return None };
        let kind = match kind {
            3 => "CN",
            6 => "C",
            7 => "L",
            8 => "ST",
            10 => "O",
            11 => "OU",
            _ => return None,
        };
        let (utf8_string, printable_string) = (0x0c, 0x13);
        if ![utf8_string, printable_string].contains(text.first()?) {
            return None;
        }
        let text = core::str::from_utf8(x509::value(text)?).ok()?;
        if text.contains([',', '+', '"', '\\', '<', '>', ';', '#', '=', '\0']) || text.trim() != text {
            return None;
        }
        parts.push([kind, "=", text].concat());
    }
    Some(parts.join(","))
}

/// A number's bytes as decimal digits. `BigUint` would add 2.6 kB (1.5 kB gzip) to the WebAssembly module.
fn decimal(bytes: &[u8]) -> Option<String> {
    if bytes.len() > MAX_SERIAL_LEN {
        return None;
    }
    // Least significant first.
    let mut digits = vec![0_u16];
    for byte in bytes {
        let mut carry = u16::from(*byte);
        for digit in &mut digits {
            let sum = digit.wrapping_mul(256).wrapping_add(carry);
            (*digit, carry) = (sum % 10, sum / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from_digit(u32::from(*digit), 10)).collect()
}
