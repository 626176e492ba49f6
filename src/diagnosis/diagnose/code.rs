//! One-time codes, and events without a code.

use super::{
    report::{At, Mistake, Report, State},
    text,
};
use crate::{
    Bilingual, Input, Platform,
    platform::platforms::{LOGIN_CODES, PHONE_CODES, SEALED_FIELDS},
};

/// From this number of characters on, a text is a ciphertext and not a code: codes have 32 to 64.
const SEALED_LEN: usize = 100;

/// Diagnoses a code for a phone number, or for a login.
pub(super) fn inspect(report: &mut Report, platform: Platform, code: &Input, login: bool) {
    for step in ["bytes", "verify", "decrypt", "parse", "check"] {
        report.no_step(step);
    }
    if let Some(mistake) = no_code(platform, login) {
        report.step("fields", State::Failed, "no such code on this platform", "此平台没有这种 code");
        report.add(mistake);
        return;
    }
    let text = match code {
        Input::Text(text) | Input::Json(text) => text.trim(),
        _ => "",
    };
    if text.starts_with('{') || text.len() >= SEALED_LEN {
        report.step("fields", State::Failed, "not a code, but longer data", "不是 code，而是更长的数据");
        report.add(Mistake::new("sealed-as-code", "code"));
        return;
    }
    let reading = text::plain(code, "code");
    report.add_all(reading.mistakes);
    let Some(code) = reading.text else {
        report.step("fields", State::Failed, "no code", "没有可用的 code");
        return;
    };
    let odd: Vec<At> = (0_u32..)
        .zip(code.encode_utf16())
        .filter(|(_, unit)| !(0x21..0x7f).contains(unit))
        .map(|(start, _)| At { start, end: start.saturating_add(1) })
        .collect();
    let trimmed = code.trim();
    if !odd.is_empty() {
        report.add(Mistake::new("foreign-characters", "code").count(odd.len()).at(odd));
    }
    // Observed in all samples of WeChat's codes, and not documented.
    if platform == Platform::Wechat {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let is_phone = trimmed.len() == 64 && trimmed.bytes().all(hex);
        let is_login = trimmed.len() == 32
            && trimmed.starts_with('0')
            && trimmed.bytes().all(|b| b.is_ascii_alphanumeric())
            && !trimmed.bytes().all(hex);
        match (login, is_phone, is_login) {
            (false, _, true) => report.add(Mistake::new("login-code", "code")),
            (true, true, _) => report.add(Mistake::new("phone-code", "code")),
            _ => {}
        }
    }
    let n = trimmed.chars().count();
    let state = if report.errors() > 0 { State::Failed } else { State::Ok };
    report.step("fields", state, format!("code {n} characters"), format!("code {n} 个字符"));
}

/// Why a platform has no code for this use (phone or login).
fn no_code(platform: Platform, login: bool) -> Option<Mistake> {
    let [has_login_code, has_phone_code] = [LOGIN_CODES, PHONE_CODES].map(|platforms| platforms.contains(&platform));
    match (has_login_code, has_phone_code) {
        (false, false) => Some(Mistake::new("unsupported-platform", "platform")),
        (false, true) if login => Some(Mistake::new("no-login-code", "code").actual_platform(platform)),
        (true, false) if !login => {
            let sealed = sealed_fields(platform);
            let in_words = Bilingual::new(sealed.join(" and "), sealed.join(" 和 "));
            Some(Mistake::new("no-phone-code", "code").actual_platform(platform).expected_in_words(&in_words))
        }
        _ => None,
    }
}

fn sealed_fields(platform: Platform) -> &'static [&'static str] {
    SEALED_FIELDS.iter().find(|(of, _)| *of == platform).map_or(&[], |(_, fields)| *fields)
}

/// The meanings of the error numbers in events. They are more specific than the texts, some of which they contradict.
/// Their sources are in js/button/platforms/.
fn by_number(platform: Platform, errno: &str) -> Option<&'static str> {
    match (platform, errno) {
        (Platform::Wechat, "102") => Some("event-no-permission"),
        (Platform::Wechat, "103" | "104" | "112") => Some("event-privacy"),
        (Platform::Wechat, "1400001") => Some("event-quota"),
        (Platform::Alipay, "1") => Some("event-unsupported"),
        (Platform::Alipay, "40003") => Some("event-denied"),
        (Platform::Alipay, "40001" | "40002" | "40006") => Some("event-no-permission"),
        (Platform::Baidu, "10003") => Some("event-denied"),
        (Platform::Baidu, "10004") => Some("event-not-logged-in"),
        (Platform::Baidu, "10005") => Some("event-no-permission"),
        (Platform::Xiaohongshu, "410004" | "410006" | "410103") => Some("event-not-logged-in"),
        (Platform::Huawei, "1001500001" | "1001502014") => Some("event-no-permission"),
        (Platform::Huawei, "1001502012") => Some("event-denied"),
        (Platform::Huawei, "1005300001") => Some("event-privacy"),
        _ => None,
    }
}

/// The meanings of parts of an event's text, which differs by host, client and version. The first match counts, as in
/// js/button/event.ts.
const PARTS: [(&str, &[&str]); 9] = [
    ("event-needs-tap", &["user interaction", "user tap", "user gesture"]),
    ("event-privacy", &["not declared", "privacy", "not authorized", "隐私", "协议"]),
    ("event-denied", &["user den", "user rej", "取消", "拒绝", "未授权", "不同意"]),
    ("event-no-permission", &["platform auth", "permission", "access denied", "system deny", "权限", "无权", "未认证"]),
    ("event-denied", &["deny", "denied", "cancel"]),
    ("event-not-logged-in", &["not log", "invalid session", "登录"]),
    (
        "event-no-phone",
        &["no phone", "not phone", "no bind phone", "not bind phone", "短信验证", "没有手机", "无手机", "绑定手机"],
    ),
    ("event-unsupported", &["support", "不支持", "版本"]),
    ("event-quota", &["quota", "balance", "额度", "余额", "次数"]),
];

/// The meaning of an event without a payload.
pub(super) fn meaning_of_event(platform: Platform, err_msg: &Input, errno: &Input) -> Option<Mistake> {
    let message = match err_msg {
        Input::Text(text) => text.trim().to_ascii_lowercase(),
        _ => String::new(),
    };
    let errno = match errno {
        Input::Text(text) => text.trim(),
        _ => "",
    };
    let failed = !message.is_empty() && !message.ends_with(":ok") && message != "ok";
    if !failed && matches!(errno, "" | "0") {
        return None;
    }
    let by_text = || PARTS.iter().find(|(_, parts)| parts.iter().any(|part| message.contains(part)));
    let code = by_number(platform, errno).or_else(|| by_text().map(|(code, _)| *code));
    Some(Mistake::new(code.unwrap_or("event-failed"), "errMsg"))
}
