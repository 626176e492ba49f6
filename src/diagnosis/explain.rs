//! Explains a platform's response for a developer: what it means, who is responsible and what to do. The code in
//! `src/platform/` decides whether a response is an error; the catalog has only the meanings.

use std::borrow::Cow;

use super::{bilingual::Bilingual, meaning};
use crate::{Action, Error, Input, Platform, Responsible, json::Json, platform};

/// The maximum depth of wrappers around a response: `{response: {data: {data_list: [{json: …}]}}}`.
const MAX_WRAPPINGS: u8 = 5;

/// The members in which libraries wrap a response: axios' errors, Alipay's callback, a CloudID's open data. Alipay's
/// gateway also wraps it in `…_response`.
const WRAPPINGS: [&str; 3] = ["response", "data", "json"];
const LISTS: [&str; 3] = ["list", "data_list", "dataList"];

/// The names of the error code on all platforms.
const CODE_NAMES: [&str; 10] =
    ["errcode", "err_no", "errno", "error_code", "err_code", "resultCode", "NSP_STATUS", "result", "code", "resp"];

/// How many occurrences of each name of the error code (such as `errcode`) are examined in a message.
const MAX_NAMES: usize = 8;

/// The meaning of a platform's response. Its texts contain no part of the response.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Explanation {
    /// The platform whose response it is.
    pub platform: Platform,
    /// Whether the response is an error.
    pub error: bool,
    /// The platform's code.
    pub code: Option<String>,
    /// Alipay's second code.
    pub sub_code: Option<String>,
    /// Whether the catalog has the code.
    pub known: bool,
    /// What the code means, with the usual causes.
    pub meaning: Bilingual,
    /// What to do about the code.
    pub action: Action,
    /// Whether the server may repeat the request without the user: after a pause, or with a new access token.
    pub retry: bool,
    /// Who can resolve the error.
    pub responsible: Responsible,
    /// What to do.
    pub fix: Bilingual,
    /// The platform's request id.
    pub rid: Option<String>,
    /// The source of the meaning.
    pub source: Option<String>,
}

/// Explains the response of a platform's server. `response` is its text, or an object as [`Input::Json`]; the message
/// of an error such as `errCode: 40029 | errMsg: …`; or the error code alone.
pub fn explain(platform: Platform, response: &Input) -> Explanation {
    let text = response.text_or_json("answer").unwrap_or_default().trim();
    let Some(success) = meaning::success(platform) else { return without_catalog(platform, text) };
    match read(platform, text).map_or(Content::Unknown, |response| inspect(platform, &response, MAX_WRAPPINGS)) {
        Content::Error(error) => explain_error(platform, error),
        Content::Success => Explanation {
            error: false,
            code: Some(success),
            known: true,
            responsible: Responsible::Nobody,
            ..blank(
                platform,
                Action::None,
                Bilingual::new("Success: this response is not an error.", "成功：该响应不是错误。"),
                Bilingual::new("Nothing needs to be done.", "无需处理。"),
            )
        },
        Content::Unknown => unknown_response(platform),
    }
}

/// The kind of a response.
enum Content {
    Error(PlatformError),
    Success,
    /// Not a response of this platform.
    Unknown,
}

struct PlatformError {
    code: String,
    sub_code: Option<String>,
    action: Action,
    rid: Option<String>,
}

fn inspect(platform: Platform, response: &Json<'_>, wrappings: u8) -> Content {
    let Json::Object(_, members) = response else { return Content::Unknown };
    let Some(deeper) = wrappings.checked_sub(1) else { return Content::Unknown };
    if is_event(response) {
        // The button has its error in `errno`. The catalog has these numbers, too.
        return match response.get("errno").and_then(Json::to_text) {
            Some(errno) if errno != "0" => inspect(platform, &response_of(&errno, None, ""), deeper),
            _ => Content::Unknown,
        };
    }
    let inner = members.iter().map(|(name, inner)| unwrap(platform, name, inner, deeper));
    let mut inner: Vec<_> = inner.filter(|content| !matches!(content, Content::Unknown)).collect();
    match platform::check_parsed_response(platform, response) {
        // An error of the HTTP client has its own code. The platform's code takes precedence.
        _ if inner.iter().any(|content| matches!(content, Content::Error(_))) => {
            inner.retain(|content| matches!(content, Content::Error(_)));
            inner.swap_remove(0)
        }
        Err(Error::Platform { code, action, rid }) => {
            Content::Error(PlatformError { code, sub_code: platform::sub_code(platform, response), action, rid })
        }
        Err(_) => inner.pop().unwrap_or(Content::Unknown),
        // `JSON.stringify` of a JavaScript `Error` returns `{}`, and a sealed payload has no error members.
        Ok(()) if members.is_empty() || is_sealed(response) => Content::Unknown,
        Ok(()) => Content::Success,
    }
}

/// Unwraps a member that contains a response, or a list of responses.
fn unwrap(platform: Platform, name: &str, inner: &Json<'_>, wrappings: u8) -> Content {
    let wraps = WRAPPINGS.contains(&name) || name.ends_with("_response");
    match inner {
        Json::Object(..) if wraps => inspect(platform, inner, wrappings),
        Json::Text(text) if wraps => {
            Json::object(text).map_or(Content::Unknown, |inner| inspect(platform, &inner, wrappings))
        }
        // The members of an `Error`.
        Json::Text(text) if name == "message" => {
            read(platform, text).map_or(Content::Unknown, |inner| inspect(platform, &inner, wrappings))
        }
        // The list is an error only if every item is an error.
        Json::List(items) if LISTS.contains(&name) => {
            let mut inspected = items.iter().map(|item| inspect(platform, item, wrappings));
            match inspected.next() {
                Some(Content::Error(first)) if inspected.all(|content| matches!(content, Content::Error(_))) => {
                    Content::Error(first)
                }
                _ => Content::Unknown,
            }
        }
        _ => Content::Unknown,
    }
}

/// Whether this is the button's event, which is not a response of a server: its `code` is not an error code.
fn is_event(response: &Json<'_>) -> bool {
    response.first_of(&["errMsg"]).is_some() && response.first_of(&["errCode", "errcode"]).is_none()
}

/// Whether this is a sealed payload: a ciphertext with its iv or signature.
fn is_sealed(response: &Json<'_>) -> bool {
    let is_text = |name| matches!(response.get(name), Some(Json::Text(_)));
    is_text("encryptedData") || is_text("response")
}

/// Finds the response in a text: the text may be JSON, a message that contains JSON or a code, or only a code. For a
/// code we build a response that contains it.
fn read(platform: Platform, text: &str) -> Option<Json<'_>> {
    if let Ok(response) = Json::object(text) {
        return Some(response);
    }
    if is_likely_code(platform, text) {
        return Some(response_of(text, None, ""));
    }
    if text.starts_with('<') {
        return None;
    }
    let embedded = text.find('{').zip(text.rfind('}')).and_then(|(start, end)| text.get(start..=end));
    if let Some(response) = embedded.and_then(|json| Json::object(json).ok()) {
        return Some(response);
    }
    if let Some(code) = code_in(platform, text, &CODE_NAMES) {
        return Some(response_of(code, code_in(platform, text, &["sub_code", "subCode"]), text));
    }
    // The error of WeChat's JavaScript sample, for a wrong key as well as for a wrong app id.
    let is_sample = platform == Platform::Wechat && text.to_ascii_lowercase().contains("illegal buffer");
    is_sample.then(|| response_of("-41003", None, ""))
}

/// Builds a response with the code under every name: [`platform::check_parsed_response`] reads the name that the
/// platform uses.
fn response_of<'a>(code: &'a str, sub_code: Option<&'a str>, message: &'a str) -> Json<'a> {
    let member = |name, text| (Cow::Borrowed(name), Json::Text(Cow::Borrowed(text)));
    let mut members: Vec<_> = CODE_NAMES.iter().map(|name| member(*name, code)).collect();
    members.push(member("errmsg", message));
    members.extend(sub_code.map(|code| member("sub_code", code)));
    Json::Object("", members)
}

/// The code in a message such as `errCode: 40029 | errMsg: …` or `errcode=40029`.
fn code_in<'a>(platform: Platform, message: &'a str, names: &[&str]) -> Option<&'a str> {
    let lower = message.to_ascii_lowercase();
    names.iter().find_map(|name| {
        lower.match_indices(&name.to_ascii_lowercase()).take(MAX_NAMES).find_map(|(start, name)| {
            let (before, after) = (message.get(..start)?, message.get(start..)?.get(name.len()..)?);
            let is_word = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let value = after.trim_start_matches([' ', '"', '\'']).strip_prefix([':', '='])?;
            let value = value.trim_start_matches([' ', '"', '\'']);
            let end = value.find(|c| !is_code_char(c)).unwrap_or(value.len());
            let code = value.get(..end)?.trim_end_matches('.');
            (is_word && is_likely_code(platform, code)).then_some(code)
        })
    })
}

/// Whether a text alone is an error code. Phone numbers have more digits, and keys and one-time codes have more
/// letters, than any error code. A word is an error code only if the catalog has it.
fn is_likely_code(platform: Platform, text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number || is_code(text) && meaning::entry(platform, text).is_some()
}

/// Whether the error code of a response may be shown. A longer number is a phone number, a key or a one-time code in
/// the wrong place.
fn is_code(text: &str) -> bool {
    is_id(text) && text.bytes().filter(u8::is_ascii_digit).count() <= 10
}

/// Whether the request id of a response may be shown.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(is_code_char)
}

fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn explain_error(platform: Platform, error: PlatformError) -> Explanation {
    let PlatformError { code, sub_code, action, rid } = error;
    let [code, sub_code] = [Some(code), sub_code].map(|code| code.filter(|code| is_code(code)));
    let entry = [&sub_code, &code].into_iter().flatten().find_map(|code| meaning::entry(platform, code));
    let explained = match entry {
        Some(entry) => Explanation {
            known: true,
            // If only the main code is in the catalog, the entry describes the main code, but `action` belongs to the
            // sub code. Then the responsible party follows from `action`.
            responsible: if entry.action == action { entry.responsible } else { Responsible::of(action) },
            source: Some(entry.source),
            ..blank(platform, action, entry.meaning, entry.fix)
        },
        None => blank(
            platform,
            action,
            Bilingual::new("mp-phone has no entry for this code.", "mp-phone 未收录这个错误码。"),
            Bilingual::new(
                "Look it up in the platform's documentation. Keep the request id (rid), which the platform's support asks for.",
                "请在平台文档中查询该错误码，并保留请求 ID（rid），以便向平台反馈。",
            ),
        ),
    };
    Explanation { code, sub_code, rid: rid.filter(|rid| is_id(rid)), ..explained }
}

fn unknown_response(platform: Platform) -> Explanation {
    let (en, zh) = platform.title();
    let meaning = Bilingual::new(
        format!(
            "This is not a response of {en}: it is not a JSON object of its servers, not a message with a code, and not a code."
        ),
        format!("这不是{zh}的响应：不是该平台服务器返回的 JSON，不是错误码，也不是含错误码的报错信息。"),
    );
    let fix = Bilingual::new(
        "Pass the text or object that the server received, the error's message, or the code. HTML comes from a proxy: check URL \
         and network. For the event of the button use diagnose.",
        "请传入服务端收到的响应文本或对象、报错信息，或错误码。若是 HTML 页面，说明请求被代理或网关拦截，请检查 URL 与网络。按钮事件的数据请用 diagnose。",
    );
    blank(platform, Action::FixConfig, meaning, fix)
}

fn without_catalog(platform: Platform, text: &str) -> Explanation {
    let response = read(platform, text);
    let code = response
        .as_ref()
        .and_then(|response| response.first_of(&CODE_NAMES))
        .and_then(Json::to_text)
        .map(Cow::into_owned);
    let (en, zh) = platform.title();
    let meaning = Bilingual::new(
        format!("mp-phone has no catalog for {en}, so this may or may not be an error."),
        format!("mp-phone 未收录{zh}的错误码，无法判断该响应是否为错误。"),
    );
    let fix = Bilingual::new("Look it up in the platform's documentation.", "请查阅平台文档。");
    Explanation { code: code.filter(|code| is_code(code)), ..blank(platform, Action::FixConfig, meaning, fix) }
}

/// An error without more information.
fn blank(platform: Platform, action: Action, meaning: Bilingual, fix: Bilingual) -> Explanation {
    Explanation {
        platform,
        error: true,
        code: None,
        sub_code: None,
        known: false,
        meaning,
        action,
        retry: matches!(action, Action::Retry | Action::RefreshToken),
        responsible: Responsible::of(action),
        fix,
        rid: None,
        source: None,
    }
}
