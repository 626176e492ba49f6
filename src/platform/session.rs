//! The way that most platforms seal: AES-CBC under the user's session key.

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
    /// The lengths a session key may have, in bytes. They decide between AES-128, -192 and -256.
    pub(crate) key_lengths: &'static [usize],
    /// The block that plaintexts are padded to.
    pub(crate) pad_block: u8,
    /// Whether the iv may come without its `=`.
    pub(crate) iv_padding: Padding,
}

impl Scheme {
    /// AES-128 and plain PKCS#7: WeChat's, which others took over.
    pub(crate) const WECHAT: Self = Self { key_lengths: &[16], pad_block: 16, iv_padding: Padding::Required };
}

/// Decodes ciphertext and iv, opens them with the session key, or each of several, and hands the plaintext on.
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
        // The common case, in which the ciphertext is not copied.
        [key] => open(key, ciphertext),
        keys => first_that_opens(keys, &|key| open(key, ciphertext.clone())),
    }
}

/// Decodes a ciphertext of whole blocks.
pub(super) fn blocks(text: &str, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bytes = base64::decode_with_room(text, Padding::Required, aes_cbc::ROOM, field)?;
    if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
        return Err(Error::Length(field));
    }
    Ok(bytes)
}

/// Tries keys, newest first: the first that passes every check wins. Where none does, the error of the one that got
/// furthest is given, so that a stale key beside the right one does not hide what is wrong.
pub(super) fn first_that_opens(
    keys: &[Input],
    open: &dyn Fn(&Input) -> Result<PhoneNumber, Error>,
) -> Result<PhoneNumber, Error> {
    let mut furthest: Option<Error> = None;
    for key in keys {
        match open(key) {
            Ok(opened) => return Ok(opened),
            Err(error) if furthest.as_ref().is_some_and(|f| f.progress() >= error.progress()) => {}
            Err(error) => furthest = Some(error),
        }
    }
    Err(furthest.unwrap_or(Error::Input("sessionKey")))
}
