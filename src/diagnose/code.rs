//! One-time codes, and events that bring none.

use super::{
    report::{At, Mistake, Report, State},
    text,
};
use crate::{Input, Platform};

/// From how many characters on a text is no code but ciphertext: codes have 32 to 64.
const SEALED_LEN: usize = 100;

/// Looks at a code for a phone number, or for a login.
pub(super) fn look(report: &mut Report, platform: Platform, code: &Input, login: bool) {
    for step in ["bytes", "verify", "decrypt", "parse", "check"] {
        report.no_step(step);
    }
    let text = match code {
        Input::Text(text) | Input::Json(text) => text.trim(),
        _ => "",
    };
    if text.starts_with('{') || text.len() >= SEALED_LEN {
        report.step("fields", State::Failed, "no code, but more", "不是 code，而是更长的数据");
        report.add(Mistake::new("sealed-as-code", "code"));
        return;
    }
    let reading = text::plain(code, "code");
    report.add_all(reading.mistakes);
    let Some(code) = reading.text else {
        report.step("fields", State::Failed, "no code to look at", "没有可用的 code");
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
    // Seen in all samples of WeChat's, and documented nowhere.
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

/// What an event says that brought no payload: its text differs by platform and version, so parts of it decide.
pub(super) fn refused(err_msg: &Input, errno: &Input) -> Option<Mistake> {
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
    let says = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
    let code = match errno {
        "1400001" => "event-quota",
        "102" => "event-no-permission",
        "103" | "104" | "112" => "event-privacy",
        _ if says(&["privacy", "not declared", "not authorized"]) => "event-privacy",
        _ if says(&["platform auth", "no permission", "access denied", "operatewxdata"]) => "event-no-permission",
        _ if says(&["deny", "cancel"]) => "event-denied",
        _ if says(&["not login", "invalid session"]) => "event-not-logged-in",
        _ if says(&["no phone", "短信验证"]) => "event-no-phone",
        _ if says(&["not support", "not supported"]) => "event-unsupported",
        _ => "event-failed",
    };
    Some(Mistake::new(code, "errMsg"))
}
