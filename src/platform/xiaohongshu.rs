//! Xiaohongshu, 小红书: AES-CBC under the session key. Documented, unproven. The page says both AES-128 and a key of 24
//! bytes, so the key's length decides. The plaintext may be padded to a multiple of 32 bytes, and the iv may lack its `=`.
//!
//! Source: miniapp.xiaohongshu.com, page DC591932, quoted by others.

use super::{
    payload::{self, Watermark},
    platform_error,
    session::{self, Scheme},
    shape,
};
use crate::{Error, Keys, OpenOptions, PhoneNumber, Platform, Sealed, crypto::base64::Padding, json::Json};

pub(super) const SCHEME: Scheme = Scheme { key_lengths: &[16, 24, 32], pad_block: 32, iv_padding: Padding::Optional };

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let app_id = keys.app_id.optional_text("appId")?;
    let ciphertext = (&sealed.encrypted_data, "encryptedData");
    session::open(ciphertext, &sealed.iv, &keys.session_key, &SCHEME, &|plaintext| {
        let payload = payload::parse_plaintext(plaintext)?;
        payload::sealed(Platform::Xiaohongshu, &payload, app_id, Watermark::IfPresent, &shape::UNCERTAIN, options)
    })
}

/// A success has the `code` 0 and `success: true`. The code of an error without `code` is `false`, the value of
/// `success`.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    platform_error::check(Platform::Xiaohongshu, response, &["code"], "0", None)?;
    match response.get("success") {
        Some(Json::Bool(false)) => Err(platform_error::error(Platform::Xiaohongshu, "false", None)),
        _ => Ok(()),
    }
}
