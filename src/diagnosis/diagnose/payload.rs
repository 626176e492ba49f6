//! The content of a plaintext: its app, its time, and its number.

use super::{
    plaintext::{Kind, PayloadFacts, is_id, names},
    report::{Mistake, Report, State},
    text,
};
use crate::{
    Bilingual, Error, Input, OpenOptions, Platform,
    json::Json,
    platform::{number_fields, payload, shape as shape_of, shape::Misfit},
};

/// The expected app, and the app that Baidu's plaintext names beside its JSON.
pub(super) struct ExpectedApp<'a> {
    pub(super) platform: Platform,
    /// The app's own id, and the name of its field.
    pub(super) app: (&'a Input<'a>, &'static str),
    /// Baidu's App Key at the end of the plaintext, which names the payload's app and is not a member of the payload.
    pub(super) named_app: Option<String>,
    pub(super) options: &'a OpenOptions,
}

/// Parses and checks a plaintext. Returns whether it is a single strict JSON object.
pub(super) fn inspect(report: &mut Report, content: &[u8], is_complete: bool, own: &ExpectedApp<'_>) -> bool {
    let text = String::from_utf8_lossy(content);
    let json = core::str::from_utf8(content).ok().and_then(|text| Json::object(text).ok());
    let Some(json) = json else {
        report.step("parse", State::Failed, "not a JSON object", "不是一个 JSON 对象");
        if is_complete {
            report.add(Mistake::of_payload("not-strict-json"));
        }
        let facts = PayloadFacts::by(&text);
        if facts.kind != Kind::Other {
            of_kind(report, facts.kind);
        }
        if facts.app.is_some() {
            compare_app(report, own, facts.app);
        }
        return false;
    };
    if own.platform == Platform::Wechat && json.get("corpid").is_some() {
        report.add(Mistake::new("wrong-platform", "platform").platforms(Platform::Wecom, own.platform));
        return true;
    }
    report.step(
        "parse",
        State::Ok,
        format!("JSON: {}", names(&json)),
        format!("JSON：{}", names(&json).replace(", ", "、")),
    );
    check(report, &json, own);
    true
}

fn check(report: &mut Report, json: &Json<'_>, own: &ExpectedApp<'_>) {
    let before = report.errors();
    let mark = json.get("watermark");
    let app = mark
        .and_then(|mark| mark.first_of(&["appid", "appId"]))
        .or_else(|| json.get("corpid"))
        .and_then(Json::to_text)
        .map(|app| app.into_owned());
    let issued_at = mark.and_then(|mark| mark.get("timestamp")).and_then(payload::seconds);
    let required = matches!(own.platform, Platform::Wechat | Platform::Douyin);
    let proven = own.named_app.clone().or(app);
    if proven.is_none() && required || issued_at.is_none() && required && own.options.max_age.is_finite() {
        report.add(Mistake::of_payload("no-watermark"));
    }
    compare_app(report, own, proven.clone());
    number(report, json, own.platform);
    if let Some(issued_at) = issued_at {
        let age = own.options.now - issued_at as f64;
        if own.options.check_age(issued_at).is_err() {
            report.add(if age > 0.0 {
                Mistake::of_payload("too-old").actual_in_words(&span(age)).expected_in_words(&span(own.options.max_age))
            } else {
                Mistake::of_payload("from-the-future").actual_in_words(&span(-age))
            });
        }
    }
    let state = match report.errors() > before || report.has_unproven_mistake(own.app.1) {
        true => State::Failed,
        false if report.has_mistake(own.app.1) => State::Repaired,
        false => State::Ok,
    };
    let app = proven.as_deref().map(|app| printable(app, own.platform));
    let mut actual = Vec::new();
    actual.extend(app.map(|app| (format!("app {app}"), format!("应用 {app}"))));
    actual.extend(issued_at.map(|at| {
        let age = span((own.options.now - at as f64).abs());
        (format!("{} old", age.en), format!("距今 {}", age.zh))
    }));
    if actual.is_empty() {
        actual.push(("checked only the format of the number".to_owned(), "号码格式".to_owned()));
    }
    let (en, zh): (Vec<String>, Vec<String>) = actual.into_iter().unzip();
    let [en, zh] = [en.join(", "), zh.join("，")];
    report.step("check", state, en, zh);
}

/// Checks the caller's id of its own app.
pub(super) fn own_app(report: &mut Report, platform: Platform, (app_id, field): (&Input, &'static str)) {
    if app_id.is_absent() {
        if matches!(platform, Platform::Wechat | Platform::Douyin | Platform::Baidu | Platform::Wecom) {
            report.add(Mistake::new("missing", field));
        }
    } else if matches!(app_id, Input::Json(_)) {
        report.add(Mistake::new("wrong-type", field));
    } else {
        report.add_all(text::plain(app_id, field).mistakes);
    }
}

/// Compares the id with the app that the payload names.
fn compare_app(report: &mut Report, own: &ExpectedApp<'_>, proven: Option<String>) {
    let (app_id, field) = own.app;
    let (Some(own_app), false) = (text::plain(app_id, field).text, matches!(app_id, Input::Json(_))) else { return };
    let Some(proven) = proven else {
        if own.platform == Platform::Baidu {
            report.add(
                Mistake::new("wrong-app", field)
                    .actual_in_words(&Bilingual::new("(unknown)", "未知"))
                    .expected(&printable(own_app.trim(), own.platform)),
            );
        }
        return;
    };
    if proven == *own_app {
        report.prove_field(field);
    } else if proven == own_app.trim() {
        report.add(Mistake::new("foreign-characters", field).count(own_app.len().abs_diff(proven.len())).proven());
    } else if own.platform == Platform::Baidu && own_app.bytes().all(|b| b.is_ascii_digit()) {
        report.add(Mistake::new("app-id-for-app-key", field).proven());
    } else {
        let [actual, expected] = [&*proven, own_app.trim()].map(|app| printable(app, own.platform));
        report.add(Mistake::new("wrong-app", field).actual(&actual).expected(&expected));
    }
}

/// An app's id, which is public. The ends of Baidu's App Key are enough to distinguish two keys. A text that is not an
/// id is not shown.
fn printable(app: &str, platform: Platform) -> String {
    match (platform, app.get(..4), app.get(app.len().saturating_sub(4)..)) {
        _ if !is_id(app) => "?".to_owned(),
        (Platform::Baidu, Some(start), Some(end)) if app.len() > 12 => format!("{start}…{end}"),
        _ => app.to_owned(),
    }
}

fn number(report: &mut Report, json: &Json<'_>, platform: Platform) {
    let masked = is_masked(platform, json);
    match masked {
        Ok(true) => report.add(Mistake::of_payload("masked-number")),
        Ok(false) => {}
        Err(Error::NotPhone) => {
            let names: String = members(json).map(|name| format!("\"{name}\"")).collect();
            match PayloadFacts::by(&names).kind {
                Kind::Phone => report.add(Mistake::of_payload("no-number")),
                kind => of_kind(report, kind),
            }
        }
        Err(_) => {
            let mut misfits = Vec::new();
            if let Some(shape) = shape_of(platform) {
                shape.misfits(json, &mut |misfit| misfits.push(misfit));
            }
            match platform {
                _ if !misfits.is_empty() => misshapen(report, &misfits),
                Platform::Baidu => report.add(Mistake::of_payload("foreign-number")),
                _ => report.add(Mistake::of_payload("contradicting-number")),
            }
        }
    }
}

/// Reports every deviation from the shape of a phone payload.
fn misshapen(report: &mut Report, misfits: &[Misfit<'_>]) {
    let is_watermark_reported = report.has("no-watermark");
    let missing = |misfit: &Misfit<'_>| match misfit {
        Misfit::Missing(name) if *name != "watermark" || !is_watermark_reported => Some((*name).to_owned()),
        Misfit::Value(name) => Some((*name).to_owned()),
        _ => None,
    };
    // An attacker may have chosen this name. We show it only if it looks like a member's name, so that a phone number
    // is never shown.
    let foreign = |misfit: &Misfit<'_>| match misfit {
        Misfit::Foreign(name) if is_id(name) && !name.contains(|c: char| c.is_ascii_digit()) => {
            Some((*name).to_owned())
        }
        Misfit::Foreign(_) => Some("?".to_owned()),
        _ => None,
    };
    let mut tell = |code, names: Vec<String>| {
        if let Some(names) = names.get(..names.len().min(MAX_NAMES)).filter(|names| !names.is_empty()) {
            report.add(Mistake::of_payload(code).actual_in_words(&Bilingual::new(names.join(", "), names.join("、"))));
        }
    };
    let foreign: Vec<String> = misfits.iter().filter_map(foreign).collect();
    // If there are foreign members, their texts explain the misfit, so no garbled block is reported.
    let is_garbled = foreign.is_empty() && misfits.contains(&Misfit::Text);
    tell("foreign-member", foreign);
    tell("missing-member", misfits.iter().filter_map(missing).collect());
    if is_garbled {
        report.add(Mistake::of_payload("foreign-text"));
    }
}

/// The maximum number of member names in a finding.
const MAX_NAMES: usize = 6;

/// Whether the platform masked the number, or why there is no number.
fn is_masked(platform: Platform, json: &Json<'_>) -> Result<bool, Error> {
    let number = match shape_of(platform) {
        Some(shape) => shape.number(json)?,
        None => number_fields::mobile(json)?,
    };
    Ok(number.masked)
}

/// `None` if the plaintext is not JSON; otherwise whether its number is masked, or why it has no number.
pub(super) fn number_of(platform: Platform, content: &[u8]) -> Option<Result<bool, Error>> {
    let json = Json::object(core::str::from_utf8(content).ok()?).ok()?;
    Some(is_masked(platform, &json))
}

/// Whether a plaintext is JSON with an app and a time in its watermark.
pub(super) fn has_watermark(content: &[u8]) -> bool {
    let json = core::str::from_utf8(content).ok().and_then(|text| Json::object(text).ok());
    let mark = json.as_ref().and_then(|json| json.get("watermark"));
    mark.is_some_and(|mark| mark.get("appid").is_some() && mark.get("timestamp").is_some())
}

fn of_kind(report: &mut Report, kind: Kind) {
    match kind {
        Kind::Phone => {}
        Kind::User => report.add(Mistake::of_payload("user-info")),
        Kind::Share => report.add(Mistake::of_payload("share-info")),
        Kind::Other => report.add(Mistake::of_payload("not-a-phone")),
    }
}

fn members<'a>(json: &'a Json<'_>) -> impl Iterator<Item = &'a str> {
    let members = match json {
        Json::Object(_, members) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(name, _)| &**name)
}

/// Seconds as a text for people.
fn span(seconds: f64) -> Bilingual {
    let seconds = seconds as u64;
    let units = [(86_400, "d", "天"), (3_600, "h", "小时"), (60, "min", "分钟")];
    let count = |size: u64| seconds.checked_div(size).unwrap_or(seconds);
    let (size, en, zh) = units.into_iter().find(|(size, ..)| count(*size) >= 2).unwrap_or((1, "s", "秒"));
    let n = count(size);
    Bilingual::new(format!("{n} {en}"), format!("{n} {zh}"))
}
