//! Feishu and Lark, 飞书: nothing is sealed. `authen/v1/user_info` returns the number to an app with the permission to
//! read it. Documented, unproven.
//!
//! Source: public code that calls it.

use super::{payload, refusal};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// `code` is absent, 0 or an error code. OAuth errors also have `error`.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    let nested = answer.get("error").and_then(|error| error.get("log_id"));
    let log_id = answer.any(&["log_id"]).or(nested).and_then(Json::to_text);
    refusal::refuse(Platform::Feishu, answer, &["code", "error"], "0", log_id)
}

/// Reads `mobile`, which has a plus and the country, in the response or in its `data`.
pub(super) fn read(answer: &Json<'_>) -> Result<PhoneNumber, Error> {
    let user = answer.any(&["data"]).unwrap_or(answer);
    payload::plain(Platform::Feishu, user, &["mobile"], &[])
}
