//! DingTalk, 钉钉: nothing is sealed. `/topapi/v2/user/get` gives an employee's number to an app of the company, and
//! `/v1.0/contact/users/me` gives the number to whom the user let in. Documented, unproven.
//!
//! Source: `open.dingtalk.com/document`, `query-user-details`; the second call as it is used in public code.

use super::{payload, refusal};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// The old API's code of "not permitted", whose `sub_code` says why.
const SEE_SUB_CODE: &str = "88";

/// An error is `{code, message, requestid}`, its code a text. Successes have no `code`. In the old API every answer is
/// `{errcode, errmsg, request_id}`, with 0 for success.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    let request_id = || answer.any(&["requestid", "request_id"]).and_then(Json::to_text);
    if refusal::code(answer, "errcode")?.as_deref() == Some(SEE_SUB_CODE) {
        refusal::refuse(Platform::Dingtalk, answer, &["sub_code"], "0", request_id())?;
    }
    refusal::refuse(Platform::Dingtalk, answer, &["errcode", "code"], "0", request_id())
}

/// Reads `mobile`, and `stateCode` or the old API's `state_code`: the country, without a plus. The old API has them in its
/// `result`.
pub(super) fn read(answer: &Json<'_>) -> Result<PhoneNumber, Error> {
    let user = answer.any(&["result"]).unwrap_or(answer);
    payload::plain(Platform::Dingtalk, user, &["mobile"], &["stateCode", "state_code"])
}
