//! Why a payload does not open, told from the inputs alone.
//!
//! The fields are read as they should have been sent, what stood in the way is noted, and a repair counts as proof where
//! the payload then reads. Whether it opens as it is, only [`open_phone`] decides. No text holds a key, a code or a number.
//!
//! The mistakes are those of the platforms' pages and of developers' posts; see README.md. Their words are data,
//! `diagnose/findings.json`.

mod alipay;
mod code;
mod douyin;
mod fields;
mod key;
mod payload;
mod plaintext;
mod reading;
mod report;
mod session;
mod text;

pub use report::{At, Block, Diagnosis, Finding, Severity, State, Step};

use crate::{Error, Input, Keys, OpenOptions, Platform, Sealed, open_phone, platform::scheme};
use report::{Mistake, Report};

/// What is to be looked at: a payload or a code, and what the event said.
#[derive(Default)]
pub struct Suspect<'a> {
    /// The payload. None where the platform is not known.
    pub sealed: Option<Sealed<'a>>,
    /// A one-time code.
    pub code: Input<'a>,
    /// Whether the code is for a login, and not for a phone number.
    pub login: bool,
    /// The event's `errMsg`.
    pub err_msg: Input<'a>,
    /// The event's `errno`, as text.
    pub errno: Input<'a>,
}

/// Says why a payload does not open, or why a code is refused. Repairs are tried only to prove a finding.
pub fn diagnose(suspect: &Suspect, keys: &Keys, options: &OpenOptions) -> Diagnosis {
    let mut report = Report::new();
    let Some(sealed) = &suspect.sealed else {
        unsupported(&mut report);
        return report.finish(Some(("ERR_INPUT", Some("platform"))));
    };
    let is_empty = [&sealed.encrypted_data, &sealed.data, &sealed.response].iter().all(|field| field.is_absent());
    if is_empty && let Some(refusal) = code::refused(sealed.platform, &suspect.err_msg, &suspect.errno) {
        report.step("fields", State::Failed, "the event brought no payload", "事件没有带来数据");
        report.add(refusal);
        return report.finish(Some(("ERR_INPUT", None)));
    }
    if is_empty && !suspect.code.is_absent() {
        code::look(&mut report, sealed.platform, &suspect.code, suspect.login);
        let refused = (report.errors() > 0).then_some(("ERR_INPUT", Some("code")));
        return report.finish(refused);
    }
    look(&mut report, sealed, keys, options);
    let refused = open_phone(sealed, keys, options).err();
    report.finish(refused.map(|error| (error.code(), error.field())))
}

fn look(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    if let Some(seen) = platform_of_fields(sealed, keys, options) {
        report.step("fields", State::Failed, "the fields of another platform", "是另一个平台的字段");
        report.add(Mistake::new("wrong-platform", "platform").seen(seen.name()).wanted(sealed.platform.name()));
        return;
    }
    match sealed.platform {
        Platform::Alipay => {}
        Platform::Baidu => payload::own_app(report, sealed.platform, (&keys.app_key, "appKey")),
        _ => payload::own_app(report, sealed.platform, (&keys.app_id, "appId")),
    }
    match (sealed.platform, scheme(sealed.platform)) {
        (Platform::Alipay, _) => alipay::look(report, sealed, keys, options),
        (Platform::Douyin, _) if !sealed.data.is_absent() => douyin::look(report, sealed, keys, options),
        (_, Some(scheme)) => session::look(report, sealed, keys, options, scheme),
        (_, None) => unsupported(report),
    }
}

fn unsupported(report: &mut Report) {
    report.step("fields", State::Failed, "no platform that seals", "没有会加密数据的平台");
    report.add(Mistake::new("unsupported-platform", "platform"));
}

/// The platform whose fields these are, where they are not those of the one that was named.
fn platform_of_fields(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Option<Platform> {
    let is_given = |field: &Input| !field.is_absent();
    let (iv, ciphertext) = (is_given(&sealed.iv), is_given(&sealed.encrypted_data));
    let (response, sign) = (is_given(&sealed.response), is_given(&sealed.sign));
    match sealed.platform {
        Platform::Alipay if iv && ciphertext && !response && !sign => {
            other_platform(sealed, keys, options).or(Some(Platform::Wechat))
        }
        Platform::Alipay => None,
        Platform::Douyin if is_given(&sealed.data) && iv => other_platform(sealed, keys, options),
        Platform::Douyin if is_given(&sealed.data) => None,
        _ if scheme(sealed.platform).is_none() || iv => None,
        _ if response || sign => Some(Platform::Alipay),
        _ if !ciphertext && is_rsa(&sealed.data) => Some(Platform::Douyin),
        _ => None,
    }
}

/// Whether a text is as long as the base64 of an RSA ciphertext of 1024 or 2048 bits.
fn is_rsa(data: &Input) -> bool {
    matches!(data, Input::Text(text) if matches!(text.trim().len(), 172 | 344))
}

/// The platform as whose payload this opens, if there is one that seals in another way.
fn other_platform(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Option<Platform> {
    let own = scheme(sealed.platform);
    let keys = Keys {
        app_id: named(&keys.app_id, &keys.app_key),
        app_key: named(&keys.app_key, &keys.app_id),
        ..keys.clone()
    };
    let data = named(&sealed.encrypted_data, &sealed.data);
    [Platform::Wechat, Platform::Baidu, Platform::Xiaohongshu].into_iter().find(|&platform| {
        let differs = own.is_none_or(|own| scheme(platform).is_some_and(|other| !core::ptr::eq(own, other)));
        let sealed = Sealed { platform, encrypted_data: data.clone(), data: Input::Absent, ..sealed.clone() };
        differs && open_phone(&sealed, &keys, options).map_or_else(|error| opened(&error), |_| true)
    })
}

/// The field that is given, or something that is none.
fn named<'a>(one: &Input<'a>, other: &Input<'a>) -> Input<'a> {
    match (one, other) {
        (Input::Absent, Input::Absent) => Input::from("-"),
        (Input::Absent, other) => other.clone(),
        (one, _) => one.clone(),
    }
}

/// Whether a payload was opened before it was refused.
fn opened(error: &Error) -> bool {
    matches!(error, Error::AppMismatch | Error::NotPhone | Error::Expired)
}
