//! The payload that WeChat made the custom: `phoneNumber`, `purePhoneNumber`, `countryCode` and a `watermark` that says
//! for which app and when.

use std::borrow::Cow;

use crate::{Error, OpenOptions, PhoneNumber, Platform, json::Json, phone::Number};

/// Whether the watermark must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watermark {
    /// The platform always sets it, so a payload without it is not the platform's.
    Required,
    /// It is checked where it is.
    IfPresent,
}

/// Parses a decrypted plaintext: UTF-8, one strict JSON object.
pub(super) fn parse(plaintext: &[u8]) -> Result<Json<'_>, Error> {
    let text = core::str::from_utf8(plaintext).map_err(|_| Error::DECRYPT)?;
    Json::object(text).map_err(|_| Error::DECRYPT)
}

/// Checks the watermark and reads the number.
pub(crate) fn phone(
    platform: Platform,
    payload: &Json<'_>,
    app_id: Option<&str>,
    watermark: Watermark,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    let mark = payload.get("watermark");
    let proven_app = mark.and_then(|mark| mark.any(&["appid", "appId"])).and_then(Json::to_text);
    if let Some(app_id) = app_id {
        match &proven_app {
            Some(proven) if *proven == *app_id => {}
            None if watermark == Watermark::IfPresent => {}
            _ => return Err(Error::AppMismatch),
        }
    }
    let number = number(payload, &["phoneNumber"], &["countryCode"])?;
    let issued_at = mark.and_then(|mark| mark.get("timestamp")).and_then(seconds);
    match issued_at {
        Some(issued_at) => options.check_age(issued_at)?,
        None if watermark == Watermark::IfPresent || options.max_age.is_infinite() => {}
        None => return Err(Error::Expired),
    }
    Ok(number.of(platform, proven_app.map(Cow::into_owned), issued_at, payload))
}

/// Whether an object has the fields of a number at all.
pub(super) fn has_number(payload: &Json<'_>) -> bool {
    payload.any(&["phoneNumber", "purePhoneNumber"]).is_some()
}

fn number(payload: &Json<'_>, dialled: &[&str], country: &[&str]) -> Result<Number, Error> {
    let text = |keys| payload.any(keys).and_then(Json::to_text);
    let (dialled, pure, country) = (text(dialled), text(&["purePhoneNumber"]), text(country));
    Ok(Number::read(dialled.as_deref(), pure.as_deref(), country.as_deref())?)
}

/// Reads the number of a plain answer, under the names that a platform gives it and its country.
pub(super) fn plain(
    platform: Platform,
    answer: &Json<'_>,
    dialled: &[&str],
    country: &[&str],
) -> Result<PhoneNumber, Error> {
    // Nothing was decrypted here: fields that contradict each other are simply no number.
    let number = number(answer, dialled, country).map_err(|_| Error::NotPhone)?;
    Ok(number.of(platform, None, None, answer))
}

/// The number of a payload that has but one field for it.
pub(crate) fn mobile(payload: &Json<'_>) -> Result<Number, Error> {
    let mobile = payload.get("mobile").and_then(Json::to_text);
    Ok(Number::read(mobile.as_deref(), None, None)?)
}

/// A time in seconds. WeChat counts seconds; Douyin's page shows 17 digits and no unit. From 2001 to 2286 the seconds
/// since 1970 have ten digits, so the first ten are the seconds, whatever fractions of them follow.
pub(crate) fn seconds(timestamp: &Json<'_>) -> Option<i64> {
    let digits = timestamp.to_text()?;
    let seconds = digits.get(..10).unwrap_or(&digits);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| seconds.parse().ok())?
}
