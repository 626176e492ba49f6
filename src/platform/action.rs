//! What an error calls for, and who can do it.

use super::actions::Action;

impl Action {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// Who can do something about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Responsible {
    /// Whoever taps the button.
    User,
    /// Whoever writes the app, or its server by itself.
    Developer,
    /// The platform; waiting helps.
    Platform,
    /// There is nothing to be done.
    Nobody,
}

impl Responsible {
    /// Who can do something about an action, as a rule.
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
