//! The one shape every platform ends in, and how a number becomes E.164 without guessing.

use std::borrow::Cow;

use crate::{Error, Platform, json::Json};

/// A verified phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// When the user tapped, in seconds since 1970, by the payload's watermark.
    pub issued_at: Option<i64>,
    /// The payload's own fields: a JSON object, its integers above 2⁵³ as texts.
    pub raw: String,
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
pub(crate) enum NoNumber {
    /// There is none.
    Missing,
    /// The fields name different numbers.
    Contradicting,
}

impl From<NoNumber> for Error {
    fn from(why: NoNumber) -> Self {
        match why {
            NoNumber::Missing => Self::NotPhone,
            // An authentic payload does not contradict itself.
            NoNumber::Contradicting => Self::DECRYPT,
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
    pub(crate) fn read(dialled: Option<&str>, pure: Option<&str>, country: Option<&str>) -> Result<Self, NoNumber> {
        let dialled = dialled.map(clean).transpose()?.filter(|number| !number.is_empty());
        let pure = pure.map(clean).transpose()?.filter(|number| !number.is_empty());
        let country = country.and_then(calling_code);

        if let (Some(dialled), Some(pure)) = (&dialled, &pure)
            && !agree(dialled, pure, country)
        {
            return Err(NoNumber::Contradicting);
        }
        // With a plus or 00 the dialled form alone tells the country; otherwise the pure form is the better one.
        let number = match (&dialled, &pure) {
            (Some(dialled), Some(_)) if country.is_none() && international(dialled).is_some() => dialled,
            (_, Some(pure)) => pure,
            (Some(dialled), None) => dialled,
            (None, None) => return Err(NoNumber::Missing),
        };
        Self::within(number, country)
    }

    fn within(number: &str, country: Option<&str>) -> Result<Self, NoNumber> {
        let owned = |text: &str| text.to_owned();
        if number.contains('*') {
            let country_code = country.map(owned);
            return Ok(Self { e164: None, country_code, national_number: owned(number), masked: true });
        }
        let (country, national) = match (international(number), country) {
            (Some(digits), Some(country)) => {
                (Some(country), digits.strip_prefix(country).ok_or(NoNumber::Contradicting)?)
            }
            (Some(digits), None) => {
                let (country, national) = digits.split_at_checked(calling_code_len(digits)).ok_or(NoNumber::Missing)?;
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
        if national.is_empty() {
            return Err(NoNumber::Missing);
        }
        let e164 = country
            .map(|country| ["+", country, national].concat())
            .filter(|e164| (7..=15).contains(&e164.len().saturating_sub(1)));
        Ok(Self { e164, country_code: country.map(owned), national_number: owned(national), masked: false })
    }
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
fn clean(number: &str) -> Result<Cow<'_, str>, NoNumber> {
    let is_readability = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')');
    let number = match number.contains(is_readability) {
        true => Cow::Owned(number.chars().filter(|c| !is_readability(*c)).collect()),
        false => Cow::Borrowed(number),
    };
    let body = number.strip_prefix('+').unwrap_or(&number);
    if body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') { Ok(number) } else { Err(NoNumber::Missing) }
}

/// A country calling code in digits, from `86`, `+86`, `0086`, or one of four country codes.
fn calling_code(country: &str) -> Option<&str> {
    let code = match country.trim() {
        "CN" => "86",
        "HK" => "852",
        "MO" => "853",
        "TW" => "886",
        other => international(other).unwrap_or(other),
    };
    let plausible = (1..=4).contains(&code.len()) && !code.starts_with('0') && code.bytes().all(|b| b.is_ascii_digit());
    plausible.then_some(code)
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
            assert_eq!(read, Err(NoNumber::Contradicting), "{dialled} {pure} {country}");
        }
        for nothing in ["", " ", "none", "+", "１３８００１３８０００"] {
            assert_eq!(Number::read(Some(nothing), None, None), Err(NoNumber::Missing), "{nothing}");
        }
    }
}
