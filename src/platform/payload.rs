//! The payload that WeChat made the custom: `phoneNumber`, `purePhoneNumber`, `countryCode` and a `watermark` that says
//! for which app and when.

use crate::{Error, Json, OpenOptions, PhoneNumber, Platform, phone::Number};

/// How far the clocks of the platform and of this server may be apart, in seconds.
const CLOCK_SKEW: f64 = 300.0;

/// Whether the watermark must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Watermark {
    /// The platform always sets it, so a payload without it is not the platform's.
    Required,
    /// It is checked where it is.
    IfPresent,
}

/// Parses a decrypted plaintext: UTF-8, one strict JSON object.
pub(super) fn parse(plaintext: &[u8]) -> Result<Json, Error> {
    let text = core::str::from_utf8(plaintext).map_err(|_| Error::DECRYPT)?;
    Json::object(text).map_err(|_| Error::DECRYPT)
}

/// Checks the watermark and reads the number.
pub(super) fn phone(
    platform: Platform,
    payload: Json,
    app_id: Option<&str>,
    watermark: Watermark,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    let mark = payload.get("watermark");
    let proven_app = mark.and_then(|mark| mark.any(&["appid", "appId"])).and_then(Json::to_text);
    if let Some(app_id) = app_id {
        match &proven_app {
            Some(proven) if proven == app_id => {}
            None if watermark == Watermark::IfPresent => {}
            _ => return Err(Error::AppMismatch),
        }
    }
    let number = number(&payload)?;
    let issued_at = mark.and_then(|mark| mark.get("timestamp")).and_then(seconds);
    match issued_at {
        Some(issued_at) => options.check_age(issued_at)?,
        None if watermark == Watermark::IfPresent || options.max_age.is_infinite() => {}
        None => return Err(Error::Expired),
    }
    Ok(number.of(platform, proven_app, issued_at, payload))
}

/// Whether an object has the fields of a number at all.
pub(super) fn has_number(payload: &Json) -> bool {
    payload.any(&["phoneNumber", "purePhoneNumber"]).is_some()
}

fn number(payload: &Json) -> Result<Number, Error> {
    let text = |key| payload.get(key).and_then(Json::to_text);
    Number::read(text("phoneNumber").as_deref(), text("purePhoneNumber").as_deref(), text("countryCode").as_deref())
        .map_err(Error::from)
}

/// The number of a payload that has but one field for it.
pub(super) fn mobile(payload: &Json) -> Result<Number, Error> {
    let mobile = payload.get("mobile").and_then(Json::to_text);
    Ok(Number::read(mobile.as_deref(), None, None)?)
}

/// A time in seconds. WeChat counts seconds; Douyin's page shows 17 digits and no unit. From 2001 to 2286 the seconds
/// since 1970 have ten digits, so the first ten are the seconds, whatever fractions of them follow.
fn seconds(timestamp: &Json) -> Option<i64> {
    let digits = timestamp.to_text()?;
    let seconds = digits.get(..10).unwrap_or(&digits);
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| seconds.parse().ok())?
}

impl OpenOptions {
    pub(super) fn validate(&self) -> Result<(), Error> {
        if self.max_age.is_nan() || self.max_age < 0.0 {
            return Err(Error::Input("maxAge"));
        }
        if !self.now.is_finite() {
            return Err(Error::Input("now"));
        }
        Ok(())
    }

    fn check_age(&self, issued_at: i64) -> Result<(), Error> {
        let age = self.now - issued_at as f64;
        if self.max_age.is_finite() && (age > self.max_age || age < -CLOCK_SKEW) {
            return Err(Error::Expired);
        }
        Ok(())
    }
}
