//! Feishu and Lark, 飞书: nothing is sealed, `authen/v1/user_info` gives the number to an app with that permission.
//! Documented, unproven.
//!
//! Source: the call as it is used in public code.

use super::{payload, refusal};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// `code` is 0, absent, or an error; OAuth's errors have an `error` as well.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    let nested = answer.get("error").and_then(|error| error.get("log_id"));
    let log_id = answer.any(&["log_id"]).or(nested).and_then(Json::to_text);
    refusal::refuse(Platform::Feishu, answer, &["code", "error"], "0", log_id)
}

/// Reads `mobile`, which has its plus and country, of the answer or of the `data` in it.
pub(super) fn read(answer: &Json<'_>) -> Result<PhoneNumber, Error> {
    let user = answer.any(&["data"]).unwrap_or(answer);
    payload::plain(Platform::Feishu, user, &["mobile"], &[])
}
