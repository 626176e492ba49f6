//! The errors of the crate: for each its stable code, its text and the action that it calls for.

use core::fmt;

use crate::platform::actions::Action;

/// Why a function returned no result.
///
/// The text of each variant is constant, except that it may name the field at fault. It never contains input. It
/// belongs in the server's log: a client must not learn why its payload was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// `ERR_INPUT`: a field is missing, empty or of the wrong type, or the platform is unknown.
    Input(&'static str),
    /// `ERR_ENCODING`: a field is not valid base64.
    Encoding(&'static str),
    /// `ERR_LENGTH`: a key, an iv or a ciphertext has an impossible length.
    Length(&'static str),
    /// `ERR_KEY`: a public key, a private key or a certificate cannot be read.
    Key(&'static str),
    /// `ERR_SIGNATURE`: the signature is missing or wrong.
    Signature,
    /// `ERR_DECRYPT`: the padding, the UTF-8 or the JSON is invalid, fields contradict each other, or the plaintext
    /// does not have the shape of a phone payload. The error deliberately does not distinguish these cases. The action
    /// depends on the key: a login replaces a session key, but only the developer can change a configured key.
    Decrypt(Action),
    /// `ERR_APP_MISMATCH`: the payload belongs to another app, or does not prove that it belongs to this app.
    AppMismatch,
    /// `ERR_EXPIRED`: the payload is older than the maximum age, is from the future, or lacks a time that it must have.
    Expired,
    /// `ERR_NOT_PHONE`: the payload is readable and has no phone number: it is user info, or the number is empty.
    NotPhone,
    /// `ERR_PLATFORM`: the platform responded with an error.
    Platform {
        /// The platform's error code, as text.
        code: String,
        /// The action that the error code calls for.
        action: Action,
        /// The platform's request id, to quote when you contact the platform's support: WeChat's `rid`, Douyin's and
        /// Feishu's `log_id`, Baidu's `request_id`, DingTalk's `requestid`.
        rid: Option<String>,
    },
}

impl Error {
    /// The decryption error for a session key, the kind of key that most platforms use.
    pub(crate) const DECRYPT: Self = Self::Decrypt(Action::LoginAgain);

    /// Changes the action of a decryption error to `fix-config`, because the key comes from the configuration. Other
    /// errors are returned unchanged.
    pub(crate) fn for_configured_key(self) -> Self {
        match self {
            Self::Decrypt(_) => Self::Decrypt(Action::FixConfig),
            other => other,
        }
    }

    /// The stable code that callers match on, such as `ERR_DECRYPT`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(_) => "ERR_INPUT",
            Self::Encoding(_) => "ERR_ENCODING",
            Self::Length(_) => "ERR_LENGTH",
            Self::Key(_) => "ERR_KEY",
            Self::Signature => "ERR_SIGNATURE",
            Self::Decrypt(_) => "ERR_DECRYPT",
            Self::AppMismatch => "ERR_APP_MISMATCH",
            Self::Expired => "ERR_EXPIRED",
            Self::NotPhone => "ERR_NOT_PHONE",
            Self::Platform { .. } => "ERR_PLATFORM",
        }
    }

    /// The field at fault, by its name in the JavaScript API, such as `encryptedData`. `None` if the error does not
    /// concern a single field. In JavaScript the argument `response` is called `answer`: so for an error in any
    /// function's `response`, this method returns `answer`.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Input(field) | Self::Encoding(field) | Self::Length(field) | Self::Key(field) => Some(field),
            Self::Signature => Some("sign"),
            _ => None,
        }
    }

    /// What to do next.
    pub fn action(&self) -> Action {
        match self {
            Self::Input(_)
            | Self::Encoding(_)
            | Self::Length(_)
            | Self::Key(_)
            | Self::Signature
            | Self::AppMismatch => Action::FixConfig,
            Self::Expired => Action::AskAgain,
            Self::NotPhone => Action::EnterManually,
            Self::Decrypt(action) | Self::Platform { action, .. } => *action,
        }
    }

    /// How far opening got before this error. If several keys fail, the error of the key that got furthest is reported.
    pub(crate) fn progress(&self) -> u8 {
        match self {
            Self::Input(_) => 0,
            Self::Encoding(_) | Self::Key(_) => 1,
            Self::Length(_) => 2,
            Self::Signature => 3,
            Self::Decrypt(_) => 4,
            Self::AppMismatch => 5,
            Self::NotPhone | Self::Platform { .. } => 6,
            Self::Expired => 7,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(field) => write!(f, "{field} is missing, empty or of the wrong type"),
            Self::Encoding(field) => write!(f, "{field} is not valid base64"),
            Self::Length(field) => write!(f, "{field} has an impossible length"),
            Self::Key(field) => write!(f, "{field} cannot be read as a key"),
            Self::Signature => f.write_str("the signature is missing or wrong"),
            Self::Decrypt(_) => f.write_str("the payload does not open with this key"),
            Self::AppMismatch => f.write_str("the payload is not proven to belong to this app"),
            Self::Expired => f.write_str("the payload is too old, or from the future"),
            Self::NotPhone => f.write_str("the payload has no phone number"),
            Self::Platform { .. } => f.write_str("the platform responded with an error"),
        }
    }
}

impl core::error::Error for Error {}
