//! The names of platforms: from a name to its platform, and back.

use core::{fmt, str::FromStr};

#[cfg(feature = "diagnosis")]
use super::platforms::TITLES;
use super::platforms::{NAMES, Platform};
use crate::Error;

impl Platform {
    /// The platform of a name or alias, in upper or lower case.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        NAMES.iter().find(|(_, names)| known(names)).map(|(platform, _)| *platform)
    }

    /// The platform's name.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(platform, _)| *platform == self)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or_default()
    }

    /// The platform's title, in English and in Chinese.
    #[cfg(feature = "diagnosis")]
    pub(crate) fn title(self) -> (&'static str, &'static str) {
        TITLES.iter().find(|(platform, ..)| *platform == self).map(|(_, en, zh)| (*en, *zh)).unwrap_or_default()
    }
}

/// Parses a platform's name or alias, as [`Platform::from_name`] does.
impl FromStr for Platform {
    type Err = ParsePlatformError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::from_name(name).ok_or(ParsePlatformError(()))
    }
}

/// A text is not the name of a [`Platform`]. The error's own text lists all names and does not contain the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsePlatformError(());

impl fmt::Display for ParsePlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown platform; the names are")?;
        for (index, (_, names)) in NAMES.iter().enumerate() {
            let separator = if index == 0 { " " } else { "; " };
            write!(f, "{separator}{}", names.join(", "))?;
        }
        Ok(())
    }
}

impl core::error::Error for ParsePlatformError {}

impl From<ParsePlatformError> for Error {
    fn from(_: ParsePlatformError) -> Self {
        Self::Input("platform")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_alias_is_found_in_either_case() {
        for (platform, names) in NAMES {
            for name in *names {
                assert_eq!(Platform::from_name(name), Some(*platform));
                assert_eq!(Platform::from_name(&name.to_uppercase()), Some(*platform));
                assert_eq!(name.parse(), Ok(*platform));
            }
            assert_eq!(Platform::from_name(platform.name()), Some(*platform));
        }
        for unknown in ["", "wechat ", "constructor", "__proto__", "mp-360", "微信"] {
            assert_eq!(Platform::from_name(unknown), None);
            assert_eq!(unknown.parse::<Platform>(), Err(ParsePlatformError(())));
        }
    }

    #[test]
    fn the_error_lists_every_name() {
        let text = ParsePlatformError(()).to_string();
        assert!(text.starts_with("unknown platform; the names are wechat, weixin, wx, weapp, mp-weixin; alipay, ali,"));
        assert!(text.ends_with("; unionpay, upapi"), "{text}");
        for (_, names) in NAMES {
            assert!(text.contains(&names.join(", ")), "{text}");
        }
        assert_eq!(Error::from(ParsePlatformError(())), Error::Input("platform"));
    }
}
