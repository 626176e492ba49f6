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
    platform_error,
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

/// Reads the response of `getuserphonenumber`, of `cloud.openapi.phonenumber.getPhoneNumber`, of `getopendata`, whose
/// members have three spellings, or the event field in which WeChat replaced a CloudID with its data.
pub(super) fn read(response: &Json<'_>, app_id: Option<&str>, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    unwrap(response, MAX_WRAPPINGS, &|number| payload::in_response(Platform::Wechat, number, app_id, options))?
}

/// Finds the object that contains the number and reads it, or returns the error that the response contains instead.
fn unwrap<T>(response: &Json<'_>, wrappings: usize, read: &dyn Fn(&Json<'_>) -> T) -> Result<T, Error> {
    check_parsed_response(response)?;
    if number_fields::has_number(response) {
        return Ok(read(response));
    }
    let wrappings = wrappings.checked_sub(1).ok_or(Error::NotPhone)?;
    if let Some(inner) = response.first_of(&["phone_info", "phoneInfo", "data", "json"]) {
        return match inner {
            Json::Text(text) => unwrap(&Json::object(text).map_err(|_| Error::NotPhone)?, wrappings, read),
            inner => unwrap(inner, wrappings, read),
        };
    }
    // A list may contain other open data. An item's error is returned only if no item has a number.
    let items = response.first_of(&["data_list", "dataList", "list"]).and_then(Json::items).unwrap_or_default();
    let mut error_of_item = Error::NotPhone;
    for item in items {
        match unwrap(item, wrappings, read) {
            Ok(number) => return Ok(number),
            Err(error @ Error::Platform { .. }) => error_of_item = error,
            Err(_) => {}
        }
    }
    Err(error_of_item)
}

/// `errcode` (HTTP) or `errCode` (cloud) is absent, 0 or an error code. In older responses the code is a text.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    let message = response.first_of(&["errmsg", "errMsg"]).and_then(Json::to_text);
    let rid = message.as_deref().and_then(rid).map(Cow::Borrowed);
    platform_error::check(Platform::Wechat, response, &["errcode", "errCode"], "0", rid)
}

/// The request id at the end of an error message: `… rid: 65a1b2c3-0d4e5f60-7a8b9c0d`.
fn rid(message: &str) -> Option<&str> {
    let rid = search::behind_last(message, "rid:")?
        .trim_start()
        .split(|c: char| !c.is_ascii_hexdigit() && c != '-')
        .next()?;
    (!rid.is_empty()).then_some(rid)
}
