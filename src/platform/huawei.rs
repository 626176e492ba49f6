//! Huawei and HarmonyOS, 华为: nothing is sealed, a one-time code is exchanged for plain answers. Documented, unproven.
//!
//! Source: developer.huawei.com, `account-api`, page `get-user-info` (rest.php, `GOpen.User.getInfo`); the one-tap call,
//! `quickLogin/getPhoneNumber`, as it is used in public code.

use super::{payload, refusal};
use crate::{Error, PhoneNumber, Platform, json::Json};

/// rest.php tells its error in the HTTP header `NSP_STATUS`, which the caller puts into the answer, the one-tap call in
/// `resultCode`, OAuth in `error`. rest.php has an `error` too, which is but a text: the header's code comes first.
pub(super) fn refuse_error(answer: &Json<'_>) -> Result<(), Error> {
    refusal::refuse(Platform::Huawei, answer, &["NSP_STATUS", "resultCode", "error"], "0", None)
}

/// Reads the answer of either call. rest.php names the number `mobileNumber`, without a country on the mainland; one-tap
/// names it `phoneNumber`, with 00 and country.
pub(super) fn read(answer: &Json<'_>) -> Result<PhoneNumber, Error> {
    payload::plain(Platform::Huawei, answer, &["phoneNumber", "mobileNumber"], &["phoneCountryCode"])
}
