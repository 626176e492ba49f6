//! The shape of a complete phone payload, by platform.
//!
//! CBC has no authentication tag, and with the session key of a phone payload the platforms also seal texts that the
//! user chooses, such as a nickname. By cutting blocks out of such a payload and choosing the iv, a user can make a
//! text that begins with `{"phoneNumber":"` and continues with his nickname. The rest of the text reveals the forgery:
//! it has members of user info, it lacks members of a phone payload, or it has a block of random bytes. A forgery
//! cannot have two members that the user chooses, because the quotes inside a text are escaped.

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
    /// A payload has at least one of these members.
    either: &'static [&'static str],
    others: Others,
    /// Reads the number from the members of a payload.
    number: fn(&Json<'_>) -> Result<Number, NumberError>,
    /// Checks that the number's first digits were not cut off. Returns the missing member that would prove the number
    /// complete; `None` if the number is proven complete.
    missing_proof: fn(&Json<'_>) -> Option<&'static str>,
}

/// The members that a phone payload may have besides its own.
enum Others {
    /// Any member that does not belong to another kind of payload.
    Unknown,
    /// Only these members. Used if no payload of the platform with another member is known, or if the shape is
    /// uncertain.
    Only(&'static [&'static str]),
}

/// A difference between a payload and the shape of a phone payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit<'a> {
    /// A member that is missing or empty.
    Missing(&'static str),
    /// A member that no phone payload has.
    Foreign(&'a str),
    /// A member of a phone payload with a value of the wrong kind, such as `phoneNumber` with `true`.
    Value(&'static str),
    /// Text that no phone payload has: not printable ASCII, an escape, or a long text that is neither an id nor a
    /// number.
    Text,
}

/// WeChat's payload, and Douyin's.
pub(super) const WECHAT: Shape = Shape {
    required: &["phoneNumber", "purePhoneNumber", "countryCode", "watermark"],
    either: &[],
    others: Others::Unknown,
    number: number_fields::wechat_number,
    missing_proof: |_| None,
};

/// Kuaishou's payload, and Xiaohongshu's: assumed to have WeChat's members, of which only `phoneNumber` is known from
/// use.
pub(super) const UNCERTAIN: Shape = Shape {
    required: &["phoneNumber"],
    either: &["purePhoneNumber", "countryCode"],
    others: Others::Only(&["phoneNumber", "purePhoneNumber", "countryCode", "watermark"]),
    number: number_fields::wechat_number,
    missing_proof: without_pure_number,
};

/// Baidu's payload: a mainland mobile number. A user can change the first digit in a payload of his own.
pub(super) const BAIDU: Shape = Shape {
    required: &["mobile"],
    either: &[],
    others: Others::Only(&["mobile"]),
    number: number_fields::mainland_mobile,
    missing_proof: |_| None,
};

/// WeCom's payload.
pub(super) const WECOM: Shape = Shape {
    required: &["corpid", "mobile"],
    either: &[],
    others: Others::Only(&["corpid", "userid", "mobile", "watermark"]),
    number: number_fields::mobile_text,
    missing_proof: behind_number,
};

/// The members that contain a number.
const NUMBERS: [&str; 3] = ["phoneNumber", "purePhoneNumber", "mobile"];

/// The members of WeChat's payload.
const OWN: [&str; 6] = ["phoneNumber", "purePhoneNumber", "countryCode", "watermark", "timestamp", "appid"];

/// Members of user info, share info, group info and run data. Upper case and underscores are ignored, because platforms
/// write `openId`, `openid` and `open_id`.
const FOREIGN: &str = "openid unionid anonymousopenid nickname username name avatar avatarurl headurl headimgurl gender sex \
    city province country language signature email bizmail qrcode opengid groupid chatid chattype \
    opensingleroomid groupopenid activityid stepinfolist steps step";

impl Shape {
    /// Reads the number of a payload that has this shape. A payload without a number is of another kind, or of an
    /// account that has no number.
    pub(crate) fn number(&self, payload: &Json<'_>) -> Result<Number, Error> {
        let number = (self.number)(payload)?;
        let mut fits = true;
        self.misfits(payload, &mut |_| fits = false);
        // Every authentic payload has its platform's shape.
        if fits { Ok(number) } else { Err(Error::DECRYPT) }
    }

    /// Reports every difference between a payload and this shape.
    pub(crate) fn misfits<'a>(&self, payload: &'a Json<'_>, report: &mut dyn FnMut(Misfit<'a>)) {
        let Json::Object(_, members) = payload else { return };
        let is_missing = |name: &str| payload.get(name).is_none_or(is_empty);
        // The country code of an account abroad may be empty, but not missing.
        let is_absent = |name: &str| payload.get(name).is_none_or(|value| *value == Json::Null);
        for name in self.required {
            if if *name == "countryCode" { is_absent(name) } else { is_missing(name) } {
                report(Misfit::Missing(name));
            }
        }
        if !self.either.is_empty() && self.either.iter().all(|name| is_missing(name)) {
            self.either.iter().for_each(|name| report(Misfit::Missing(name)));
        } else if let Some(name) = (self.missing_proof)(payload) {
            report(Misfit::Missing(name));
        }
        match self.others {
            Others::Unknown => foreign_members(payload, report),
            Others::Only(own) => {
                let names = members.iter().map(|(name, _)| &**name);
                names.filter(|name| !own.contains(name)).for_each(|name| report(Misfit::Foreign(name)));
            }
        }
        for name in NUMBERS {
            let value = payload.get(name).filter(|value| **value != Json::Null);
            if value.is_some_and(|value| number_fields::digits(value).is_none()) {
                report(Misfit::Value(name));
            }
        }
        let country = payload.first_of(&["countryCode"]).map(Json::to_text);
        let is_code =
            |text: &str| text.is_empty() || calling_code(text).is_some_and(|code| fits_country(payload, code));
        if country.is_some_and(|country| country.is_none_or(|text| !is_code(&text))) {
            report(Misfit::Value("countryCode"));
        }
        if payload.get("watermark").is_some_and(|mark| !matches!(mark, Json::Object(..) | Json::Null)) {
            report(Misfit::Value("watermark"));
        }
        if !is_plain(payload) || has_room(payload) {
            report(Misfit::Text);
        }
    }
}

/// `{"phoneNumber":"` fills a block, so an attacker can put it in front of some of the digits of `purePhoneNumber`. If
/// a payload has its number only once, the number must prove that no digits are missing: it has a plus, or is a
/// complete mainland mobile number.
fn without_pure_number(payload: &Json<'_>) -> Option<&'static str> {
    let has_plus = |text: Cow<'_, str>| text.starts_with('+');
    let is_complete = payload.get("purePhoneNumber").is_some_and(|pure| !is_empty(pure))
        || payload.get("phoneNumber").and_then(Json::to_text).is_some_and(has_plus)
        || number_fields::wechat_number(payload).is_ok_and(|number| number.masked || number.is_mainland_mobile());
    (!is_complete).then_some("purePhoneNumber")
}

/// The corporation must be in front of the number. A user can cut off the beginning of a payload and choose the
/// number's first digits with the iv. The members after the number stay valid, so a corporation there proves nothing.
fn behind_number(payload: &Json<'_>) -> Option<&'static str> {
    let Json::Object(_, members) = payload else { return None };
    let position = |member: &str| members.iter().position(|(name, _)| name == member);
    (position("corpid") > position("mobile")).then_some("corpid")
}

/// Reports the members of other kinds of payload, at any depth.
fn foreign_members<'a>(value: &'a Json<'_>, report: &mut dyn FnMut(Misfit<'a>)) {
    match value {
        Json::Object(_, members) => {
            for (name, value) in members {
                if is_foreign(name) {
                    report(Misfit::Foreign(name));
                }
                foreign_members(value, report);
            }
        }
        Json::List(items) => items.iter().for_each(|item| foreign_members(item, report)),
        _ => {}
    }
}

fn is_foreign(name: &str) -> bool {
    // Checked first, because most payloads have only these members.
    if OWN.contains(&name) {
        return false;
    }
    let letters = || name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    FOREIGN.split(' ').any(|foreign| letters().eq(foreign.bytes()))
}

/// Whether a member has no value. A text of separators alone, without a digit, is empty.
fn is_empty(value: &Json<'_>) -> bool {
    match value {
        Json::Null => true,
        Json::Text(text) => !text.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte == b'*'),
        _ => false,
    }
}

/// Whether the numbers of a payload fit its country code. In `phoneNumber` a foreign number has its country in front.
/// If both members are mainland numbers and the country is another, the payload is a forgery: the user has combined his
/// number with the country of another payload of his.
fn fits_country(payload: &Json<'_>, country: &str) -> bool {
    let is_home = |name: &str| {
        let number = payload.get(name).and_then(number_fields::digits);
        Number::read(number.as_deref(), None, None).is_ok_and(|number| number.is_mainland_mobile())
    };
    country == "86" || !is_home("phoneNumber") || !is_home("purePhoneNumber")
}

/// Whether an object's text is printable ASCII without escapes, as in every phone payload. A block that an attacker
/// garbled to control the next block is random: one in ten million passes as part of such a text.
pub(super) fn is_plain(payload: &Json<'_>) -> bool {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'\\';
    matches!(payload, Json::Object(text, _) if text.bytes().all(is_plain))
}

/// Whether a garbled block could hide in a name or a text. When a user joins blocks of two payloads, or controls a
/// block in the middle, the block in front becomes 16 random bytes. For his own payloads he can compute the result of a
/// join before he sends it, and n payloads have n² joins from which to pick the bytes. So a payload must have no room
/// for a complete block.
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

/// The members with an id. The app's id is compared with the expected id; WeCom's user id can have any value.
const ID_MEMBERS: [&str; 4] = ["appid", "appId", "corpid", "userid"];

/// A garbled block in a text of 12 bytes extends at least four bytes beyond it, and these bytes must be right by
/// chance.
fn is_short(text: &str) -> bool {
    text.len() <= 12
}

/// A short id, or words. One random block in 10¹³ passes as part of such words.
fn is_name(name: &str) -> bool {
    let others = name.bytes().filter(|byte| !byte.is_ascii_lowercase());
    let is_words = others.clone().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && others.count() <= 3;
    is_words || is_short(name) && is_id(name)
}

/// WeCom's user ids have digits, letters and four other characters.
/// <https://developer.work.weixin.qq.com/document/path/90195>
fn is_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-@.".contains(&byte))
}

/// Decimal and hexadecimal digits, and the separators of numbers. One random block in 10¹⁷ passes as part of such a
/// text.
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
    fn the_complete_shape_of_each_platform() {
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
            // Values of the wrong kind.
            (&WECHAT, &[phone, r#""purePhoneNumber":-1"#, country, mark], &["=purePhoneNumber"]),
            (&WECHAT, &[r#""phoneNumber":true"#, pure, country, mark], &["=phoneNumber"]),
            (&UNCERTAIN, &[phone, country, r#""purePhoneNumber":[]"#], &["=purePhoneNumber"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":"k&h2""#], &["=countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":{}"#], &["=countryCode"]),
            (&UNCERTAIN, &[phone, pure, r#""countryCode":"0086""#], &[]),
            // Names and texts in which a random block could hide.
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
            // Separators without digits.
            (&WECHAT, &[r#""phoneNumber":"+""#, pure, country, mark], &["-phoneNumber"]),
            (&WECHAT, &[phone, r#""purePhoneNumber":" ""#, country, mark], &["-purePhoneNumber"]),
            (&UNCERTAIN, &[phone, r#""purePhoneNumber":"()""#], &["-purePhoneNumber", "-countryCode"]),
            // A mainland number with another country.
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
