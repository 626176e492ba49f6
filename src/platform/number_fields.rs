//! The members of a payload or an answer that hold its phone number.

use std::borrow::Cow;

use crate::{
    json::Json,
    phone::{Number, NumberError},
};

/// Whether an object has the members of a number at all.
pub(super) fn has_number(payload: &Json<'_>) -> bool {
    payload.any(&["phoneNumber", "purePhoneNumber"]).is_some()
}

/// The number in WeChat's members.
pub(super) fn wechat_number(payload: &Json<'_>) -> Result<Number, NumberError> {
    number(payload, &["phoneNumber"], &["countryCode"])
}

/// The number in the one member `mobile`.
pub(crate) fn mobile(payload: &Json<'_>) -> Result<Number, NumberError> {
    Number::read(payload.get("mobile").and_then(digits).as_deref(), None, None)
}

/// The same where the number is a text. An integer needs no quotes, so that a user could have one sealed within a text of his.
pub(super) fn mobile_text(payload: &Json<'_>) -> Result<Number, NumberError> {
    let number = mobile(payload)?;
    if matches!(payload.get("mobile"), Some(Json::Text(_))) { Ok(number) } else { Err(NumberError::Contradicting) }
}

/// The number in the one member `mobile`, of a platform that has numbers of the mainland only.
pub(super) fn mainland_mobile(payload: &Json<'_>) -> Result<Number, NumberError> {
    let number = mobile_text(payload)?;
    // Eleven digits and nothing else.
    let is_bare = matches!(payload.get("mobile"), Some(Json::Text(text)) if **text == *number.national_number);
    if is_bare && number.is_mainland_mobile() { Ok(number) } else { Err(NumberError::Contradicting) }
}

pub(super) fn number(payload: &Json<'_>, dialled: &[&str], country: &[&str]) -> Result<Number, NumberError> {
    let (dialled, pure) = (payload.any(dialled).and_then(digits), payload.any(&["purePhoneNumber"]).and_then(digits));
    let country = payload.any(country).and_then(Json::to_text);
    Number::read(dialled.as_deref(), pure.as_deref(), country.as_deref())
}

/// A number is a text, or an integer that is not negative.
pub(super) fn digits<'a>(number: &'a Json<'_>) -> Option<Cow<'a, str>> {
    match number {
        Json::Int(integer) if *integer < 0 => None,
        Json::Digits(digits) if digits.starts_with('-') => None,
        other => other.to_text(),
    }
}
