//! Everything that can go wrong, decided here once: its stable code, its text, and whose turn it is.

use core::fmt;

use crate::platform::actions::Action;

/// Why no phone number came out.
///
/// The text of every variant is constant: it names at most a field of the contract, never anything that was passed in.
/// The reason is for the server's log. A client must not learn why its payload was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// `ERR_INPUT`: a field is missing, empty or of the wrong type, or the platform is unknown.
    Input(&'static str),
    /// `ERR_ENCODING`: a field is not the base64 it must be.
    Encoding(&'static str),
    /// `ERR_LENGTH`: a key, an iv or a ciphertext has an impossible length.
    Length(&'static str),
    /// `ERR_KEY`: a public key, private key or certificate cannot be read.
    Key(&'static str),
    /// `ERR_SIGNATURE`: the signature is absent or wrong.
    Signature,
    /// `ERR_DECRYPT`: bad padding, bad UTF-8, bad JSON, contradicting fields or another shape than a phone payload's,
    /// deliberately not told apart. What to do depends on the key alone: a login renews a session key, only the developer
    /// a configured one.
    Decrypt(Action),
    /// `ERR_APP_MISMATCH`: the payload belongs to another app, or does not prove that it belongs to this one.
    AppMismatch,
    /// `ERR_EXPIRED`: the payload is older than `maxAge`, lies in the future, or bears no time where it must.
    Expired,
    /// `ERR_NOT_PHONE`: readable, but there is no phone number in it (user info, an empty number).
    NotPhone,
    /// `ERR_PLATFORM`: the platform answered with an error of its own.
    Platform {
        /// The platform's error code, as text.
        code: String,
        /// What the platform's code calls for.
        action: Action,
        /// The platform's request id, which its support asks for: WeChat's `rid`, Douyin's and Feishu's `log_id`, Baidu's
        /// `request_id`, DingTalk's `requestid`.
        rid: Option<String>,
    },
}

impl Error {
    /// What most platforms seal with, a session key, does not open the payload.
    pub(crate) const DECRYPT: Self = Self::Decrypt(Action::LoginAgain);

    /// The same error where the key is a configured one.
    pub(crate) fn under_configured_key(self) -> Self {
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

    /// The field of the contract that is at fault, where one is.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Input(field) | Self::Encoding(field) | Self::Length(field) | Self::Key(field) => Some(field),
            Self::Signature => Some("sign"),
            _ => None,
        }
    }

    /// What is to be done about it.
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

    /// How far opening got before this error: of several keys, the error of the one that got furthest is reported.
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
            Self::Encoding(field) => write!(f, "{field} is not the base64 it must be"),
            Self::Length(field) => write!(f, "{field} has an impossible length"),
            Self::Key(field) => write!(f, "{field} cannot be read as the key it must be"),
            Self::Signature => f.write_str("the signature is absent or wrong"),
            Self::Decrypt(_) => f.write_str("the payload does not open with this key"),
            Self::AppMismatch => f.write_str("the payload is not proven to be of this app"),
            Self::Expired => f.write_str("the payload is too old, or from the future"),
            Self::NotPhone => f.write_str("there is no phone number in the payload"),
            Self::Platform { .. } => f.write_str("the platform answered with an error"),
        }
    }
}

impl core::error::Error for Error {}
