//! The common rule of all platforms' responses: a code other than the code of success is an error.

use std::borrow::Cow;

use crate::{Error, Platform, catalog, json::Json};

/// Returns the error of the first of the members `codes` that is not `success`. A response may lack any of them.
pub(super) fn check(
    platform: Platform,
    response: &Json<'_>,
    codes: &[&str],
    success: &str,
    rid: Option<Cow<'_, str>>,
) -> Result<(), Error> {
    for key in codes {
        match code(response, key)? {
            Some(code) if code != success => return Err(error(platform, &code, rid)),
            _ => {}
        }
    }
    Ok(())
}

/// The code in a member, if the response has it. A code that is neither a text nor an integer is rejected, because it
/// could mean anything.
pub(super) fn code<'a>(response: &'a Json<'_>, key: &str) -> Result<Option<Cow<'a, str>>, Error> {
    response.first_of(&[key]).map(|code| code.to_text().ok_or(Error::Input("answer"))).transpose()
}

/// The error of a platform's code. A malformed request id is left out.
pub(super) fn error(platform: Platform, code: &str, rid: Option<Cow<'_, str>>) -> Error {
    let rid = rid.filter(|rid| is_label(rid)).map(Cow::into_owned);
    Error::Platform { action: catalog::action(platform, code), rid, code: label(code) }
}

/// The code, if it is safe in a log line and in a metric's label; otherwise a question mark.
pub(super) fn label(code: &str) -> String {
    if is_label(code) { code.to_owned() } else { "?".to_owned() }
}

/// The longest code and request id that are reported, in bytes. Request ids have up to 36 bytes; the longest code in
/// the catalog has 41.
const MAX_LABEL: usize = 64;

/// Letters, digits and the separators of codes. A code of Huawei has a space: `session timeout`.
fn is_label(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:- ".contains(&byte);
    (1..=MAX_LABEL).contains(&text.len()) && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_codes_and_request_ids_are_not_reported() {
        for code in ["40029", "-1", "isv.invalid-auth-relations", "session timeout", "invalid_grant", &"9".repeat(64)] {
            assert_eq!(label(code), code);
        }
        for text in ["", "a\nb", "\u{1b}[31m", "a\"b", "好", "a+b", "a=b", "{}", &"9".repeat(65)] {
            assert_eq!(label(text), "?", "{text}");
        }
        let rid = |rid: &'static str| match error(Platform::Wechat, "40029", Some(rid.into())) {
            Error::Platform { rid, .. } => rid,
            _ => None,
        };
        assert_eq!(rid("65a1b2c3-0d4e5f60-7a8b9c0d").as_deref(), Some("65a1b2c3-0d4e5f60-7a8b9c0d"));
        assert_eq!(rid("a\nb"), None);
    }
}
