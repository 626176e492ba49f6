//! RSA as the platforms use it: PKCS#1 v1.5 signatures (Alipay) and PKCS#1 v1.5 encryption (Douyin). RFC 8017.

mod columns;
mod hazmat;
mod keyring;
mod montgomery;

use core::cell::RefCell;
use std::rc::Rc;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{
    Error, Input,
    crypto::{
        pem,
        x509::{Certificate, elements, number, value},
    },
};
pub(crate) use hazmat::PrivateKey;
use keyring::Keyring;
use montgomery::Modulus;

thread_local! {
    static PUBLIC_KEYS: RefCell<Keyring<PublicKey>> = const { RefCell::new(Keyring::new()) };
}

/// The algorithm of a key in PKCS#8 or X.509: rsaEncryption, 1.2.840.113549.1.1.1, with NULL as its parameters. RFC 3279
const RSA_ENCRYPTION: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// The accepted sizes of moduli, in bytes: 512 to 4096 bits.
const SIZES: core::ops::RangeInclusive<usize> = 64..=512;

/// The largest accepted public exponent. Real keys have 65537.
const MAX_EXPONENT: u64 = (1 << 33) - 1;

/// The hash of a PKCS#1 v1.5 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
}

impl Hash {
    /// The DER before a digest in a signature: the name of its hash. RFC 8017, section 9.2, note 1.
    fn prefix(self) -> &'static [u8] {
        match self {
            Self::Sha1 => &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14],
            Self::Sha256 => &[
                0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
                0x04, 0x20,
            ],
        }
    }

    fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
        }
    }
}

/// A key that verifies signatures.
pub(crate) struct PublicKey {
    modulus: Modulus,
    exponent: u64,
}

impl PublicKey {
    /// Reads a public key: one line of base64 or PEM of a SubjectPublicKeyInfo, PKCS#1 PEM, or a certificate file,
    /// whose first certificate is the leaf.
    pub(crate) fn read(key: &Input, field: &'static str) -> Result<Rc<Self>, Error> {
        PUBLIC_KEYS.with_borrow_mut(|keys| keys.get(key, || Self::from_der(&pem::der(key, field)?, field)))
    }

    /// Reads a public key in DER.
    pub(crate) fn from_der(der: &[u8], field: &'static str) -> Result<Self, Error> {
        Self::from_spki(der)
            .or_else(|| Self::from_pkcs1(der))
            .or_else(|| Self::from_spki(Certificate::read(der)?.public_key))
            .ok_or(Error::Key(field))
    }

    fn from_spki(der: &[u8]) -> Option<Self> {
        let [algorithm, key] = elements(value(der)?)[..] else { return None };
        // A bit string begins with the number of unused bits in its last byte.
        let key = value(key)?.strip_prefix(&[0])?;
        Some(key).filter(|_| algorithm == RSA_ENCRYPTION).and_then(Self::from_pkcs1)
    }

    fn from_pkcs1(der: &[u8]) -> Option<Self> {
        let [modulus, exponent] = elements(value(der)?)[..] else { return None };
        Self::new(number(modulus)?, number(exponent)?)
    }

    fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let exponent = exponent.iter().try_fold(0_u64, |number, byte| {
            Some(number.checked_mul(256)? | u64::from(*byte)).filter(|number| *number <= MAX_EXPONENT)
        })?;
        let is_possible = exponent > 1 && exponent & 1 == 1 && SIZES.contains(&modulus.len());
        is_possible.then(|| Some(Self { modulus: Modulus::new(modulus)?, exponent }))?
    }

    /// Whether `signature` is a signature of `message`.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8], hash: Hash) -> bool {
        let padded = padded_digest(&hash.digest(message), hash, self.modulus.len());
        padded.is_some() && self.opened(signature) == padded
    }

    #[cfg(any(feature = "diagnosis", all(test, not(target_arch = "wasm32"))))]
    /// If the signature was made with the matching private key: the hash algorithm and the signed digest. `None` for
    /// any other signature.
    pub(crate) fn signed_digest(&self, signature: &[u8]) -> Option<(Hash, Vec<u8>)> {
        let opened = self.opened(signature)?;
        [(Hash::Sha256, 32), (Hash::Sha1, 20)].into_iter().find_map(|(hash, length)| {
            let digest = opened.get(opened.len().checked_sub(length)?..)?;
            (padded_digest(digest, hash, opened.len())? == opened).then(|| (hash, digest.to_vec()))
        })
    }

    /// The signed digest with its padding.
    fn opened(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let signature = Some(signature).filter(|signature| signature.len() == self.modulus.len())?;
        Some(self.modulus.power(signature, self.exponent)?.to_vec())
    }
}

/// EMSA-PKCS1-v1_5: `00 01 FF … FF 00`, the name of the hash, the digest. None if the key is too small.
fn padded_digest(digest: &[u8], hash: Hash, length: usize) -> Option<Vec<u8>> {
    let signed = [hash.prefix(), digest].concat();
    let filler = length.checked_sub(signed.len())?.checked_sub(3)?;
    Some([&[0, 1], &*vec![0xff; filler], &[0], &signed].concat())
}

#[cfg(test)]
mod tests;
