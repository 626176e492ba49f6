//! What a phone payload consists of, as a whole.
//!
//! CBC has no authentication tag, and under the session key that seals a phone number the platforms seal texts of the
//! user's choice as well, such as a nickname. By cutting blocks out of such a payload and choosing the iv, a user makes a
//! text that begins with `{"phoneNumber":"` and goes on with his nickname. Its remainder gives it away: it has members of
//! user info, it lacks members of a phone payload, or it has a block of random bytes. It cannot have two members of his
//! choice, because the quotes within a text are escaped.

use std::borrow::Cow;

use super::number_fields;
use crate::{
    Error,
    json::Json,
    phone::{Number, NumberError, calling_code},
};

/// The members of a platform's phone payload.
pub(crate) struct Shape {
    /// The members that every payload has.
    required: &'static [&'static str],
    /// Of these members a payload has at least one.
    either: &'static [&'static str],
    others: Others,
    /// Reads the number from its members.
    number: fn(&Json<'_>) -> Result<Number, NumberError>,
    /// The member that would show that the number is whole, where the payload could have had another beginning.
    cut: fn(&Json<'_>) -> Option<&'static str>,
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
    /// A member that has the name of a number, and something else in it.
    Value(&'static str),
    /// Characters that no phone payload has: not printable ASCII, an escape, or a long text that is neither id nor number.
    Text,
}

/// WeChat's payload, and Douyin's.
pub(super) const WECHAT: Shape = Shape {
    required: &["phoneNumber", "purePhoneNumber", "countryCode", "watermark"],
    either: &[],
    others: Others::Unknown,
    number: number_fields::wechat_number,
    cut: |_| None,
};

/// WeChat's members, of which `phoneNumber` alone was seen: Kuaishou's payload, and Xiaohongshu's.
pub(super) const UNCERTAIN: Shape = Shape {
    required: &["phoneNumber"],
    either: &["purePhoneNumber", "countryCode"],
    others: Others::Only(&["phoneNumber", "purePhoneNumber", "countryCode", "watermark"]),
    number: number_fields::wechat_number,
    cut: without_pure_number,
};

/// Baidu's payload: a mobile number of the mainland, whose first digit a user can change in a payload of his own.
pub(super) const BAIDU: Shape = Shape {
    required: &["mobile"],
    either: &[],
    others: Others::Only(&["mobile"]),
    number: number_fields::mainland_mobile,
    cut: |_| None,
};

/// WeCom's payload.
pub(super) const WECOM: Shape = Shape {
    required: &["corpid", "mobile"],
    either: &[],
    others: Others::Only(&["corpid", "userid", "mobile", "watermark"]),
    number: number_fields::mobile_text,
    cut: behind_number,
};

/// The members that hold a number.
const NUMBERS: [&str; 3] = ["phoneNumber", "purePhoneNumber", "mobile"];

/// The members of WeChat's payload.
const OWN: [&str; 6] = ["phoneNumber", "purePhoneNumber", "countryCode", "watermark", "timestamp", "appid"];

/// Members of user info, share info, group info and run data. Compared without case and underscores: platforms write
/// `openId`, `openid` and `open_id`.
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
        if !self.either.is_empty() && self.either.iter().all(|name| is_missing(name)) {
            self.either.iter().for_each(|name| tell(Misfit::Missing(name)));
        } else if let Some(name) = (self.cut)(payload) {
            tell(Misfit::Missing(name));
        }
        match self.others {
            Others::Unknown => foreign_members(payload, tell),
            Others::Only(own) => {
                let names = members.iter().map(|(name, _)| &**name);
                names.filter(|name| !own.contains(name)).for_each(|name| tell(Misfit::Foreign(name)));
            }
        }
        for name in NUMBERS {
            let value = payload.get(name).filter(|value| **value != Json::Null);
            if value.is_some_and(|value| number_fields::digits(value).is_none()) {
                tell(Misfit::Value(name));
            }
        }
        let country = payload.any(&["countryCode"]).map(Json::to_text);
        let is_code = |text: &str| text.is_empty() || calling_code(text).is_some_and(|code| may_have(payload, code));
        if country.is_some_and(|country| country.is_none_or(|text| !is_code(&text))) {
            tell(Misfit::Value("countryCode"));
        }
        if payload.get("watermark").is_some_and(|mark| !matches!(mark, Json::Object(..) | Json::Null)) {
            tell(Misfit::Value("watermark"));
        }
        if !is_plain(payload) || has_room(payload) {
            tell(Misfit::Text);
        }
    }
}

/// `{"phoneNumber":"` fills a block, and so it can stand in front of a part of the digits of `purePhoneNumber`. A number that is
/// there once shows that nothing is missing by its plus, or by being a mobile number of the mainland with all its digits.
fn without_pure_number(payload: &Json<'_>) -> Option<&'static str> {
    let has_plus = |text: Cow<'_, str>| text.starts_with('+');
    let is_whole = payload.get("purePhoneNumber").is_some_and(|pure| !is_empty(pure))
        || payload.get("phoneNumber").and_then(Json::to_text).is_some_and(has_plus)
        || number_fields::wechat_number(payload).is_ok_and(|number| number.masked || number.is_mainland_mobile());
    (!is_whole).then_some("purePhoneNumber")
}

/// What stands behind the number is not garbled where a user chooses the number's first digits by the iv.
fn behind_number(payload: &Json<'_>) -> Option<&'static str> {
    let Json::Object(_, members) = payload else { return None };
    let place = |wanted: &str| members.iter().position(|(name, _)| name == wanted);
    (place("corpid") > place("mobile")).then_some("corpid")
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
    // Looked at first, because every payload has them and nothing else.
    if OWN.contains(&name) {
        return false;
    }
    let letters = || name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    FOREIGN.split(' ').any(|foreign| letters().eq(foreign.bytes()))
}

/// Whether a member says nothing: marks alone, which make a number readable, are no number.
fn is_empty(value: &Json<'_>) -> bool {
    match value {
        Json::Null => true,
        Json::Text(text) => !text.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte == b'*'),
        _ => false,
    }
}

/// Whether a payload's number can be of a country. A number abroad has its country in front in `phoneNumber`; two bare numbers
/// of the mainland beside another country are a user's own digits, behind a country from another payload of his.
fn may_have(payload: &Json<'_>, country: &str) -> bool {
    let is_home = |name: &str| {
        let number = payload.get(name).and_then(number_fields::digits);
        Number::read(number.as_deref(), None, None).is_ok_and(|number| number.is_mainland_mobile())
    };
    country == "86" || !is_home("phoneNumber") || !is_home("purePhoneNumber")
}

/// Whether an object's text is of printable ASCII without escapes, as payloads of phone numbers are. A block that was
/// garbled to control the next one is random: one in ten million passes as a part of such a text.
pub(super) fn is_plain(payload: &Json<'_>) -> bool {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'\\';
    matches!(payload, Json::Object(text, _) if text.bytes().all(is_plain))
}

/// Whether a garbled block could hide in a name or a text. Where a user joins blocks of two payloads, or controls a block in the
/// middle, 16 random bytes come out in front. Of his own payloads he knows what a join gives before he sends it, and by joining
/// each of many with each of many others he picks the bytes: of n payloads, n² joins. So a whole block must have no place.
fn has_room(payload: &Json<'_>) -> bool {
    match payload {
        Json::List(items) => items.iter().any(has_room),
        Json::Object(_, members) => members.iter().any(|(name, value)| {
            !is_name(name)
                || match value {
                    Json::Text(text) => {
                        !(is_short(text) || is_narrow(text) || ID_MEMBERS.contains(&&**name) && is_id(text))
                    }
                    value => has_room(value),
                }
        }),
        Json::Text(text) => !is_short(text) && !is_narrow(text),
        _ => false,
    }
}

/// Ids: that of the app is compared with the one that is expected, WeCom's id of a user is any.
const ID_MEMBERS: [&str; 4] = ["appid", "appId", "corpid", "userid"];

/// A garbled block in a text of 12 bytes has at least four bytes more, and these must be the right ones by chance.
fn is_short(text: &str) -> bool {
    text.len() <= 12
}

/// A short id, or words. One block in 10¹³ is a part of such words.
fn is_name(name: &str) -> bool {
    let others = name.bytes().filter(|byte| !byte.is_ascii_lowercase());
    let is_words = others.clone().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && others.count() <= 3;
    is_words || is_short(name) && is_id(name)
}

/// WeCom's ids of users have digits, letters and four marks. <https://developer.work.weixin.qq.com/document/path/90195>
fn is_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-@.".contains(&byte))
}

/// Digits, what makes them readable, and those of hexadecimal numbers. One block in 10¹⁷ is a part of such a text.
fn is_narrow(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f') || b"+-() *".contains(&byte))
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
                Misfit::Value(name) => format!("={name}"),
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
        let home = r#""phoneNumber":"15112345678""#;
        let home_pure = r#""purePhoneNumber":"15112345678""#;
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
            (&UNCERTAIN, &[r#""phoneNumber":"13800138000""#, country, mark], &[]),
            (&UNCERTAIN, &[r#""phoneNumber":"8613800138000""#, country], &[]),
            (&UNCERTAIN, &[r#""phoneNumber":"+85251234567","countryCode":"852""#], &[]),
            (&UNCERTAIN, &[r#""phoneNumber":"138****8000""#, country], &[]),
            // Digits that may have been cut.
            (&UNCERTAIN, &[r#""phoneNumber":"51234567","countryCode":"852""#], &["-purePhoneNumber"]),
            (&UNCERTAIN, &[r#""phoneNumber":"85251234567","countryCode":"852""#], &["-purePhoneNumber"]),
            (&UNCERTAIN, &[r#""phoneNumber":"3800138000""#, country], &["-purePhoneNumber"]),
            (&UNCERTAIN, &[phone], &["-purePhoneNumber", "-countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""x":1"#], &["+x"]),
            (&BAIDU, &[r#""mobile":"1""#], &[]),
            (&BAIDU, &[r#""mobile":"1""#, r#""sex":1"#], &["+sex"]),
            (&WECOM, &[r#""corpid":"w""#, r#""userid":"u""#, r#""mobile":"1""#], &[]),
            (&WECOM, &[r#""userid":"u""#, r#""corpid":"w""#, r#""mobile":"1""#], &[]),
            (&WECOM, &[r#""userid":"u""#, r#""mobile":"1""#, r#""corpid":"w""#], &["-corpid"]),
            (&WECOM, &[r#""mobile":"1""#], &["-corpid"]),
            (&WECOM, &[r#""corpid":"w""#, r#""mobile":"1""#, r#""name":"n""#], &["+name"]),
            (&WECOM, &[r#""corpid":"w""#, r#""mobile":"1""#, r#""alias":"n""#], &["+alias"]),
            // What is not a number where a number belongs.
            (&WECHAT, &[phone, r#""purePhoneNumber":-1"#, country, mark], &["=purePhoneNumber"]),
            (&WECHAT, &[r#""phoneNumber":true"#, pure, country, mark], &["=phoneNumber"]),
            (&UNCERTAIN, &[phone, country, r#""purePhoneNumber":[]"#], &["=purePhoneNumber"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":"k&h2""#], &["=countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":{}"#], &["=countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":"0086""#], &[]),
            // Where a random block could hide.
            (&WECHAT, &[phone, pure, country, mark, r#""x":"a b c d e f ""#], &[]),
            (&WECHAT, &[phone, pure, country, mark, r#""x":"a b c d e f g""#], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""x":["0123456789 (abcdef)"]"#], &[]),
            (&WECHAT, &[phone, pure, country, mark, r#""x":["0123456789abcdefg"]"#], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""x":[{"y":"0123456789 ABCDEF"}]"#], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""a b":1"#], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""aB-c_d@1.2":1"#], &[]),
            (&WECHAT, &[phone, pure, country, mark, r#""isRealNameVerified":{"is_real_name_verified":true}"#], &[]),
            (&WECHAT, &[phone, pure, country, mark, r#""isRealNameVerifiedBy":1"#], &["text"]),
            (&WECHAT, &[phone, pure, country, mark, r#""couJbpulsMnnlY_H4f":1"#], &["text"]),
            (&WECHAT, &[phone, pure, country, r#""watermark":{"appid":"wx0123456789aBcDeFgH"}"#], &[]),
            (&WECHAT, &[phone, pure, country, r#""watermark":{"appid":"wx0123456789aBcDeFgH+"}"#], &["text"]),
            (&UNCERTAIN, &[phone, pure, r#""watermark":"a""#], &["=watermark"]),
            (&UNCERTAIN, &[phone, pure, r#""watermark":null"#], &[]),
            // Marks without digits.
            (&WECHAT, &[r#""phoneNumber":"+""#, pure, country, mark], &["-phoneNumber"]),
            (&WECHAT, &[phone, r#""purePhoneNumber":" ""#, country, mark], &["-purePhoneNumber"]),
            (&UNCERTAIN, &[phone, r#""purePhoneNumber":"()""#], &["-purePhoneNumber", "-countryCode"]),
            // A number of the mainland behind another country.
            (&WECHAT, &[home, home_pure, r#""countryCode":"49""#, mark], &["=countryCode"]),
            (&WECHAT, &[home, home_pure, r#""countryCode":"""#, mark], &[]),
            (&WECHAT, &[r#""phoneNumber":"4915112345678""#, home_pure, r#""countryCode":"49""#, mark], &[]),
            (&WECHAT, &[r#""phoneNumber":"+4915112345678""#, home_pure, r#""countryCode":"49""#, mark], &[]),
            (
                &WECHAT,
                &[r#""phoneNumber":"13812345678""#, r#""purePhoneNumber":"3812345678""#, r#""countryCode":"1""#, mark],
                &[],
            ),
            (&UNCERTAIN, &[home, home_pure, r#""countryCode":"49""#], &["=countryCode"]),
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
