//! DingTalk, 钉钉: nothing is sealed, `/v1.0/contact/users/me` gives the number to whom the user let in. Documented,
//! unproven.
//!
//! Source: the call as it is used in public code.

use super::{payload, refusal};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// An error is `{code, message, requestid}`, its code a text. Successes have no `code`.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    let request_id = answer.get("requestid").and_then(Json::to_text);
    refusal::refuse(Platform::Dingtalk, answer, &["code"], "0", request_id)
}

/// Reads `mobile`, and `stateCode`: the country, without a plus.
pub(super) fn read(answer: &Json<'_>) -> Result<PhoneNumber, Error> {
    payload::plain(Platform::Dingtalk, answer, &["mobile"], &["stateCode"])
}
