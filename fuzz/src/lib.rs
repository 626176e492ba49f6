//! Shared code of the targets: it parses an input into fields, and checks the properties of every result.
//!
//! An input consists of fields, separated by U+001F. The first character is the kind of the field: `T` a text, `J` JSON, `B`
//! bytes in base64, `P` a plaintext that is sealed here under the key of the same input, `L` a list of these separated by
//! U+001E, `+` too long, `!` wrong, anything else absent. js/build/fuzz/seeds.mjs writes the vectors in this format.

use std::time::{Duration, UNIX_EPOCH};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use mp_phone::{Error, Input, Keys, OpenOptions, PhoneNumber, Platform, Sealed};

/// The fields of an input, one after the other.
pub struct Fields<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// The fields of an input.
    pub fn of(data: &'a [u8]) -> Self {
        Self { rest: Some(data) }
    }

    fn raw(&mut self) -> &'a [u8] {
        let Some(rest) = self.rest else { return &[] };
        let mut parts = rest.splitn(2, |byte| *byte == 0x1f);
        let raw = parts.next().unwrap_or_default();
        self.rest = parts.next();
        raw
    }

    /// The next field.
    pub fn next(&mut self) -> Input<'a> {
        input(self.raw())
    }

    /// All remaining fields, at most 64.
    pub fn all(&mut self) -> Vec<Input<'a>> {
        core::iter::from_fn(|| self.rest.is_some().then(|| self.next())).take(64).collect()
    }

    /// The platform that the next field names. Any other text selects a platform with its first byte.
    pub fn platform(&mut self) -> Platform {
        let name = self.raw();
        let known = core::str::from_utf8(name).ok().and_then(Platform::from_name);
        let index = usize::from(name.first().copied().unwrap_or_default()) % Platform::ALL.len();
        known.unwrap_or(Platform::ALL[index])
    }

    /// The current time in seconds, the maximum age, and whether unsigned ciphertext is opened.
    pub fn options(&mut self) -> OpenOptions {
        let text = core::str::from_utf8(self.raw()).unwrap_or_default();
        let mut words = text.split(' ');
        let mut number = |otherwise: f64| {
            words.next().and_then(|word| word.parse().ok()).filter(|number: &f64| !number.is_nan()).unwrap_or(otherwise)
        };
        let now = number(1_700_000_000.0).clamp(-1e15, 1e15);
        let since_1970 = Duration::from_secs_f64(now.abs());
        let options = OpenOptions::at(if now < 0.0 { UNIX_EPOCH - since_1970 } else { UNIX_EPOCH + since_1970 });
        let options = match Duration::try_from_secs_f64(number(OpenOptions::MAX_AGE.as_secs_f64()).max(0.0)) {
            Ok(max_age) => options.max_age(max_age),
            Err(_) => options.any_age(),
        };
        if number(0.0) == 1.0 { options.allow_unsigned() } else { options }
    }

    /// A payload and its keys.
    pub fn sealed(&mut self) -> (Sealed<'a>, Keys<'a>) {
        let platform = self.platform();
        let raw: [&[u8]; 8] = core::array::from_fn(|_| self.raw());
        let [app_id, app_key, session_key, private_key, alipay_public_key, aes_key] =
            core::array::from_fn(|_| self.next());
        let keys = Keys { app_id, app_key, session_key, private_key, alipay_public_key, aes_key };
        let iv = input(raw[1]);
        let sealed = |raw: &'a [u8]| match raw.split_first() {
            Some((b'P', plain)) => seal(plain, platform, &keys, &iv).map_or(Input::Wrong, Input::from),
            _ => input(raw),
        };
        let [encrypted_data, _, data, response, sign, sign_type, encrypt_type, charset] = raw.map(sealed);
        (Sealed { platform, encrypted_data, iv, data, response, sign, sign_type, encrypt_type, charset }, keys)
    }
}

fn input(raw: &[u8]) -> Input<'_> {
    match raw.split_first() {
        Some((b'L', items)) => Input::List(items.split(|byte| *byte == 0x1e).map(item).collect()),
        _ => item(raw),
    }
}

fn item(raw: &[u8]) -> Input<'_> {
    let Some((kind, rest)) = raw.split_first() else { return Input::Absent };
    let text = |rest| String::from_utf8_lossy(rest);
    match kind {
        b'T' => Input::Text(text(rest)),
        b'J' => Input::Json(text(rest)),
        b'B' => Input::from(BASE64.decode(rest).unwrap_or_default()),
        b'+' => Input::TooLong,
        b'!' => Input::Wrong,
        _ => Input::Absent,
    }
}

/// Seals a text as its platform does, because no mutation of a ciphertext reaches the content of a payload.
fn seal(plain: &[u8], platform: Platform, keys: &Keys<'_>, iv: &Input<'_>) -> Option<String> {
    let (key, iv) = match platform {
        Platform::Alipay => (bytes(&keys.aes_key)?, vec![0; 16]),
        _ => (bytes(&keys.session_key)?, bytes(iv)?),
    };
    let sealed = match key.len() {
        16 => cbc::Encryptor::<aes::Aes128>::new_from_slices(&key, &iv).ok()?.encrypt_padded_vec::<Pkcs7>(plain),
        24 => cbc::Encryptor::<aes::Aes192>::new_from_slices(&key, &iv).ok()?.encrypt_padded_vec::<Pkcs7>(plain),
        _ => cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, &iv).ok()?.encrypt_padded_vec::<Pkcs7>(plain),
    };
    Some(BASE64.encode(sealed))
}

fn bytes(key: &Input<'_>) -> Option<Vec<u8>> {
    match key {
        Input::Text(text) => BASE64.decode(text.as_bytes()).ok(),
        Input::Bytes(bytes) => Some(bytes.to_vec()),
        Input::List(keys) => bytes(keys.first()?),
        _ => None,
    }
}

/// Checks the properties of every number that is returned.
pub fn check_phone(phone: &PhoneNumber) {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(e164) = &phone.e164 {
        let digits = e164.strip_prefix('+').expect("a plus");
        assert!((7..=15).contains(&digits.len()) && is_digits(digits) && !digits.starts_with('0'), "{e164}");
        assert!(!phone.masked, "a masked number has no E.164");
        let country = phone.country_code.as_deref().expect("a country code");
        assert_eq!(digits.strip_prefix(country), Some(&*phone.national_number), "{e164}");
    }
    assert!(phone.masked || is_digits(&phone.national_number), "{}", phone.national_number);
    assert!(!phone.national_number.is_empty());
    assert!(phone.country_code.as_deref().is_none_or(|code| !code.is_empty() && is_digits(code)));
    assert_json(&phone.raw);
}

/// Asserts that a text is a single JSON object.
pub fn assert_json(text: &str) {
    assert!(serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.is_object()), "{text}");
}

/// Checks the properties of every error: its text is a constant, possibly with a field's name, and contains no input.
pub fn check_error(error: &Error) {
    const FIELDS: [&str; 22] = [
        "platform",
        "encryptedData",
        "iv",
        "data",
        "response",
        "sign",
        "signType",
        "encryptType",
        "charset",
        "appId",
        "appKey",
        "sessionKey",
        "privateKey",
        "alipayPublicKey",
        "aesKey",
        "answer",
        "method",
        "text",
        "appCertificate",
        "alipayRootCertificate",
        "body",
        "allowUnsigned",
    ];
    const TEXTS: [&str; 10] = [
        " is missing, empty or of the wrong type",
        " is not valid base64",
        " has an impossible length",
        " cannot be read as a key",
        "the signature is missing or wrong",
        "the payload does not open with this key",
        "the payload is not proven to belong to this app",
        "the payload is too old, or from the future",
        "the payload has no phone number",
        "the platform responded with an error",
    ];
    let text = error.to_string();
    let field = error.field().filter(|field| !matches!(error, Error::Signature) && FIELDS.contains(field));
    let rest = field.map_or(&*text, |field| text.strip_prefix(field).expect("the field first"));
    assert!(TEXTS.contains(&rest), "{text}");
    if let Error::Platform { code, rid, .. } = error {
        for label in [Some(code), rid.as_ref()].into_iter().flatten() {
            let is_label = |byte: u8| byte.is_ascii_alphanumeric() || b"._:- ?".contains(&byte);
            assert!((1..=64).contains(&label.len()) && label.bytes().all(is_label), "{label}");
        }
    }
}
