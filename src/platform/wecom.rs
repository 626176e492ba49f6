//! WeCom, 企业微信: `wx.qy.getMobile` seals as WeChat does. Documented, unproven: the payload `{corpid, userid, mobile}`
//! was written down from memory.
//!
//! <https://developer.work.weixin.qq.com/document/path/96977>

use super::{
    payload, platform_error,
    session::{self, Scheme},
    shape,
};
use crate::{Error, Keys, PhoneNumber, Platform, Sealed, json::Json};

pub(super) fn open(sealed: &Sealed, keys: &Keys) -> Result<PhoneNumber, Error> {
    let corp_id = keys.app_id.required_text("appId")?;
    let ciphertext = (&sealed.encrypted_data, "encryptedData");
    session::open(ciphertext, &sealed.iv, &keys.session_key, &Scheme::WECHAT, &|plaintext| {
        let payload = payload::parse_plaintext(plaintext)?;
        // If an attacker replaces the beginning of a ciphertext, the plaintext has no `corpid`.
        if payload.get("corpid").and_then(Json::to_text).as_deref() != Some(corp_id) {
            return Err(Error::AppMismatch);
        }
        let number = shape::WECOM.number(&payload)?;
        Ok(number.into_phone(Platform::Wecom, Some(corp_id.to_owned()), None, &payload))
    })
}

/// `errcode` is 0 or an error code.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    platform_error::check(Platform::Wecom, response, &["errcode"], "0", None)
}
