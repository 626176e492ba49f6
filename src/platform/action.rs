//! What an error calls for, and who can do it.

/// What is to be done about an error, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The same call may work a little later.
    Retry,
    /// Get a new access token, then call once more.
    RefreshToken,
    /// The app must log in again, then the user taps again.
    LoginAgain,
    /// The user must tap the button again.
    AskAgain,
    /// The user has to type the number.
    EnterManually,
    /// The developer must change code or settings.
    FixConfig,
    /// Nothing will help.
    None,
}

impl Action {
    #[cfg(feature = "diagnosis")]
    const ALL: [Self; 7] = [
        Self::Retry,
        Self::RefreshToken,
        Self::LoginAgain,
        Self::AskAgain,
        Self::EnterManually,
        Self::FixConfig,
        Self::None,
    ];

    /// The action's name in the contract, such as `ask-again`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::RefreshToken => "refresh-token",
            Self::LoginAgain => "login-again",
            Self::AskAgain => "ask-again",
            Self::EnterManually => "enter-manually",
            Self::FixConfig => "fix-config",
            Self::None => "none",
        }
    }

    #[cfg(feature = "diagnosis")]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}

#[cfg(feature = "diagnosis")]
impl serde::Serialize for Action {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

/// Who can do something about an error.
#[cfg(feature = "diagnosis")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// Whoever taps the button.
    User,
    /// Whoever writes the app, or its server by itself.
    Developer,
    /// The platform; waiting helps.
    Platform,
    /// There is nothing to be done.
    Nobody,
}

#[cfg(feature = "diagnosis")]
impl Turn {
    /// Whose turn an action is, as a rule.
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
