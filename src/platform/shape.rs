//! What a phone payload consists of, as a whole.
//!
//! CBC has no authentication tag, and under the session key that seals a phone number the platforms seal texts of the
//! user's choice as well, such as a nickname. By cutting blocks out of such a payload and choosing the iv, a user makes a
//! text that begins with `{"phoneNumber":"` and goes on with his nickname. Its remainder gives it away: it has members of
//! user info, it lacks members of a phone payload, or it has a block of random bytes. It cannot have two members of his
//! choice, because the quotes within a text are escaped.

use super::payload;
use crate::{
    Error,
    json::Json,
    phone::{NoNumber, Number},
};

/// The members of a platform's phone payload.
pub(crate) struct Shape {
    /// The members that every payload has.
    required: &'static [&'static str],
    /// Of these members a payload has at least one.
    either: &'static [&'static str],
    others: Others,
    /// Reads the number from its members.
    number: fn(&Json<'_>) -> Result<Number, NoNumber>,
}

/// Which members may stand beside those of a phone payload.
enum Others {
    /// Any that belongs to no other kind of payload.
    Unknown,
    /// These alone: the platform's payloads have never been seen with another one, or their shape is uncertain.
    Only(&'static [&'static str]),
}

/// What keeps a payload from having the shape of a phone payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit<'a> {
    /// A member that is not there, or empty.
    Missing(&'static str),
    /// A member that no phone payload has.
    Foreign(&'a str),
    /// A character that is not printable ASCII, or an escape.
    Text,
}

/// WeChat's payload, and Douyin's.
pub(super) const WECHAT: Shape = Shape {
    required: &["phoneNumber", "purePhoneNumber", "countryCode", "watermark"],
    either: &[],
    others: Others::Unknown,
    number: payload::wechat_number,
};

/// WeChat's members, of which `phoneNumber` alone was seen: Kuaishou's payload, and Xiaohongshu's.
pub(super) const UNCERTAIN: Shape = Shape {
    required: &["phoneNumber"],
    either: &["purePhoneNumber", "countryCode"],
    others: Others::Only(&["phoneNumber", "purePhoneNumber", "countryCode", "watermark"]),
    number: payload::wechat_number,
};

/// Baidu's payload: a mobile number of the mainland, whose first digit a user can change in a payload of his own.
pub(super) const BAIDU: Shape =
    Shape { required: &["mobile"], either: &[], others: Others::Only(&["mobile"]), number: payload::mainland_mobile };

/// WeCom's payload.
pub(super) const WECOM: Shape =
    Shape { required: &["corpid", "mobile"], either: &[], others: Others::Unknown, number: payload::mobile };

/// Members of user info, share info, group info and run data, and of WeCom's directory. Compared without case and
/// underscores: platforms write `openId`, `openid` and `open_id`.
const FOREIGN: &str = "openid unionid anonymousopenid nickname username name avatar avatarurl headurl headimgurl gender sex \
    city province country language signature email bizmail qrcode opengid groupid chatid chattype \
    opensingleroomid groupopenid activityid stepinfolist steps step";

impl Shape {
    /// Reads the number of a payload that has this shape. Without a number it is a payload of another kind, or of an
    /// account that has none.
    pub(crate) fn number(&self, payload: &Json<'_>) -> Result<Number, Error> {
        let number = (self.number)(payload)?;
        let mut fits = true;
        self.misfits(payload, &mut |_| fits = false);
        // An authentic payload has its platform's shape.
        if fits { Ok(number) } else { Err(Error::DECRYPT) }
    }

    /// Tells everything that keeps a payload from having this shape.
    pub(crate) fn misfits<'a>(&self, payload: &'a Json<'_>, tell: &mut dyn FnMut(Misfit<'a>)) {
        let Json::Object(_, members) = payload else { return };
        let is_missing = |name: &str| payload.get(name).is_none_or(is_empty);
        // An account abroad may have a country code that is empty, not one that is not there.
        let is_absent = |name: &str| payload.get(name).is_none_or(|value| *value == Json::Null);
        for name in self.required {
            if if *name == "countryCode" { is_absent(name) } else { is_missing(name) } {
                tell(Misfit::Missing(name));
            }
        }
        if self.either.iter().all(|name| is_missing(name)) {
            self.either.iter().for_each(|name| tell(Misfit::Missing(name)));
        }
        match self.others {
            Others::Unknown => foreign_members(payload, tell),
            Others::Only(own) => {
                let names = members.iter().map(|(name, _)| &**name);
                names.filter(|name| !own.contains(name)).for_each(|name| tell(Misfit::Foreign(name)));
            }
        }
        if !is_plain(payload) {
            tell(Misfit::Text);
        }
    }
}

/// The members of other kinds of payload, at any depth.
fn foreign_members<'a>(value: &'a Json<'_>, tell: &mut dyn FnMut(Misfit<'a>)) {
    match value {
        Json::Object(_, members) => {
            for (name, value) in members {
                if is_foreign(name) {
                    tell(Misfit::Foreign(name));
                }
                foreign_members(value, tell);
            }
        }
        Json::List(items) => items.iter().for_each(|item| foreign_members(item, tell)),
        _ => {}
    }
}

fn is_foreign(name: &str) -> bool {
    let letters = || name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    FOREIGN.split(' ').any(|foreign| letters().eq(foreign.bytes()))
}

fn is_empty(value: &Json<'_>) -> bool {
    match value {
        Json::Null => true,
        Json::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether an object's text is of printable ASCII without escapes, as payloads of phone numbers are. A block that was
/// garbled to control the next one is random: one in ten million passes as a part of such a text.
pub(super) fn is_plain(payload: &Json<'_>) -> bool {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'\\';
    matches!(payload, Json::Object(text, _) if text.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misfits(shape: &Shape, text: &str) -> Vec<String> {
        let mut misfits = Vec::new();
        shape.misfits(&Json::object(text).unwrap(), &mut |misfit| {
            misfits.push(match misfit {
                Misfit::Missing(name) => format!("-{name}"),
                Misfit::Foreign(name) => format!("+{name}"),
                Misfit::Text => "text".to_owned(),
            });
        });
        misfits
    }

    #[test]
    fn the_whole_shape_of_each_platform() {
        let mark = r#""watermark":{"appid":"a","timestamp":1}"#;
        let phone = r#""phoneNumber":"1""#;
        let pure = r#""purePhoneNumber":"1""#;
        let country = r#""countryCode":"86""#;
        let cases: &[(&Shape, &[&str], &[&str])] = &[
            (&WECHAT, &[phone, pure, country, mark], &[]),
            (&WECHAT, &[mark, country, pure, phone, r#""x":"y""#], &[]),
            (&WECHAT, &[phone, pure, r#""countryCode":"""#, mark], &[]),
            (&WECHAT, &[phone, country, mark], &["-purePhoneNumber"]),
            (&WECHAT, &[pure, country, mark], &["-phoneNumber"]),
            (&WECHAT, &[phone, pure, mark], &["-countryCode"]),
            (&WECHAT, &[phone, pure, country], &["-watermark"]),
            (
                &WECHAT,
                &[phone, r#""purePhoneNumber":"""#, r#""countryCode":null"#, mark],
                &["-purePhoneNumber", "-countryCode"],
            ),
            (&WECHAT, &[phone, pure, country, mark, r#""gender":0"#], &["+gender"]),
            (&WECHAT, &[phone, pure, country, r#""watermark":{"appid":"a","x":[{"open_Id":"o"}]}"#], &["+open_Id"]),
            (&WECHAT, &[phone, pure, country, mark, "\"x\":\"\u{e9}\""], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""x":"\n""#], &["text"]),
            (&UNCERTAIN, &[phone, pure], &[]),
            (&UNCERTAIN, &[phone, country, mark], &[]),
            (&UNCERTAIN, &[phone], &["-purePhoneNumber", "-countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""x":1"#], &["+x"]),
            (&BAIDU, &[r#""mobile":"1""#], &[]),
            (&BAIDU, &[r#""mobile":"1""#, r#""sex":1"#], &["+sex"]),
            (&WECOM, &[r#""corpid":"w""#, r#""userid":"u""#, r#""mobile":"1""#], &[]),
            (&WECOM, &[r#""mobile":"1""#], &["-corpid"]),
            (&WECOM, &[r#""corpid":"w""#, r#""mobile":"1""#, r#""name":"n""#], &["+name"]),
        ];
        for (shape, members, expected) in cases {
            let text = format!("{{{}}}", members.join(","));
            assert_eq!(misfits(shape, &text), *expected, "{text}");
        }
    }

    #[test]
    fn names_are_compared_without_case_and_underscores() {
        for name in ["openId", "openid", "open_id", "OPENID", "nickName", "nick_name", "stepInfoList", "openGId"] {
            assert!(is_foreign(name), "{name}");
        }
        for name in ["phoneNumber", "countryCode", "watermark", "timestamp", "appid", "corpid", "userid", "x", ""] {
            assert!(!is_foreign(name), "{name}");
        }
    }
}
