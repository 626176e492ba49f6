//! Baidu, 百度: AES-192-CBC over a frame of 16 random bytes, a length, the content and the App Key, padded to a multiple
//! of 32 bytes.
//! Proven by Baidu's own sample (user info).
//!
//! Source: swan-team/swan-docs, `log_userdata.md` and `formlist_button.md`.

use super::{
    payload, platform_error,
    session::{self, Scheme},
    shape,
};
use crate::{Error, Keys, PhoneNumber, Platform, Sealed, crypto::base64::Padding, json::Json};

/// The session key has 32 hexadecimal digits and is nevertheless base64, of 24 bytes.
pub(super) const SCHEME: Scheme = Scheme { key_lengths: &[24], pad_block: 32, iv_padding: Padding::Required };

const RANDOM_LEN: usize = 16;

pub(super) fn open(sealed: &Sealed, keys: &Keys) -> Result<PhoneNumber, Error> {
    let app_key = keys.app_key.required_text("appKey")?;
    let ciphertext = match (&sealed.encrypted_data, &sealed.data) {
        (encrypted_data, data) if encrypted_data.is_absent() && !data.is_absent() => (data, "data"),
        (encrypted_data, _) => (encrypted_data, "encryptedData"),
    };
    session::open(ciphertext, &sealed.iv, &keys.session_key, &SCHEME, &|plaintext| {
        let (content, owner) = unframe(plaintext).ok_or(Error::DECRYPT)?;
        let payload = payload::parse_plaintext(content)?;
        // Only the App Key at the end names the app: the payload has no watermark and no time.
        if owner != app_key.as_bytes() {
            return Err(Error::AppMismatch);
        }
        let number = shape::BAIDU.number(&payload)?;
        Ok(number.into_phone(Platform::Baidu, Some(app_key.to_owned()), None, &payload))
    })
}

/// The content of a frame, and the App Key after it.
pub(crate) fn unframe(frame: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_random, rest) = frame.split_at_checked(RANDOM_LEN)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// Errors of smart-app APIs have `errno`, others have `error_code`. OAuth errors have a text in `error`, and some of
/// them a code beside it.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    let request_id = response.get("request_id").and_then(Json::to_text);
    platform_error::check(Platform::Baidu, response, &["errno", "error_code", "error"], "0", request_id)
}
