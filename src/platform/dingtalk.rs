//! DingTalk, 钉钉: nothing is sealed. `/topapi/v2/user/get` returns an employee's number to an app of the company, and
//! `/v1.0/contact/users/me` returns the number of a user who authorised the app. Documented, unproven.
//!
//! Source: `open.dingtalk.com/document`, `query-user-details`; public code for the second call.

use super::{payload, platform_error};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// The older API's code for "not permitted"; `sub_code` has the reason.
const SEE_SUB_CODE: &str = "88";

/// An error is `{code, message, requestid}` with a text as its code; a successful response has no `code`. Every
/// response of the older API has `{errcode, errmsg, request_id}`, with 0 for success.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    let request_id = || response.first_of(&["requestid", "request_id"]).and_then(Json::to_text);
    if platform_error::code(response, "errcode")?.as_deref() == Some(SEE_SUB_CODE) {
        platform_error::check(Platform::Dingtalk, response, &["sub_code"], "0", request_id())?;
    }
    platform_error::check(Platform::Dingtalk, response, &["errcode", "code"], "0", request_id())
}

/// Reads the number in `mobile`, and the country code, which has no plus, in `stateCode` (older API: `state_code`). The older API has
/// them in `result`.
pub(super) fn read(response: &Json<'_>) -> Result<PhoneNumber, Error> {
    let user = response.first_of(&["result"]).unwrap_or(response);
    payload::plain(Platform::Dingtalk, user, &["mobile"], &["stateCode", "state_code"])
}
