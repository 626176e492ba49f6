//! Base64 as it arrives in practice: a single policy, in a single place.
//!
//! Accepted: whitespace as formatting (line breaks, indentation, spaces at the ends), and excess bits in the last
//! character, which platforms do not always clear. Rejected: a single space inside the text, because form decoding
//! turns a `+` into a space; and everything else that is not standard base64. Nothing is ever repaired.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use crate::{Error, Input};

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
const PADDED: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, CONFIG.with_decode_padding_mode(DecodePaddingMode::RequireCanonical));
const ANY_PADDING: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, CONFIG.with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Whether the `=` at the end may be missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Padding {
    Required,
    Optional,
}

/// Removes line breaks, indentation and other formatting whitespace. [`Error::Encoding`] for a single space inside the
/// text.
pub(crate) fn compact(text: &str, field: &'static str) -> Result<Zeroizing<String>, Error> {
    let text = text.trim();
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if rest.next_if(char::is_ascii_whitespace).is_some() {
            while rest.next_if(char::is_ascii_whitespace).is_some() {}
        } else if c == ' ' {
            return Err(Error::Encoding(field));
        }
    }
    Ok(out)
}

/// Decodes a base64 text.
pub(crate) fn decode(text: &str, padding: Padding, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    decode_with_spare(text, padding, 0, field)
}

/// Decodes a base64 text to a buffer with the capacity for `spare` more bytes.
pub(crate) fn decode_with_spare(
    text: &str,
    padding: Padding,
    spare: usize,
    field: &'static str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let engine = match padding {
        Padding::Required => &PADDED,
        Padding::Optional => &ANY_PADDING,
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(base64::decoded_len_estimate(text.len()).saturating_add(spare)));
    if engine.decode_vec(text, &mut bytes).is_ok() {
        return Ok(bytes);
    }
    bytes.clear();
    engine.decode_vec(&*compact(text, field)?, &mut bytes).map_err(|_| Error::Encoding(field))?;
    Ok(bytes)
}

/// Bytes as a base64 text.
pub(crate) fn encode(bytes: &[u8]) -> String {
    PADDED.encode(bytes)
}

/// Bytes as lowercase hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Decodes a base64 text to a fixed number of bytes.
pub(crate) fn decode_array<const N: usize>(
    text: &str,
    padding: Padding,
    field: &'static str,
) -> Result<[u8; N], Error> {
    decode(text, padding, field)?.as_slice().try_into().map_err(|_| Error::Length(field))
}

/// The bytes of a symmetric key, from base64 text, from the bytes of that text, or from the key's own bytes.
///
/// Bytes that are the base64 of a key with an allowed length are treated as such a text: the probability that a random
/// key of 16 to 32 bytes looks like base64 is below 2⁻⁴⁶.
pub(crate) fn symmetric_key(key: &Input, lengths: &[usize], field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bytes = match key.bytes(field)? {
        Some(bytes) => key_text(bytes)
            .and_then(|text| decode(text, Padding::Required, field).ok())
            .filter(|decoded| lengths.contains(&decoded.len()))
            .unwrap_or_else(|| Zeroizing::new(bytes.to_vec())),
        None => decode(key.required_text(field)?, Padding::Required, field)?,
    };
    if lengths.contains(&bytes.len()) { Ok(bytes) } else { Err(Error::Length(field)) }
}

/// The base64 text of a session key, for signatures that use the text itself.
pub(crate) fn session_key_text(key: &Input, field: &'static str) -> Result<Zeroizing<String>, Error> {
    Ok(Zeroizing::new(match key.bytes(field)? {
        Some(bytes) => key_text(bytes).map_or_else(|| encode(bytes), str::to_owned),
        None => key.required_text(field)?.to_owned(),
    }))
}

/// The text of key bytes, if they are base64. The base64 of the shortest key (16 bytes) has 24 characters.
fn key_text(bytes: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(bytes).ok()?;
    let base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=\r\n".contains(&b);
    (text.len() >= 24 && text.bytes().all(base64)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Result<Vec<u8>, Error> {
        decode(text, Padding::Required, "iv").map(|bytes| bytes.to_vec())
    }

    #[test]
    fn formatting_whitespace_is_removed() {
        for text in ["AAEC\nAwQF", "AAEC\r\n    AwQF\n", "  AAECAwQF ", "AAEC  AwQF", "AAEC\tAwQF"] {
            assert_eq!(decoded(text).unwrap(), [0, 1, 2, 3, 4, 5], "{text:?}");
        }
    }

    #[test]
    fn a_single_space_is_rejected() {
        for text in ["AA C", "AAEC AwQF", "A AE CAw QF Z", "AA\nEC AwQF"] {
            assert_eq!(decoded(text), Err(Error::Encoding("iv")), "{text:?}");
        }
    }

    #[test]
    fn excess_bits_are_accepted_and_foreign_characters_are_not() {
        assert_eq!(decoded("AB==").unwrap(), [0]);
        for text in ["AA", "AA-_", "AA%3D", "\"AAEC\"", "AAEC=", "AA\\/C", "好", "A"] {
            assert_eq!(decoded(text), Err(Error::Encoding("iv")), "{text:?}");
        }
        let unpadded = decode("AA", Padding::Optional, "iv").map(|b| b.to_vec());
        assert_eq!(unpadded, Ok(vec![0]));
    }

    #[test]
    fn a_key_as_text_as_bytes_of_that_text_or_as_raw_bytes_is_the_same() {
        let text = "AAECAwQFBgcICQoLDA0ODw==";
        let raw: Vec<u8> = (0..16).collect();
        for key in [Input::from(text), text.as_bytes().to_vec().into(), raw.clone().into()] {
            let actual = symmetric_key(&key, &[16, 24], "sessionKey").map(|k| k.to_vec());
            assert_eq!(actual.as_ref(), Ok(&raw));
            assert_eq!(session_key_text(&key, "sessionKey").unwrap().as_str(), text);
        }
    }
}
