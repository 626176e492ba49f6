//! Huawei and HarmonyOS, 华为: nothing is sealed. A one-time code is exchanged for plain responses. Documented, unproven.
//!
//! Source: developer.huawei.com, `account-api`, page `get-user-info` (rest.php, `GOpen.User.getInfo`); public code for
//! the one-tap call, `quickLogin/getPhoneNumber`.

use super::{payload, platform_error};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// rest.php has its error code in the HTTP header `NSP_STATUS`, which the caller adds to the response; the one-tap call
/// in `resultCode`; OAuth in `error`. The `error` of rest.php is only a text, so the header's code comes first.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    platform_error::check(Platform::Huawei, response, &["NSP_STATUS", "resultCode", "error"], "0", None)
}

/// Reads the response of either call. In rest.php the number is `mobileNumber`, without a country for mainland numbers.
/// In the one-tap call it is `phoneNumber`, with 00 and the country.
pub(super) fn read(response: &Json<'_>) -> Result<PhoneNumber, Error> {
    payload::plain(Platform::Huawei, response, &["phoneNumber", "mobileNumber"], &["phoneCountryCode"])
}
