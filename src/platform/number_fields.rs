//! The members of a payload or a response that contain its phone number.

use std::borrow::Cow;

use crate::{
    json::Json,
    phone::{Number, NumberError},
};

/// Whether an object has a member for a number.
pub(super) fn has_number(payload: &Json<'_>) -> bool {
    payload.first_of(&["phoneNumber", "purePhoneNumber"]).is_some()
}

/// The number in WeChat's members.
pub(super) fn wechat_number(payload: &Json<'_>) -> Result<Number, NumberError> {
    number(payload, &["phoneNumber"], &["countryCode"])
}

/// The number in the single member `mobile`.
pub(crate) fn mobile(payload: &Json<'_>) -> Result<Number, NumberError> {
    Number::read(payload.get("mobile").and_then(digits).as_deref(), None, None)
}

/// The number in `mobile`, which must be a text. A user could choose a text, such as a nickname, that contains
/// `mobile` with an integer. An integer has no quotes that the platform would escape.
pub(super) fn mobile_text(payload: &Json<'_>) -> Result<Number, NumberError> {
    let number = mobile(payload)?;
    if matches!(payload.get("mobile"), Some(Json::Text(_))) { Ok(number) } else { Err(NumberError::Contradicting) }
}

/// The number in `mobile`, for a platform that has only mainland numbers.
pub(super) fn mainland_mobile(payload: &Json<'_>) -> Result<Number, NumberError> {
    let number = mobile_text(payload)?;
    // Eleven digits without any other character.
    let is_bare = matches!(payload.get("mobile"), Some(Json::Text(text)) if **text == *number.national_number);
    if is_bare && number.is_mainland_mobile() { Ok(number) } else { Err(NumberError::Contradicting) }
}

pub(super) fn number(payload: &Json<'_>, dialled: &[&str], country: &[&str]) -> Result<Number, NumberError> {
    let (dialled, pure) =
        (payload.first_of(dialled).and_then(digits), payload.first_of(&["purePhoneNumber"]).and_then(digits));
    let country = payload.first_of(country).and_then(Json::to_text);
    Number::read(dialled.as_deref(), pure.as_deref(), country.as_deref())
}

/// The text of a number, which is a text or an integer that is not negative.
pub(super) fn digits<'a>(number: &'a Json<'_>) -> Option<Cow<'a, str>> {
    match number {
        Json::Int(integer) if *integer < 0 => None,
        Json::Digits(digits) if digits.starts_with('-') => None,
        other => other.to_text(),
    }
}
