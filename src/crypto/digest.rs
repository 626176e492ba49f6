//! Signatures under a session key.

use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use crate::{
    Error, Input, Platform,
    crypto::base64::{self, session_key_text},
    input::MAX_LEN,
};

/// Whether a `signature` of `raw_data` was created with this session key: lowercase hex of SHA-1 over the raw data
/// followed by the session key's base64 *text*. With a list of keys, whether any of them created it.
///
/// Supported platforms: WeChat (tested with WeChat's own sample), Douyin and Kuaishou (documented; tested with values
/// that were computed with the same formula).
/// <https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html>
///
/// # Errors
/// [`Error::Input`], also for the other platforms; [`Error::Length`].
pub fn verify_raw_data(
    platform: Platform,
    raw_data: &Input,
    signature: &Input,
    session_key: &Input,
) -> Result<bool, Error> {
    if !matches!(platform, Platform::Wechat | Platform::Douyin | Platform::Kuaishou) {
        return Err(Error::Input("platform"));
    }
    let raw_data = raw_data.required_text("rawData")?;
    let signature = signature.required_text("signature")?.to_ascii_lowercase();
    let mut signed = Choice::from(0);
    for key in session_key.keys("sessionKey")? {
        let key = session_key_text(key, "sessionKey")?;
        let digest = Sha1::new().chain_update(raw_data).chain_update(key.as_bytes()).finalize();
        signed |= base64::hex(&digest).as_bytes().ct_eq(signature.as_bytes());
    }
    Ok(signed.into())
}

/// Signs the body of a request with a session key: lowercase hex of HMAC-SHA256 over `body`, with the session key's
/// base64 *text* as the key.
///
/// WeChat's `checksession` and `resetusersessionkey` sign an empty body. Samples of WeChat and Douyin prove the formula.
///
/// # Errors
/// [`Error::Input`], [`Error::Length`].
pub fn sign_session(session_key: &Input, body: &Input) -> Result<String, Error> {
    let body = match body {
        Input::Absent => "",
        Input::Text(text) if text.len() <= MAX_LEN => text,
        Input::Text(_) | Input::TooLong => return Err(Error::Length("body")),
        _ => return Err(Error::Input("body")),
    };
    let key = session_key_text(session_key, "sessionKey")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| Error::Length("sessionKey"))?;
    mac.update(body.as_bytes());
    Ok(base64::hex(&mac.finalize().into_bytes()))
}
