//! AES-CBC under the user's session key, with which most platforms seal.

use zeroize::Zeroizing;

use crate::{
    Error, Input, PhoneNumber,
    crypto::{
        aes_cbc::{self, BLOCK},
        base64::{self, Padding},
    },
};

/// How a platform uses the cipher.
pub(crate) struct Scheme {
    /// The possible lengths of a session key, in bytes. The length selects AES-128, AES-192 or AES-256.
    pub(crate) key_lengths: &'static [usize],
    /// The block size to which plaintexts are padded, in bytes.
    pub(crate) pad_block: u8,
    /// Whether the iv may lack its `=`.
    pub(crate) iv_padding: Padding,
}

impl Scheme {
    /// AES-128 with PKCS#7 padding: WeChat's scheme, which other platforms copied.
    pub(crate) const WECHAT: Self = Self { key_lengths: &[16], pad_block: 16, iv_padding: Padding::Required };
}

/// Decodes ciphertext and iv, opens the ciphertext with the session key or with each key of a list, and passes the
/// plaintext to `finish`.
pub(super) fn open(
    ciphertext: (&Input, &'static str),
    iv: &Input,
    session_key: &Input,
    scheme: &Scheme,
    finish: &dyn Fn(&[u8]) -> Result<PhoneNumber, Error>,
) -> Result<PhoneNumber, Error> {
    let (ciphertext, field) = ciphertext;
    let (ciphertext, iv) = (ciphertext.required_text(field)?, iv.required_text("iv")?);
    let session_keys = session_key.keys("sessionKey")?;
    let ciphertext = blocks(ciphertext, field)?;
    let iv = base64::decode_array(iv, scheme.iv_padding, "iv")?;
    let open = |key: &Input, ciphertext| {
        let key = base64::symmetric_key(key, scheme.key_lengths, "sessionKey")?;
        finish(&aes_cbc::open_cbc(&key, &iv, ciphertext, scheme.pad_block)?)
    };
    match session_keys {
        // The most common case, without a copy of the ciphertext.
        [key] => open(key, ciphertext),
        keys => first_that_opens(keys, &|key| open(key, ciphertext.clone())),
    }
}

/// Decodes a ciphertext, which must consist of complete blocks.
pub(super) fn blocks(text: &str, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bytes = base64::decode_with_spare(text, Padding::Required, aes_cbc::SPARE_CAPACITY, field)?;
    if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
        return Err(Error::Length(field));
    }
    Ok(bytes)
}

/// Tries keys in their order and returns the first number that passes every check. If no key opens the payload, the
/// result is the error of the key that reached the latest stage, so that an old key beside the right key does not hide
/// the cause.
pub(super) fn first_that_opens(
    keys: &[Input],
    open: &dyn Fn(&Input) -> Result<PhoneNumber, Error>,
) -> Result<PhoneNumber, Error> {
    let mut furthest: Option<Error> = None;
    for key in keys {
        match open(key) {
            Ok(opened) => return Ok(opened),
            Err(error) if furthest.as_ref().is_some_and(|furthest| furthest.progress() >= error.progress()) => {}
            Err(error) => furthest = Some(error),
        }
    }
    Err(furthest.unwrap_or(Error::Input("sessionKey")))
}
