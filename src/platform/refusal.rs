//! What the answers of all platforms share: a code that is not the one of success is an error.

use std::borrow::Cow;

use crate::{Error, Platform, catalog, json::Json};

/// Refuses an answer that has, as one of several members, a code that is not the one of success.
pub(super) fn refuse(
    platform: Platform,
    answer: &Json<'_>,
    codes: &[&str],
    success: &str,
    rid: Option<Cow<'_, str>>,
) -> Result<(), Error> {
    for key in codes {
        match code(answer, key)? {
            Some(code) if code != success => return Err(error(platform, &code, rid)),
            _ => {}
        }
    }
    Ok(())
}

/// A code, where there is one. One that is neither text nor integer may mean anything.
pub(super) fn code<'a>(answer: &'a Json<'_>, key: &str) -> Result<Option<Cow<'a, str>>, Error> {
    answer.any(&[key]).map(|code| code.to_text().ok_or(Error::Input("answer"))).transpose()
}

/// The error of a platform's code.
pub(super) fn error(platform: Platform, code: &str, rid: Option<Cow<'_, str>>) -> Error {
    Error::Platform { action: catalog::action(platform, code), rid: rid.map(Cow::into_owned), code: code.to_owned() }
}
