//! Douyin and Toutiao, 抖音. The `encryptedData` flow seals as WeChat does. In the code flow, the response for the code
//! is encrypted with the app's public key: RSA with PKCS#1 v1.5 padding. Documented; proven by generated vectors only.
//!
//! Source: Douyin open platform, pages `sensitive-data-process`, `acquire-phone-number-acquire` and `new-phone-method`.

use super::{
    payload::{self, Watermark},
    platform_error,
    session::{self, Scheme},
    shape,
};
use crate::{
    Error, Keys, OpenOptions, PhoneNumber, Platform, Sealed,
    crypto::{
        base64::{self, Padding},
        rsa::PrivateKey,
    },
    json::Json,
};

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let app_id = keys.app_id.required_text("appId")?;
    let finish = |plaintext: &[u8]| {
        let payload = payload::parse_plaintext(plaintext)?;
        payload::sealed(Platform::Douyin, &payload, Some(app_id), Watermark::Required, &shape::WECHAT, options)
    };
    if sealed.data.is_absent() {
        let ciphertext = (&sealed.encrypted_data, "encryptedData");
        return session::open(ciphertext, &sealed.iv, &keys.session_key, &Scheme::WECHAT, &finish);
    }
    let data = sealed.data.required_text("data")?;
    let private_keys = keys.private_key.keys("privateKey")?;
    let data = base64::decode(data, Padding::Required, "data")?;
    session::first_that_opens(private_keys, &|key| {
        let key = PrivateKey::read(key, "privateKey")?;
        key.open(&data, "data").and_then(|plaintext| finish(&plaintext)).map_err(Error::for_configured_key)
    })
}

/// `err_no` is 0 or an error code. A response to a token request has its error code in `data`.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    let nested = response.get("extra").and_then(|extra| extra.get("logid"));
    let log_id = response.first_of(&["log_id"]).or(nested).and_then(Json::to_text);
    platform_error::check(Platform::Douyin, response, &["err_no"], "0", log_id.clone())?;
    response
        .get("data")
        .map_or(Ok(()), |data| platform_error::check(Platform::Douyin, data, &["error_code"], "0", log_id))
}
