//! Explains why a payload does not open, from the inputs alone.
//!
//! We try to restore each field to what a correct client would have sent. Each kind of damage is a finding, and the
//! finding is proven if the payload is readable after the repair. Only [`open_phone`] decides whether the payload
//! opens. No text contains a key, a code or a number.
//!
//! The mistakes were collected from the platforms' documentation and from developers' posts; see README.md. Their texts
//! are in `diagnose/findings.json`.

mod alipay;
mod code;
mod decoded_field;
mod douyin;
mod fields;
mod key;
mod other_platform;
mod payload;
mod plaintext;
mod report;
mod session;
mod text;

pub use report::{At, Block, Diagnosis, Finding, Severity, State, Step};

use crate::{Input, Keys, OpenOptions, Platform, Sealed, open_phone, platform::scheme};
use other_platform::platform_of_fields;
use report::{Mistake, Report};

/// The input of a diagnosis: a payload or a code, and the error members of the event.
#[derive(Default)]
pub struct DiagnoseInput<'a> {
    /// The payload. `None` if the platform is not known.
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

/// Explains why a payload does not open, or why a code is rejected. Repairs are tried only to prove a finding.
pub fn diagnose(input: &DiagnoseInput, keys: &Keys, options: &OpenOptions) -> Diagnosis {
    let mut report = Report::new();
    let Some(sealed) = &input.sealed else {
        unsupported(&mut report);
        return report.finish(Some(("ERR_INPUT", Some("platform"))));
    };
    let is_empty = [&sealed.encrypted_data, &sealed.data, &sealed.response].iter().all(|field| field.is_absent());
    if is_empty && let Some(mistake) = code::meaning_of_event(sealed.platform, &input.err_msg, &input.errno) {
        report.step("fields", State::Failed, "the event has no payload", "事件中没有数据");
        report.add(mistake);
        return report.finish(Some(("ERR_INPUT", None)));
    }
    if is_empty && !input.code.is_absent() {
        code::inspect(&mut report, sealed.platform, &input.code, input.login);
        let failure = (report.errors() > 0).then_some(("ERR_INPUT", Some("code")));
        return report.finish(failure);
    }
    inspect(&mut report, sealed, keys, options);
    let failure = open_phone(sealed, keys, options).err();
    report.finish(failure.map(|error| (error.code(), error.field())))
}

fn inspect(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    if let Some(actual) = platform_of_fields(sealed, keys, options) {
        report.step("fields", State::Failed, "fields of another platform", "是另一个平台的字段");
        report.add(Mistake::new("wrong-platform", "platform").platforms(actual, sealed.platform));
        return;
    }
    match sealed.platform {
        Platform::Alipay => {}
        Platform::Baidu => payload::own_app(report, sealed.platform, (&keys.app_key, "appKey")),
        _ => payload::own_app(report, sealed.platform, (&keys.app_id, "appId")),
    }
    match (sealed.platform, scheme(sealed.platform)) {
        (Platform::Alipay, _) => alipay::inspect(report, sealed, keys, options),
        (Platform::Douyin, _) if !sealed.data.is_absent() => douyin::inspect(report, sealed, keys, options),
        (_, Some(scheme)) => session::inspect(report, sealed, keys, options, scheme),
        (_, None) => unsupported(report),
    }
}

fn unsupported(report: &mut Report) {
    report.step("fields", State::Failed, "a platform without sealed payloads", "此平台没有加密数据");
    report.add(Mistake::new("unsupported-platform", "platform"));
}
