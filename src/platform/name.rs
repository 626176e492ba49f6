//! A platform by its name, and its name.

use super::platforms::{NAMES, Platform};

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
}

#[cfg(feature = "diagnosis")]
impl serde::Serialize for Platform {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_is_known_by_its_own_name() {
        for (platform, names) in NAMES {
            for name in *names {
                assert_eq!(Platform::from_name(name), Some(*platform));
                assert_eq!(Platform::from_name(&name.to_uppercase()), Some(*platform));
            }
            assert_eq!(Platform::from_name(platform.name()), Some(*platform));
        }
        for unknown in ["", "wechat ", "constructor", "__proto__", "mp-360", "微信"] {
            assert_eq!(Platform::from_name(unknown), None);
        }
    }
}
