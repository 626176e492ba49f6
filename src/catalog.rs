//! The action for each error code of the platforms. The meanings of the codes, with their sources, are in one JSON file
//! for each platform.

mod actions;
#[cfg(feature = "diagnosis")]
mod files;

pub(crate) use actions::ACTIONS;
#[cfg(feature = "diagnosis")]
pub(crate) use files::file;

use crate::{Action, Platform};

/// The action for an error code. A code that is not in the catalog gives `fix-config`: the developer must look up the
/// code.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let listed = ACTIONS.iter().find(|(of, _, codes)| *of == platform && codes.split(' ').any(|listed| listed == code));
    listed.map_or(Action::FixConfig, |(_, action, _)| *action)
}
