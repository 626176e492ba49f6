//! The payload that WeChat introduced and others copied: `phoneNumber`, `purePhoneNumber`, `countryCode`, and a
//! `watermark` with the app and the time.

use std::borrow::Cow;

use super::{
    number_fields::{number, wechat_number},
    shape::Shape,
};
use crate::{Error, OpenOptions, PhoneNumber, Platform, json::Json, phone::Number};

/// Whether a payload must have a watermark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watermark {
    /// The platform always sets the watermark: a payload without it is not from the platform.
    Required,
    /// The members that the watermark has are checked. A member that cannot be read is an error.
    IfPresent,
    /// The readable members of the watermark are checked; others count as absent, because the backend received the
    /// payload from the platform itself.
    IfReadable,
}

/// Parses a decrypted plaintext: UTF-8, one strict JSON object.
pub(super) fn parse_plaintext(plaintext: &[u8]) -> Result<Json<'_>, Error> {
    let text = core::str::from_utf8(plaintext).map_err(|_| Error::DECRYPT)?;
    Json::object(text).map_err(|_| Error::DECRYPT)
}

/// Checks the watermark, the shape and the age of a sealed payload, and reads the number.
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

/// Checks the watermark and the age of a response that the backend received from the platform, and reads the number.
/// Its shape needs no check, because nobody can have assembled it from blocks of ciphertext.
pub(super) fn in_response(
    platform: Platform,
    payload: &Json<'_>,
    app_id: Option<&str>,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    check_app(payload, app_id, Watermark::IfReadable)?;
    // Contradicting members are not a decryption error here, because nothing was decrypted.
    let number = wechat_number(payload).map_err(|_| Error::NotPhone)?;
    checked(platform, payload, Watermark::IfReadable, number, options)
}

/// A member of the watermark.
fn of_watermark<'a>(payload: &'a Json<'_>, names: &[&str]) -> Option<&'a Json<'a>> {
    payload.get("watermark").and_then(|mark| mark.first_of(names))
}

/// The app that a payload's watermark names.
fn proven_app<'a>(payload: &'a Json<'_>) -> Option<Cow<'a, str>> {
    of_watermark(payload, &APP).and_then(Json::to_text)
}

const APP: [&str; 2] = ["appid", "appId"];

impl Watermark {
    /// Whether it is accepted that a member is missing or cannot be read.
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
    Ok(number.into_phone(platform, proven_app(payload).map(Cow::into_owned), issued_at, payload))
}

/// Reads the number of a plain response. `dialled` and `country` are the platform's names of the members.
pub(super) fn plain(
    platform: Platform,
    response: &Json<'_>,
    dialled: &[&str],
    country: &[&str],
) -> Result<PhoneNumber, Error> {
    // Contradicting members are not a decryption error here, because nothing was decrypted.
    let number = number(response, dialled, country).map_err(|_| Error::NotPhone)?;
    Ok(number.into_phone(platform, None, None, response))
}

/// A time in seconds since 1970. WeChat sends seconds; Douyin's page shows 17 digits without a unit. From 2001 to 2286
/// the seconds since 1970 have ten digits. A time with more digits has a smaller unit, and its first ten digits are the
/// seconds.
pub(crate) fn seconds(timestamp: &Json<'_>) -> Option<i64> {
    let digits = timestamp.to_text()?;
    let seconds = digits.get(..10).unwrap_or(&digits);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| seconds.parse().ok())?
}
