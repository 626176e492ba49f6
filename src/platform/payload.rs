//! The payload that WeChat made the custom: `phoneNumber`, `purePhoneNumber`, `countryCode` and a `watermark` that says
//! for which app and when.

use std::borrow::Cow;

use super::{
    number_fields::{number, wechat_number},
    shape::Shape,
};
use crate::{Error, OpenOptions, PhoneNumber, Platform, json::Json, phone::Number};

/// Whether the watermark must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watermark {
    /// The platform always sets it, so a payload without it is not the platform's.
    Required,
    /// What it has is checked.
    IfPresent,
    /// What can be read of it is checked: the platform itself answered the server.
    IfReadable,
}

/// Parses a decrypted plaintext: UTF-8, one strict JSON object.
pub(super) fn parse_plaintext(plaintext: &[u8]) -> Result<Json<'_>, Error> {
    let text = core::str::from_utf8(plaintext).map_err(|_| Error::DECRYPT)?;
    Json::object(text).map_err(|_| Error::DECRYPT)
}

/// Checks the watermark of a payload that was sealed, its shape and its age, and reads the number.
pub(crate) fn sealed(
    platform: Platform,
    payload: &Json<'_>,
    app_id: Option<&str>,
    watermark: Watermark,
    shape: &Shape,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    check_app(payload, app_id, watermark)?;
    checked(platform, payload, watermark, shape.number(payload)?, options)
}

/// The same of an answer that the platform gave the server itself: it is whole, whatever its members are.
pub(super) fn answered(
    platform: Platform,
    payload: &Json<'_>,
    app_id: Option<&str>,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    check_app(payload, app_id, Watermark::IfReadable)?;
    // Nothing was decrypted here: members that contradict each other are simply no number.
    let number = wechat_number(payload).map_err(|_| Error::NotPhone)?;
    checked(platform, payload, Watermark::IfReadable, number, options)
}

/// A member of the watermark.
fn of_watermark<'a>(payload: &'a Json<'_>, names: &[&str]) -> Option<&'a Json<'a>> {
    payload.get("watermark").and_then(|mark| mark.any(names))
}

/// The app that a payload's watermark names.
fn proven_app<'a>(payload: &'a Json<'_>) -> Option<Cow<'a, str>> {
    of_watermark(payload, &APP).and_then(Json::to_text)
}

const APP: [&str; 2] = ["appid", "appId"];

impl Watermark {
    /// Whether a member that could not be read may be left unread.
    fn allows_none(self, payload: &Json<'_>, names: &[&str]) -> bool {
        match self {
            Self::Required => false,
            Self::IfPresent => of_watermark(payload, names).is_none(),
            Self::IfReadable => true,
        }
    }
}

fn check_app(payload: &Json<'_>, app_id: Option<&str>, watermark: Watermark) -> Result<(), Error> {
    match (app_id, proven_app(payload)) {
        (Some(app_id), Some(proven)) if proven != *app_id => Err(Error::AppMismatch),
        (Some(_), None) if !watermark.allows_none(payload, &APP) => Err(Error::AppMismatch),
        _ => Ok(()),
    }
}

fn checked(
    platform: Platform,
    payload: &Json<'_>,
    watermark: Watermark,
    number: Number,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    let issued_at = of_watermark(payload, &["timestamp"]).and_then(seconds);
    match issued_at {
        Some(issued_at) => options.check_age(issued_at)?,
        None if watermark.allows_none(payload, &["timestamp"]) || options.max_age.is_infinite() => {}
        None => return Err(Error::Expired),
    }
    Ok(number.of(platform, proven_app(payload).map(Cow::into_owned), issued_at, payload))
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

/// A time in seconds. WeChat counts seconds; Douyin's page shows 17 digits and no unit. From 2001 to 2286 the seconds
/// since 1970 have ten digits, so the first ten are the seconds, whatever fractions of them follow.
pub(crate) fn seconds(timestamp: &Json<'_>) -> Option<i64> {
    let digits = timestamp.to_text()?;
    let seconds = digits.get(..10).unwrap_or(&digits);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| seconds.parse().ok())?
}
