//! Feishu and Lark, 飞书: nothing is sealed. `authen/v1/user_info` returns the number to an app with the permission to
//! read it. Documented, unproven.
//!
//! Source: public code that calls it.

use super::{payload, platform_error};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// `code` is absent, 0 or an error code. OAuth errors also have `error`.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    let nested = response.get("error").and_then(|error| error.get("log_id"));
    let log_id = response.first_of(&["log_id"]).or(nested).and_then(Json::to_text);
    platform_error::check(Platform::Feishu, response, &["code", "error"], "0", log_id)
}

/// Reads `mobile`, which has a plus and the country, in the response or in its `data`.
pub(super) fn read(response: &Json<'_>) -> Result<PhoneNumber, Error> {
    let user = response.first_of(&["data"]).unwrap_or(response);
    payload::plain(Platform::Feishu, user, &["mobile"], &[])
}
