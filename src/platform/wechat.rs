//! WeChat, 微信: AES-128-CBC under the session key, or plain responses of its servers. WeChat's own sample proves the
//! cipher (it is user info; WeChat has published no phone sample). The shapes of the responses are from its
//! documentation.
//!
//! <https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html>
//! Further pages: server API `api_getphonenumber`, `api_getopendata`; `Cloud.CloudID`.

use std::borrow::Cow;

use super::{
    number_fields,
    payload::{self, Watermark},
    refusal,
    session::{self, Scheme},
    shape,
};
use crate::{Error, Keys, OpenOptions, PhoneNumber, Platform, Sealed, json::Json, search};

/// The depth to which a response wraps its number: `{data_list: [{json: {data: {phoneNumber}}}]}`.
const MAX_WRAPPINGS: usize = 5;

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let app_id = keys.app_id.required_text("appId")?;
    let ciphertext = (&sealed.encrypted_data, "encryptedData");
    session::open(ciphertext, &sealed.iv, &keys.session_key, &Scheme::WECHAT, &|plaintext| {
        let payload = payload::parse_plaintext(plaintext)?;
        payload::sealed(Platform::Wechat, &payload, Some(app_id), Watermark::Required, &shape::WECHAT, options)
    })
}

/// Reads the response of `getuserphonenumber`, of `cloud.openapi.phonenumber.getPhoneNumber`, of `getopendata` in its
/// three spellings, or the event field in which WeChat replaced a CloudID with its data.
pub(super) fn read(answer: &Json<'_>, app_id: Option<&str>, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    unwrap(answer, MAX_WRAPPINGS, &|number| payload::answered(Platform::Wechat, number, app_id, options))?
}

/// Finds the object that contains the number and reads it, or returns the error that the response contains instead.
fn unwrap<T>(answer: &Json<'_>, wrappings: usize, read: &dyn Fn(&Json<'_>) -> T) -> Result<T, Error> {
    refuse_error(answer)?;
    if number_fields::has_number(answer) {
        return Ok(read(answer));
    }
    let wrappings = wrappings.checked_sub(1).ok_or(Error::NotPhone)?;
    if let Some(inner) = answer.any(&["phone_info", "phoneInfo", "data", "json"]) {
        return match inner {
            Json::Text(text) => unwrap(&Json::object(text).map_err(|_| Error::NotPhone)?, wrappings, read),
            inner => unwrap(inner, wrappings, read),
        };
    }
    // A list may contain other open data. An item's error is returned only if no item has a number.
    let items = answer.any(&["data_list", "dataList", "list"]).and_then(Json::items).unwrap_or_default();
    let mut refusal = Error::NotPhone;
    for item in items {
        match unwrap(item, wrappings, read) {
            Ok(number) => return Ok(number),
            Err(error @ Error::Platform { .. }) => refusal = error,
            Err(_) => {}
        }
    }
    Err(refusal)
}

/// `errcode` (HTTP) or `errCode` (cloud) is absent, 0 or an error code. In older responses the code is a text.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    let message = answer.any(&["errmsg", "errMsg"]).and_then(Json::to_text);
    let rid = message.as_deref().and_then(rid).map(Cow::Borrowed);
    refusal::refuse(Platform::Wechat, answer, &["errcode", "errCode"], "0", rid)
}

/// The request id at the end of an error message: `… rid: 65a1b2c3-0d4e5f60-7a8b9c0d`.
fn rid(message: &str) -> Option<&str> {
    let rid = search::behind_last(message, "rid:")?
        .trim_start()
        .split(|c: char| !c.is_ascii_hexdigit() && c != '-')
        .next()?;
    (!rid.is_empty()).then_some(rid)
}
