//! The actions for the platforms' error codes. Their meanings are data, a JSON file for each platform, with its
//! sources.

mod actions;
#[cfg(feature = "diagnosis")]
mod files;

pub(crate) use actions::ACTIONS;
#[cfg(feature = "diagnosis")]
pub(crate) use files::file;

use crate::{Action, Platform};

/// The action for an error code. For a code that is not in the catalog it is `fix-config`: the developer looks it up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let listed = ACTIONS.iter().find(|(of, _, codes)| *of == platform && codes.split(' ').any(|listed| listed == code));
    listed.map_or(Action::FixConfig, |(_, action, _)| *action)
}
