//! Kuaishou, 快手: AES-128-CBC under the session key, in WeChat's shape. Documented, unproven: Kuaishou's page describes
//! the cipher; of the payload's fields only `phoneNumber` is known from use.
//!
//! Source: mp.kuaishou.com, pages `functionAccessGuide/getUserPhoneNumber` and `thirdPartyLogin`.

use super::{
    payload::{self, Watermark},
    platform_error,
    session::{self, Scheme},
    shape,
};
use crate::{Error, Keys, OpenOptions, PhoneNumber, Platform, Sealed, json::Json};

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let app_id = keys.app_id.optional_text("appId")?;
    let ciphertext = (&sealed.encrypted_data, "encryptedData");
    session::open(ciphertext, &sealed.iv, &keys.session_key, &Scheme::WECHAT, &|plaintext| {
        let payload = payload::parse_plaintext(plaintext)?;
        payload::sealed(Platform::Kuaishou, &payload, app_id, Watermark::IfPresent, &shape::UNCERTAIN, options)
    })
}

/// `result` is 1 or an error code. Every response of Kuaishou has `result`: a response without it, such as a proxy's
/// page, is not from Kuaishou and not a success.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    platform_error::check(Platform::Kuaishou, response, &["result"], "1", None)?;
    response.first_of(&["result"]).map(drop).ok_or(Error::Input("answer"))
}
