//! What the platforms' error codes call for. What they mean is data, one JSON file a platform, with its sources.

mod actions;
#[cfg(feature = "diagnosis")]
mod files;

pub(crate) use actions::ACTIONS;
#[cfg(feature = "diagnosis")]
pub(crate) use files::file;

use crate::{Action, Platform};

/// The action for an error code. A code that is not in the catalog is one for the developer to look up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let listed = ACTIONS.iter().find(|(of, _, codes)| *of == platform && codes.split(' ').any(|listed| listed == code));
    listed.map_or(Action::FixConfig, |(_, action, _)| *action)
}
