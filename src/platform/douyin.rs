//! Douyin and Toutiao, 抖音. The old way seals as WeChat does. The new way gives a code, and the answer to it is
//! encrypted with the app's public key, RSA with PKCS#1 v1.5 padding. Documented; proven by generated vectors only.
//!
//! Source: Douyin open platform, pages `sensitive-data-process`, `acquire-phone-number-acquire` and `new-phone-method`.

use super::{
    payload::{self, Watermark},
    session::{self, Scheme},
};
use crate::{
    Error, Json, Keys, OpenOptions, PhoneNumber, Platform, Sealed, catalog,
    encoding::{self, Padding},
    rsa::PrivateKey,
};

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let app_id = keys.app_id.text("appId")?;
    let finish = |plaintext: &[u8]| {
        let payload = payload::parse(plaintext)?;
        payload::phone(Platform::Douyin, payload, Some(app_id), Watermark::Required, options)
    };
    if sealed.data.is_absent() {
        let ciphertext = (&sealed.encrypted_data, "encryptedData");
        return session::open(ciphertext, &sealed.iv, &keys.session_key, &Scheme::WECHAT, &finish);
    }
    let data = sealed.data.text("data")?;
    let private_keys = keys.private_key.keys("privateKey")?;
    let data = encoding::decode(data, Padding::Required, "data")?;
    session::first_that_opens(private_keys, &|key| {
        let key = PrivateKey::read(key, "privateKey")?;
        key.open(&data, "data").and_then(|plaintext| finish(&plaintext)).map_err(Error::under_configured_key)
    })
}

/// Reads the error answer of `get_phonenumber_info`. Its success is sealed: [`open`] takes the answer's `data`.
pub(super) fn read(answer: &Json) -> Result<PhoneNumber, Error> {
    match answer.get("err_no").and_then(Json::to_text) {
        Some(code) if code != "0" => Err(Error::Platform {
            action: catalog::action(Platform::Douyin, &code),
            rid: answer.get("log_id").and_then(Json::to_text),
            code,
        }),
        _ => Err(Error::Input("answer")),
    }
}
