//! Hazardous: RSA with private keys, and the removal of PKCS#1 v1.5 padding.
//!
//! Use it only to sign the app's own requests (Alipay), and to open what the server itself fetched from the platform
//! (Douyin). Never open a ciphertext that a client sent: anybody who learns whether its padding was right can decrypt
//! other ciphertexts with this key (Bleichenbacher, 1998; see SECURITY.md). The arithmetic takes constant time and is
//! not blinded. The fuzz targets `keys` and `open` test it.

use core::cell::RefCell;
use std::rc::Rc;

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::{Hash, PublicKey, RSA_ENCRYPTION, keyring::Keyring, montgomery::Crt, padded_digest};
use crate::{
    Error, Input,
    crypto::{
        pem,
        x509::{elements, number, value},
    },
};

thread_local! {
    static PRIVATE_KEYS: RefCell<Keyring<PrivateKey>> = const { RefCell::new(Keyring::new()) };
}

/// The shortest padding, in bytes, including three bytes of its frame.
pub(super) const MIN_PADDING: usize = 11;

/// A private key that opens data for the app, and signs requests of the app.
///
/// Its operation is not blinded: its running time reveals nothing about the key (see `montgomery`), and this crate has
/// no random numbers for blinding. Go's standard library has also relied on constant time without blinding since Go
/// 1.20.
pub(crate) struct PrivateKey {
    public: PublicKey,
    pub(super) crt: Crt,
}

impl PrivateKey {
    /// Reads a private key: PKCS#1 or PKCS#8, as PEM, one line of base64, or DER bytes.
    pub(crate) fn read(key: &Input, field: &'static str) -> Result<Rc<Self>, Error> {
        PRIVATE_KEYS.with_borrow_mut(|keys| {
            keys.get(key, || {
                let der = pem::der(key, field)?;
                Self::from_pkcs8(&der).or_else(|| Self::from_pkcs1(&der)).ok_or(Error::Key(field))
            })
        })
    }

    fn from_pkcs8(der: &[u8]) -> Option<Self> {
        // Attributes may follow.
        let [_version, algorithm, key, ..] = elements(value(der)?)[..] else { return None };
        Some(value(key)?).filter(|_| algorithm == RSA_ENCRYPTION).and_then(Self::from_pkcs1)
    }

    pub(super) fn from_pkcs1(der: &[u8]) -> Option<Self> {
        // A key with more than two primes has an additional element. The private exponent follows from dp and dq.
        let [_version, n, e, _d, p, q, dp, dq, coefficient] = elements(value(der)?)[..] else { return None };
        let n = number(n)?;
        let public = PublicKey::new(n, number(e)?)?;
        let crt = Crt::new([number(p)?, number(q)?], [number(dp)?, number(dq)?], number(coefficient)?, n.len())?;
        Some(Self { public, crt }).filter(|key| key.matches_modulus(n))
    }

    /// Whether the numbers belong together: the private half opens what the public half seals. The test value is n
    /// shifted right by a byte: it is larger than either prime, so that every number of the key takes part.
    fn matches_modulus(&self, modulus: &[u8]) -> bool {
        let mut sample = modulus.to_vec();
        sample.rotate_right(1);
        if let Some(first) = sample.first_mut() {
            *first = 0;
        }
        let sealed = self.public.modulus.power(&sample, self.public.exponent);
        let opened = sealed.and_then(|sealed| self.crt.power(&sealed));
        opened.is_some_and(|opened| *opened == sample)
    }

    /// Opens a PKCS#1 v1.5 ciphertext. Only for data that the server itself requested from the platform: see
    /// SECURITY.md.
    pub(crate) fn open(&self, ciphertext: &[u8], field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
        if ciphertext.len() != self.size() {
            return Err(Error::Length(field));
        }
        let is_below = self.public.modulus.exceeds(ciphertext);
        let padded = self.crt.power(ciphertext).filter(|_| is_below).ok_or(Error::DECRYPT)?;
        let start = content_start(&padded).ok_or(Error::DECRYPT)?;
        Ok(Zeroizing::new(padded.get(start..).unwrap_or_default().to_vec()))
    }

    /// The length of the modulus, and so of a ciphertext or signature, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.public.modulus.len()
    }

    /// Signs a message: PKCS#1 v1.5 with SHA-256.
    pub(crate) fn sign(&self, message: &[u8], field: &'static str) -> Result<Vec<u8>, Error> {
        let hash = Hash::Sha256;
        let padded = padded_digest(&hash.digest(message), hash, self.size()).ok_or(Error::Key(field))?;
        let signature = self.crt.power(&padded).ok_or(Error::Key(field))?;
        // A signature with a computation fault would reveal the primes. (Boneh, DeMillo, Lipton, 1997)
        let is_whole = self.public.opened(&signature).is_some_and(|opened| opened == padded);
        if is_whole { Ok(signature.to_vec()) } else { Err(Error::Key(field)) }
    }
}

/// The position of the content in an EME-PKCS1-v1_5 encoding: `00 02`, at least eight bytes that are not 0, `00`, the
/// content. The running time reveals only whether the encoding is valid and, if so, the length of the content.
pub(super) fn content_start(padded: &[u8]) -> Option<usize> {
    let (frame, rest) = padded.split_first_chunk::<2>()?;
    let mut good = frame.ct_eq(&[0, 2]);
    let mut filler = 0_u32;
    let mut is_filler = Choice::from(1);
    for byte in rest {
        is_filler &= !byte.ct_eq(&0);
        filler = u32::conditional_select(&filler, &filler.wrapping_add(1), is_filler);
    }
    // Without a 0 there is no content.
    good &= !is_filler;
    let filler = usize::try_from(filler).ok()?;
    let is_long_enough = filler.checked_add(3)? >= MIN_PADDING;
    (bool::from(good) && is_long_enough).then_some(filler.checked_add(3)?)
}
