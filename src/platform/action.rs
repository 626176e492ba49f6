//! Who is responsible for the action that an error calls for.

use super::actions::Action;

impl Action {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// Who can act on an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Responsible {
    /// The user who taps the button.
    User,
    /// The developer of the app, or its backend automatically.
    Developer,
    /// The platform: waiting helps.
    Platform,
    /// Nobody: nothing needs to be done.
    Nobody,
}

impl Responsible {
    /// Who usually carries out an action. The catalog may name another one for a code.
    pub(crate) fn of(action: Action) -> Self {
        match action {
            Action::Retry => Self::Platform,
            Action::RefreshToken | Action::FixConfig => Self::Developer,
            Action::LoginAgain | Action::AskAgain | Action::EnterManually => Self::User,
            Action::None => Self::Nobody,
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "user" => Some(Self::User),
            "developer" => Some(Self::Developer),
            "platform" => Some(Self::Platform),
            "nobody" => Some(Self::Nobody),
            _ => None,
        }
    }
}
