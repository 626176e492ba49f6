//! The phone number that the functions return for every platform, and its conversion to E.164. A country is never
//! guessed.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{Error, Platform, json::Json};

/// A phone number from an opened payload or from a platform's response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct PhoneNumber {
    /// The platform that the number is from.
    pub platform: Platform,
    /// The number in E.164, with its plus; `None` if the payload does not name the country, or the number is masked.
    pub e164: Option<String>,
    /// The country calling code, digits only.
    pub country_code: Option<String>,
    /// The number within its country, digits only. If `masked`, as received: `138****8000`.
    pub national_number: String,
    /// Whether the platform masked digits of the number with asterisks.
    pub masked: bool,
    /// The app that the payload names: WeChat's app id, Baidu's App Key …; `None` if the payload names no app.
    pub app_id: Option<String>,
    /// In seconds since 1970. A [`SystemTime`] here would add 1.3 kB to the WebAssembly module.
    pub(crate) issued_at: Option<i64>,
    /// The payload's own fields: the text of a JSON object. Integers above 2⁵³ − 1 are strings in it. Serialised as an
    /// object.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::json_object"))]
    pub raw: String,
}

impl PhoneNumber {
    /// When the user tapped, to the second, according to the payload's watermark; `None` if the payload has no time.
    pub fn issued_at(&self) -> Option<SystemTime> {
        let since_1970 = Duration::from_secs(u64::try_from(self.issued_at?).ok()?);
        UNIX_EPOCH.checked_add(since_1970)
    }
}

/// The parts of a number: the members of [`PhoneNumber`] that describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) e164: Option<String>,
    pub(crate) country_code: Option<String>,
    pub(crate) national_number: String,
    pub(crate) masked: bool,
}

/// Why no number can be read from the fields of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// The payload has no number.
    Missing,
    /// The fields have different numbers.
    Contradicting,
}

impl From<NumberError> for Error {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Missing => Self::NotPhone,
            // An authentic payload does not contradict itself.
            NumberError::Contradicting => Self::DECRYPT,
        }
    }
}

impl Number {
    /// Converts this to the [`PhoneNumber`] that callers get.
    pub(crate) fn into_phone(
        self,
        platform: Platform,
        app_id: Option<String>,
        issued_at: Option<i64>,
        raw: &Json<'_>,
    ) -> PhoneNumber {
        PhoneNumber {
            platform,
            e164: self.e164,
            country_code: self.country_code,
            national_number: self.national_number,
            masked: self.masked,
            app_id,
            issued_at,
            raw: raw.to_json(),
        }
    }

    /// Reads the three fields that most platforms use: the number as dialled, the number within its country (`pure`),
    /// and the country. Each field is optional; the fields that the payload has must agree.
    pub(crate) fn read(dialled: Option<&str>, pure: Option<&str>, country: Option<&str>) -> Result<Self, NumberError> {
        let dialled = dialled.map(clean).transpose()?.filter(|number| !number.is_empty());
        let pure = pure.map(clean).transpose()?.filter(|number| !number.is_empty());
        let country = country.and_then(calling_code);

        if let (Some(dialled), Some(pure)) = (&dialled, &pure)
            && !agree(dialled, pure, country)
        {
            return Err(NumberError::Contradicting);
        }
        // With a plus or 00 the dialled form contains the country. Otherwise the pure form is more reliable.
        let number = match (&dialled, &pure) {
            (Some(dialled), Some(_)) if country.is_none() && international(dialled).is_some() => &**dialled,
            (_, Some(pure)) => pure,
            (Some(dialled), None) => country.map_or(&**dialled, |country| without_country(dialled, country)),
            (None, None) => return Err(NumberError::Missing),
        };
        Self::split(number, country)
    }

    /// Whether this is a complete mobile number of mainland China.
    pub(crate) fn is_mainland_mobile(&self) -> bool {
        self.country_code.as_deref() == Some("86") && is_mainland_mobile(&self.national_number)
    }

    /// Splits a cleaned number into country calling code and national number, and checks their lengths.
    fn split(number: &str, country: Option<&str>) -> Result<Self, NumberError> {
        let owned = |text: &str| text.to_owned();
        if number.contains('*') {
            let country_code = country.map(owned);
            let is_number = NATIONAL_LENGTHS.contains(&number.len());
            let masked = Self { e164: None, country_code, national_number: owned(number), masked: true };
            return is_number.then_some(masked).ok_or(NumberError::Missing);
        }
        let (country, national) = match (international(number), country) {
            (Some(digits), Some(country)) => {
                (Some(country), digits.strip_prefix(country).ok_or(NumberError::Contradicting)?)
            }
            (Some(digits), None) => {
                let (country, national) =
                    digits.split_at_checked(calling_code_len(digits)).ok_or(NumberError::Missing)?;
                (Some(country), national)
            }
            (None, None) if is_mainland_mobile(number) => (Some("86"), number),
            (None, country) => (country, number),
        };
        // Taiwan's numbers are often written with the 0 that is dialled within the island only.
        let national = match national.strip_prefix('0') {
            Some(rest) if country == Some("886") => rest,
            _ => national,
        };
        let e164 = country.map(|country| ["+", country, national].concat());
        let is_number = match &e164 {
            Some(e164) => E164_LENGTHS.contains(&e164.len().saturating_sub(1)) && !e164.starts_with("+0"),
            None => NATIONAL_LENGTHS.contains(&national.len()),
        };
        if !is_number {
            return Err(NumberError::Missing);
        }
        Ok(Self { e164, country_code: country.map(owned), national_number: owned(national), masked: false })
    }
}

/// The number of digits of an E.164 number, with its country. <https://www.itu.int/rec/T-REC-E.164>
const E164_LENGTHS: core::ops::RangeInclusive<usize> = 7..=15;

/// The allowed length of a number that is checked without its country: a number whose country is unknown, or a masked
/// number.
const NATIONAL_LENGTHS: core::ops::RangeInclusive<usize> = 4..=15;

/// The dialled form without the country. WeChat puts the country calling code in front of foreign numbers, sometimes
/// without a plus. If the rest would be too short for a number, the dialled form had no country.
fn without_country<'a>(dialled: &'a str, country: &str) -> &'a str {
    dialled.strip_prefix(country).filter(|national| national.len() >= 7).unwrap_or(dialled)
}

/// Whether the dialled form is the pure form, with or without the country in front.
fn agree(dialled: &str, pure: &str, country: Option<&str>) -> bool {
    let is_pure_after_country = |digits: &str| match country {
        Some(country) => digits.strip_prefix(country) == Some(pure),
        None => digits.get(calling_code_len(digits)..) == Some(pure),
    };
    dialled == pure
        || match international(dialled) {
            Some(digits) => is_pure_after_country(digits),
            None => country.is_some() && is_pure_after_country(dialled),
        }
}

/// The digits after `+` or `00`.
fn international(number: &str) -> Option<&str> {
    number.strip_prefix('+').or_else(|| number.strip_prefix("00"))
}

/// A number without whitespace, hyphens and parentheses: digits, the asterisks of a mask, and a plus in front.
fn clean(number: &str) -> Result<Cow<'_, str>, NumberError> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')');
    let number = match number.contains(is_separator) {
        true => Cow::Owned(number.chars().filter(|c| !is_separator(*c)).collect()),
        false => Cow::Borrowed(number),
    };
    let body = number.strip_prefix('+').unwrap_or(&number);
    if body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') { Ok(number) } else { Err(NumberError::Missing) }
}

/// A country calling code in digits, from `86`, `+86`, `0086`, or one of the region codes CN, HK, MO and TW.
pub(crate) fn calling_code(country: &str) -> Option<&str> {
    let code = match country.trim() {
        "CN" => "86",
        "HK" => "852",
        "MO" => "853",
        "TW" => "886",
        other => international(other).unwrap_or(other),
    };
    let is_digits = code.bytes().all(|b| b.is_ascii_digit()) && !code.starts_with('0') && !code.is_empty();
    // For countries of North America the platforms also send the area code: 1242 is the Bahamas.
    let is_complete = code.len() == calling_code_len(code) || code.len() == 4 && code.starts_with('1');
    (is_digits && is_complete).then_some(code)
}

/// The length of the country calling code at the start of a number. No code is the beginning of another code.
/// <https://www.itu.int/pub/T-SP-E.164D>
pub(crate) fn calling_code_len(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// Whether a number without a country can only be a mobile number of mainland China: 11 digits that begin with 13 to
/// 19.
fn is_mainland_mobile(number: &str) -> bool {
    matches!(number.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_form() {
        // dialled, pure, country → E.164, country, national
        for ((dialled, pure, country), (e164, code, national)) in [
            (("13800138000", "13800138000", "86"), ("+8613800138000", "86", "13800138000")),
            (("+8613800138000", "13800138000", "86"), ("+8613800138000", "86", "13800138000")),
            (("+86 138-0013-8000", "13800138000", "+86"), ("+8613800138000", "86", "13800138000")),
            (("8613800138000", "13800138000", "0086"), ("+8613800138000", "86", "13800138000")),
            (("+85251234567", "51234567", "852"), ("+85251234567", "852", "51234567")),
            (("85251234567", "51234567", "852"), ("+85251234567", "852", "51234567")),
            (("+85251234567", "51234567", ""), ("+85251234567", "852", "51234567")),
            (("+85251234567", "", ""), ("+85251234567", "852", "51234567")),
            (("0085251234567", "", "00852"), ("+85251234567", "852", "51234567")),
            (("+12025550123", "", ""), ("+12025550123", "1", "2025550123")),
            (("", "0912345678", "886"), ("+886912345678", "886", "912345678")),
            (("", "51234567", "HK"), ("+85251234567", "852", "51234567")),
            (("13800138000", "", ""), ("+8613800138000", "86", "13800138000")),
            (("", "9871234560", "007"), ("+79871234560", "7", "9871234560")),
            (("", "7012345678", "7"), ("+77012345678", "7", "7012345678")),
            (("85251234567", "", "852"), ("+85251234567", "852", "51234567")),
            (("51234567", "", "852"), ("+85251234567", "852", "51234567")),
            (("85212345", "", "852"), ("+85285212345", "852", "85212345")),
            (("8613800138000", "", "86"), ("+8613800138000", "86", "13800138000")),
            (("13800138000", "", "86"), ("+8613800138000", "86", "13800138000")),
            (("12422345678", "2345678", "1242"), ("+12422345678", "1242", "2345678")),
        ] {
            let number = Number::read(Some(dialled), Some(pure), Some(country));
            let expected = Number {
                e164: Some(e164.into()),
                country_code: Some(code.into()),
                national_number: national.into(),
                masked: false,
            };
            assert_eq!(number, Ok(expected), "{dialled} {pure} {country}");
        }
    }

    #[test]
    fn an_unknown_country_is_not_guessed() {
        for number in ["51234567", "12345678901", "2025550123", "1380013800"] {
            let read = Number::read(Some(number), None, None).unwrap();
            assert_eq!((read.e164, read.country_code), (None, None), "{number}");
            assert_eq!(read.national_number, number);
        }
    }

    #[test]
    fn a_masked_number_has_no_e164() {
        let read = Number::read(Some("138****8000"), Some("138****8000"), Some("86")).unwrap();
        assert!(read.masked);
        assert_eq!(read.e164, None);
        assert_eq!(read.national_number, "138****8000");
    }

    #[test]
    fn contradicting_fields_are_rejected() {
        for (dialled, pure, country) in [
            ("13800138000", "13900139000", "86"),
            ("+85213800138000", "13800138000", "86"),
            ("+8613800138000", "13800138001", ""),
            ("+8513800138000", "", "86"),
        ] {
            let read = Number::read(Some(dialled), Some(pure), Some(country));
            assert_eq!(read, Err(NumberError::Contradicting), "{dialled} {pure} {country}");
        }
        for number in
            ["", " ", "none", "+", "１３８００１３８０００", "+00000000000", "+008613800138000", "0000000000000"]
        {
            assert_eq!(Number::read(Some(number), None, None), Err(NumberError::Missing), "{number}");
        }
    }

    #[test]
    fn numbers_of_impossible_length_are_rejected() {
        let long = "1".repeat(4000);
        for (pure, country) in [
            ("1", None),
            ("123", None),
            (&*long, None),
            ("1234567890123456", None),
            ("1", Some("86")),
            ("1234", Some("86")),
            ("13800138000138", Some("86")),
            ("*", None),
            ("****************", None),
        ] {
            assert_eq!(Number::read(None, Some(pure), country), Err(NumberError::Missing), "{pure} {country:?}");
        }
    }

    #[test]
    fn a_country_without_a_valid_calling_code_is_unknown() {
        for country in ["-86", "9999", "999999", "８６", "0", "+0", "China", "8600", ""] {
            let read = Number::read(None, Some("51234567"), Some(country)).unwrap();
            assert_eq!((read.e164, read.country_code), (None, None), "{country}");
        }
    }

    #[test]
    fn only_complete_mainland_mobile_numbers_are_recognised() {
        let is_mobile = |number| Number::read(Some(number), None, None).unwrap().is_mainland_mobile();
        assert!(is_mobile("13800138000") && is_mobile("+8613800138000"));
        assert!(!is_mobile("23800138000") && !is_mobile("138****8000") && !is_mobile("+85251234567"));
    }
}
