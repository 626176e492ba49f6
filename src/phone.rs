//! The one shape every platform ends in, and how a number becomes E.164 without guessing.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{Error, Platform, json::Json};

/// A verified phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct PhoneNumber {
    /// The platform it came from.
    pub platform: Platform,
    /// E.164 with its plus; `None` where the country cannot be known or the number is masked.
    pub e164: Option<String>,
    /// The country calling code, digits only.
    pub country_code: Option<String>,
    /// The number within its country, digits only, or masked as the platform gave it.
    pub national_number: String,
    /// Whether the platform itself gave a number with digits blotted out.
    pub masked: bool,
    /// The app the payload was made for, as far as the payload proves it.
    pub app_id: Option<String>,
    /// In seconds since 1970: see [`Self::issued_at`]. No [`SystemTime`], which would add 1.3 kB to the module.
    pub(crate) issued_at: Option<i64>,
    /// The payload's own fields: the text of a JSON object, in which integers above 2⁵³ are texts. Serialised as an object.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::json_object"))]
    pub raw: String,
}

impl PhoneNumber {
    /// When the user tapped, to the second, according to the payload's watermark; `None` where the payload has no time.
    pub fn issued_at(&self) -> Option<SystemTime> {
        let since_1970 = Duration::from_secs(u64::try_from(self.issued_at?).ok()?);
        UNIX_EPOCH.checked_add(since_1970)
    }
}

/// A number taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) e164: Option<String>,
    pub(crate) country_code: Option<String>,
    pub(crate) national_number: String,
    pub(crate) masked: bool,
}

/// Why fields make no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// There is none.
    Missing,
    /// The fields name different numbers.
    Contradicting,
}

impl From<NumberError> for Error {
    fn from(why: NumberError) -> Self {
        match why {
            NumberError::Missing => Self::NotPhone,
            // An authentic payload does not contradict itself.
            NumberError::Contradicting => Self::DECRYPT,
        }
    }
}

impl Number {
    /// The number as a caller gets it.
    pub(crate) fn of(
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

    /// Reads the three fields that most platforms use: the number as dialled, the number within its country, and the
    /// country. Each may be missing; those that are there must agree.
    pub(crate) fn read(dialled: Option<&str>, pure: Option<&str>, country: Option<&str>) -> Result<Self, NumberError> {
        let dialled = dialled.map(clean).transpose()?.filter(|number| !number.is_empty());
        let pure = pure.map(clean).transpose()?.filter(|number| !number.is_empty());
        let country = country.and_then(calling_code);

        if let (Some(dialled), Some(pure)) = (&dialled, &pure)
            && !agree(dialled, pure, country)
        {
            return Err(NumberError::Contradicting);
        }
        // With a plus or 00 the dialled form alone tells the country; otherwise the pure form is the better one.
        let number = match (&dialled, &pure) {
            (Some(dialled), Some(_)) if country.is_none() && international(dialled).is_some() => &**dialled,
            (_, Some(pure)) => pure,
            (Some(dialled), None) => country.map_or(&**dialled, |country| without_country(dialled, country)),
            (None, None) => return Err(NumberError::Missing),
        };
        Self::within(number, country)
    }

    /// Whether it is a mobile number of the mainland, with all its digits.
    pub(crate) fn is_mainland_mobile(&self) -> bool {
        self.country_code.as_deref() == Some("86") && is_mainland_mobile(&self.national_number)
    }

    fn within(number: &str, country: Option<&str>) -> Result<Self, NumberError> {
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

/// How many digits a number of E.164 has, with its country. <https://www.itu.int/rec/T-REC-E.164>
const E164_LENGTHS: core::ops::RangeInclusive<usize> = 7..=15;

/// How many digits a number has whose country is not known.
const NATIONAL_LENGTHS: core::ops::RangeInclusive<usize> = 4..=15;

/// The form as dialled without the country that WeChat puts before numbers from abroad, also with no plus. A remainder
/// that is too short for a number shows that the country was not there.
fn without_country<'a>(dialled: &'a str, country: &str) -> &'a str {
    dialled.strip_prefix(country).filter(|national| national.len() >= 7).unwrap_or(dialled)
}

/// Whether the dialled form is the pure form, alone or behind its country.
fn agree(dialled: &str, pure: &str, country: Option<&str>) -> bool {
    let behind = |digits: &str| match country {
        Some(country) => digits.strip_prefix(country) == Some(pure),
        None => digits.get(calling_code_len(digits)..) == Some(pure),
    };
    dialled == pure
        || match international(dialled) {
            Some(digits) => behind(digits),
            None => country.is_some() && behind(dialled),
        }
}

/// The digits behind a `+` or `00`.
fn international(number: &str) -> Option<&str> {
    number.strip_prefix('+').or_else(|| number.strip_prefix("00"))
}

/// A number without what makes it readable: digits, the asterisks of a mask, and a plus in front.
fn clean(number: &str) -> Result<Cow<'_, str>, NumberError> {
    let is_readability = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')');
    let number = match number.contains(is_readability) {
        true => Cow::Owned(number.chars().filter(|c| !is_readability(*c)).collect()),
        false => Cow::Borrowed(number),
    };
    let body = number.strip_prefix('+').unwrap_or(&number);
    if body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') { Ok(number) } else { Err(NumberError::Missing) }
}

/// A country calling code in digits, from `86`, `+86`, `0086`, or one of four country codes.
pub(crate) fn calling_code(country: &str) -> Option<&str> {
    let code = match country.trim() {
        "CN" => "86",
        "HK" => "852",
        "MO" => "853",
        "TW" => "886",
        other => international(other).unwrap_or(other),
    };
    let is_digits = code.bytes().all(|b| b.is_ascii_digit()) && !code.starts_with('0') && !code.is_empty();
    // Countries of North America are also given with their area: 1242 are the Bahamas.
    let is_whole = code.len() == calling_code_len(code) || code.len() == 4 && code.starts_with('1');
    (is_digits && is_whole).then_some(code)
}

/// How many digits the country calling code has that a number begins with. No code is the beginning of another.
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

/// Whether a bare number can only be a mobile number of mainland China: 11 digits, 13 to 19 in front.
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
    fn a_masked_number_is_no_number_to_call() {
        let read = Number::read(Some("138****8000"), Some("138****8000"), Some("86")).unwrap();
        assert!(read.masked);
        assert_eq!(read.e164, None);
        assert_eq!(read.national_number, "138****8000");
    }

    #[test]
    fn fields_that_disagree_are_refused() {
        for (dialled, pure, country) in [
            ("13800138000", "13900139000", "86"),
            ("+85213800138000", "13800138000", "86"),
            ("+8613800138000", "13800138001", ""),
            ("+8513800138000", "", "86"),
        ] {
            let read = Number::read(Some(dialled), Some(pure), Some(country));
            assert_eq!(read, Err(NumberError::Contradicting), "{dialled} {pure} {country}");
        }
        for nothing in
            ["", " ", "none", "+", "１３８００１３８０００", "+00000000000", "+008613800138000", "0000000000000"]
        {
            assert_eq!(Number::read(Some(nothing), None, None), Err(NumberError::Missing), "{nothing}");
        }
    }

    #[test]
    fn a_number_has_the_length_of_one() {
        let many = "1".repeat(4000);
        for (pure, country) in [
            ("1", None),
            ("123", None),
            (&*many, None),
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
    fn a_country_is_a_calling_code_or_unknown() {
        for country in ["-86", "9999", "999999", "８６", "0", "+0", "China", "8600", ""] {
            let read = Number::read(None, Some("51234567"), Some(country)).unwrap();
            assert_eq!((read.e164, read.country_code), (None, None), "{country}");
        }
    }

    #[test]
    fn only_all_digits_of_a_mainland_mobile_number_are_one() {
        let is_mobile = |number| Number::read(Some(number), None, None).unwrap().is_mainland_mobile();
        assert!(is_mobile("13800138000") && is_mobile("+8613800138000"));
        assert!(!is_mobile("23800138000") && !is_mobile("138****8000") && !is_mobile("+85251234567"));
    }
}
