//! The arguments of the functions: payloads, keys and options. Fields are stored unchecked: the code that uses a field
//! calls a method of [`Input`] that checks its type and length.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use zeroize::{Zeroize, Zeroizing};

use crate::{Error, Platform};

/// The longest text or key that is accepted, in bytes. Real payloads stay below 2 kB, certificate files below 10 kB.
pub(crate) const MAX_LEN: usize = 64 * 1024;

/// The accepted difference between the clocks of the platform and of this server, in seconds.
const CLOCK_SKEW: f64 = 300.0;

/// The largest number of keys in a list.
const MAX_KEYS: usize = 16;

/// The value of a field, as received. Owned text and bytes are wiped when the value is dropped.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Input<'a> {
    /// The field is not set.
    #[default]
    Absent,
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes: only keys and certificates can be bytes.
    Bytes(Cow<'a, [u8]>),
    /// An object, as JSON text.
    Json(Cow<'a, str>),
    /// Several keys, newest first.
    List(Vec<Self>),
    /// Longer than any field that this crate accepts.
    TooLong,
    /// Unreadable, or of a type that no field has.
    Wrong,
}

impl Drop for Input<'_> {
    fn drop(&mut self) {
        match self {
            Self::Text(Cow::Owned(text)) | Self::Json(Cow::Owned(text)) => text.zeroize(),
            Self::Bytes(Cow::Owned(bytes)) => bytes.zeroize(),
            _ => {}
        }
    }
}

impl Input<'_> {
    /// The text of a required field.
    pub(crate) fn required_text(&self, field: &'static str) -> Result<&str, Error> {
        match self {
            Self::Text(text) if text.len() > MAX_LEN => Err(Error::Length(field)),
            Self::Text(text) if !text.trim().is_empty() => Ok(text),
            Self::TooLong => Err(Error::Length(field)),
            _ => Err(Error::Input(field)),
        }
    }

    /// The text of an optional field.
    pub(crate) fn optional_text(&self, field: &'static str) -> Result<Option<&str>, Error> {
        match self {
            Self::Absent => Ok(None),
            input => input.required_text(field).map(Some),
        }
    }

    /// The bytes of a key; `None` if the key is not [`Self::Bytes`].
    pub(crate) fn bytes(&self, field: &'static str) -> Result<Option<&[u8]>, Error> {
        match self {
            Self::Bytes(bytes) if bytes.len() > MAX_LEN => Err(Error::Length(field)),
            Self::Bytes(bytes) if bytes.is_empty() => Err(Error::Input(field)),
            Self::Bytes(bytes) => Ok(Some(bytes)),
            _ => Ok(None),
        }
    }

    /// The text of a field, or the JSON text if the field is an object.
    pub(crate) fn text_or_json(&self, field: &'static str) -> Result<&str, Error> {
        match self {
            Self::Json(text) if text.len() > MAX_LEN => Err(Error::Length(field)),
            Self::Json(text) => Ok(text),
            text => text.required_text(field),
        }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The keys of a field that takes a key or a list of keys, newest first.
    pub(crate) fn keys(&self, field: &'static str) -> Result<&[Self], Error> {
        match self {
            Self::List(list) if list.is_empty() || list.len() > MAX_KEYS => Err(Error::Input(field)),
            Self::List(list) => Ok(list),
            Self::Absent => Err(Error::Input(field)),
            input => Ok(core::slice::from_ref(input)),
        }
    }
}

impl<'a> From<&'a str> for Input<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Input<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Zeroizing<String>> for Input<'_> {
    fn from(mut text: Zeroizing<String>) -> Self {
        Self::from(core::mem::take(&mut *text))
    }
}

impl<'a> From<&'a [u8]> for Input<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(bytes))
    }
}

impl From<Vec<u8>> for Input<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Cow::Owned(bytes))
    }
}

impl<'a> From<Vec<Input<'a>>> for Input<'a> {
    fn from(list: Vec<Self>) -> Self {
        Self::List(list)
    }
}

/// A sealed payload: the members of the button's event, or of a platform's response. Each platform uses some of them.
#[derive(Clone)]
pub struct Sealed<'a> {
    /// The platform that sealed the payload.
    pub platform: Platform,
    /// The ciphertext under a session key, base64.
    pub encrypted_data: Input<'a>,
    /// The ciphertext's initialisation vector, base64 of 16 bytes.
    pub iv: Input<'a>,
    /// Douyin: the ciphertext for the app's private key, base64. Baidu: another name of `encrypted_data`.
    pub data: Input<'a>,
    /// Alipay's response, in any of the shapes in which backends receive it.
    pub response: Input<'a>,
    /// Alipay's signature, base64.
    pub sign: Input<'a>,
    /// Alipay's signature type: `RSA2` (default) or `RSA`.
    pub sign_type: Input<'a>,
    /// Alipay's cipher: `AES`.
    pub encrypt_type: Input<'a>,
    /// Alipay's charset: `UTF-8`.
    pub charset: Input<'a>,
}

impl Sealed<'_> {
    /// A payload with only the platform set. Set the other fields with struct update syntax.
    pub fn new(platform: Platform) -> Self {
        Self {
            platform,
            encrypted_data: Input::Absent,
            iv: Input::Absent,
            data: Input::Absent,
            response: Input::Absent,
            sign: Input::Absent,
            sign_type: Input::Absent,
            encrypt_type: Input::Absent,
            charset: Input::Absent,
        }
    }
}

/// The keys and ids of the application. Owned values are wiped when dropped.
#[derive(Clone, Default)]
pub struct Keys<'a> {
    /// The app's id, which the payload must name.
    pub app_id: Input<'a>,
    /// Baidu's App Key (not its App ID).
    pub app_key: Input<'a>,
    /// The session key, base64 text or bytes. The keys of a list are tried in their order: put the newest first.
    pub session_key: Input<'a>,
    /// Douyin: the app's private key, PKCS#1 or PKCS#8, as PEM, base64 or DER. The keys of a list are tried in their
    /// order.
    pub private_key: Input<'a>,
    /// Alipay's public key: base64, PEM or a certificate file.
    pub alipay_public_key: Input<'a>,
    /// Alipay: the app's AES key (接口内容加密密钥), with which Alipay encrypts the response. Base64 of 16 bytes.
    pub aes_key: Input<'a>,
}

/// Settings for opening a payload: the current time, the maximum age of a payload, and whether Alipay's signature is
/// required.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use mp_phone::OpenOptions;
///
/// let options = OpenOptions::at(SystemTime::now()).max_age(Duration::from_secs(120));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// In seconds; infinity switches the check off. The numbers come unchecked from JavaScript: see [`Self::validate`].
    pub(crate) max_age: f64,
    /// In seconds since 1970.
    pub(crate) now: f64,
    pub(crate) allow_unsigned: bool,
}

impl OpenOptions {
    /// The default for [`Self::max_age`]: ten minutes.
    pub const MAX_AGE: Duration = Duration::from_secs(600);

    /// The default options with `now` as the current time. Pass `SystemTime::now()`: this crate does not read the
    /// clock.
    pub fn at(now: SystemTime) -> Self {
        Self::at_seconds(match now.duration_since(UNIX_EPOCH) {
            Ok(since_1970) => since_1970.as_secs_f64(),
            Err(before_1970) => -before_1970.duration().as_secs_f64(),
        })
    }

    /// The default options with `now`, in seconds since 1970, as the current time.
    pub(crate) fn at_seconds(now: f64) -> Self {
        Self { max_age: Self::MAX_AGE.as_secs_f64(), now, allow_unsigned: false }
    }

    /// Rejects payloads that are older than this.
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        Self { max_age: max_age.as_secs_f64(), ..self }
    }

    /// Does not check the age of a payload, and accepts a payload without a time.
    #[must_use]
    pub fn any_age(self) -> Self {
        Self { max_age: f64::INFINITY, ..self }
    }

    /// Also accepts an encrypted Alipay response that has no signature. A wrong signature is still rejected.
    #[must_use]
    pub fn allow_unsigned(self) -> Self {
        Self { allow_unsigned: true, ..self }
    }

    pub(crate) fn validate(&self) -> Result<(), Error> {
        if self.max_age.is_nan() || self.max_age < 0.0 {
            return Err(Error::Input("maxAge"));
        }
        if !self.now.is_finite() {
            return Err(Error::Input("now"));
        }
        Ok(())
    }

    /// Rejects a payload that is too old or from the future. `issued_at` is in seconds since 1970.
    pub(crate) fn check_age(&self, issued_at: i64) -> Result<(), Error> {
        let age = self.now - issued_at as f64;
        if self.max_age.is_finite() && (age > self.max_age || age < -CLOCK_SKEW) {
            return Err(Error::Expired);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_hold_seconds() {
        let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_250);
        let options = OpenOptions::at(now);
        assert_eq!((options.now, options.max_age, options.allow_unsigned), (1_700_000_000.25, 600.0, false));
        assert_eq!(OpenOptions::at(UNIX_EPOCH - Duration::from_secs(2)).now, -2.0);
        let options = options.max_age(Duration::from_millis(1500)).allow_unsigned();
        assert_eq!((options.max_age, options.allow_unsigned), (1.5, true));
        assert_eq!(options.any_age().max_age, f64::INFINITY);
    }

    #[test]
    fn numbers_that_are_not_times_are_rejected() {
        let options = |max_age, now| OpenOptions { max_age, now, allow_unsigned: false }.validate();
        assert_eq!(options(0.0, -1.0), Ok(()));
        assert_eq!(options(f64::INFINITY, 0.0), Ok(()));
        assert_eq!(options(f64::NAN, 0.0), Err(Error::Input("maxAge")));
        assert_eq!(options(-1.0, 0.0), Err(Error::Input("maxAge")));
        for now in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(options(600.0, now), Err(Error::Input("now")));
        }
    }

    #[test]
    fn a_payload_expires_after_the_maximum_age_and_may_be_five_minutes_early() {
        let options = OpenOptions::at(UNIX_EPOCH + Duration::from_secs(10_000));
        for (issued_at, accepted) in [(9_399, false), (9_400, true), (10_300, true), (10_301, false)] {
            assert_eq!(options.check_age(issued_at).is_ok(), accepted, "{issued_at}");
            assert_eq!(options.any_age().check_age(issued_at), Ok(()));
        }
    }
}
