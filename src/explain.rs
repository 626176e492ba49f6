//! What a platform's answer means, whose turn it is, and what to do, for a developer to read. Whether an answer is an
//! error at all, the platform's own file says; the meanings are in the catalog.

use serde::Serialize;

use crate::{Action, Bilingual, Error, Input, Json, Platform, catalog, platform};

/// How deep an answer may be wrapped: `{response: {data: {data_list: [{json: …}]}}}`.
const MAX_WRAPPINGS: u8 = 5;

/// The members in which others hand an answer on: axios' errors, Alipay's callback, a CloudID's open data. Alipay's gateway
/// wraps in `…_response`, besides.
const WRAPPINGS: [&str; 3] = ["response", "data", "json"];
const LISTS: [&str; 3] = ["list", "data_list", "dataList"];

/// What the platforms call their code, between them.
const CODE_NAMES: [&str; 10] =
    ["errcode", "err_no", "errno", "error_code", "err_code", "resultCode", "NSP_STATUS", "result", "code", "resp"];

/// How often a name of the code is looked at in a message.
const MAX_NAMES: usize = 8;

/// Who can do something about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// Whoever taps the button.
    User,
    /// Whoever writes the app, or its server by itself.
    Developer,
    /// The platform; waiting helps.
    Platform,
    /// There is nothing to be done.
    Nobody,
}

impl Turn {
    /// Whose turn an action is, as a rule.
    pub(crate) fn of(action: Action) -> Self {
        match action {
            Action::Retry => Self::Platform,
            Action::RefreshToken | Action::FixConfig => Self::Developer,
            Action::LoginAgain | Action::AskAgain | Action::EnterManually => Self::User,
            Action::None => Self::Nobody,
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "user" => Some(Self::User),
            "developer" => Some(Self::Developer),
            "platform" => Some(Self::Platform),
            "nobody" => Some(Self::Nobody),
            _ => None,
        }
    }
}

/// What a platform's answer says. Its texts hold nothing of the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// The platform it was explained as an answer of.
    pub platform: Platform,
    /// Whether it is an error at all.
    pub error: bool,
    /// The platform's code.
    pub code: Option<String>,
    /// Alipay's second code.
    pub sub_code: Option<String>,
    /// Whether the catalog has the code.
    pub known: bool,
    /// What the code means, with the usual causes.
    pub meaning: Bilingual,
    /// What the code calls for.
    pub action: Action,
    /// Whether the server may send the same call again, by itself: after a pause, or with a new access token.
    pub retry: bool,
    /// Who can do something about it.
    pub turn: Turn,
    /// What to do.
    pub fix: Bilingual,
    /// The platform's request id.
    pub rid: Option<String>,
    /// Where the meaning is from.
    pub source: Option<String>,
}

/// Says what an answer of a platform's servers means. `answer` is its text, or an object as [`Input::Json`]; the message
/// of an error that was made of one, such as `errCode: 40029 | errMsg: …`; or the code alone.
pub fn explain(platform: Platform, answer: &Input) -> Explanation {
    let text = answer.text_or_json("answer").unwrap_or_default().trim();
    let Some(success) = catalog::success(platform) else { return without_catalog(platform, text) };
    match read(platform, text).map_or(Seen::Nothing, |answer| look(platform, &answer, MAX_WRAPPINGS)) {
        Seen::Refused(refusal) => refused(platform, refusal),
        Seen::Success => Explanation {
            error: false,
            code: Some(success),
            known: true,
            turn: Turn::Nobody,
            ..blank(
                platform,
                Action::None,
                Bilingual::new("Success: this answer is no error.", "成功：该回包不是错误。"),
                Bilingual::new("Nothing is to be done.", "无需处理。"),
            )
        },
        Seen::Nothing => nothing(platform),
    }
}

/// What an answer turned out to be.
enum Seen {
    Refused(Refusal),
    Success,
    /// Not an answer of this platform.
    Nothing,
}

struct Refusal {
    code: String,
    sub_code: Option<String>,
    action: Action,
    rid: Option<String>,
}

fn look(platform: Platform, answer: &Json, wrappings: u8) -> Seen {
    let Json::Object(members) = answer else { return Seen::Nothing };
    let Some(deeper) = wrappings.checked_sub(1) else { return Seen::Nothing };
    if is_event(answer) {
        // The button tells its error in `errno`, whose numbers are in the catalog as well.
        return match answer.get("errno").and_then(Json::to_text) {
            Some(errno) if errno != "0" => look(platform, &answer_of(&errno, None, ""), deeper),
            _ => Seen::Nothing,
        };
    }
    let inner = members.iter().map(|(name, inner)| unwrap(platform, name, inner, deeper));
    let mut inner: Vec<_> = inner.filter(|seen| !matches!(seen, Seen::Nothing)).collect();
    match platform::refuse_error(platform, answer) {
        // An error of the client that fetched the answer has a code of its own; the platform's comes first.
        _ if inner.iter().any(|seen| matches!(seen, Seen::Refused(_))) => {
            inner.retain(|seen| matches!(seen, Seen::Refused(_)));
            inner.swap_remove(0)
        }
        Err(Error::Platform { code, action, rid }) => {
            Seen::Refused(Refusal { code, sub_code: platform::sub_code(platform, answer), action, rid })
        }
        Err(_) => inner.pop().unwrap_or(Seen::Nothing),
        // An error that was made JSON has no members, a sealed payload nothing that is one.
        Ok(()) if members.is_empty() || is_sealed(answer) => Seen::Nothing,
        Ok(()) => Seen::Success,
    }
}

/// Looks into a member that wraps an answer, or is a list of them.
fn unwrap(platform: Platform, name: &str, inner: &Json, wrappings: u8) -> Seen {
    let wraps = WRAPPINGS.contains(&name) || name.ends_with("_response");
    match inner {
        Json::Object(_) if wraps => look(platform, inner, wrappings),
        Json::Text(text) if wraps => {
            Json::object(text).map_or(Seen::Nothing, |inner| look(platform, &inner, wrappings))
        }
        // An `Error` that somebody took apart.
        Json::Text(text) if name == "message" => {
            read(platform, text).map_or(Seen::Nothing, |inner| look(platform, &inner, wrappings))
        }
        // One good item is enough.
        Json::List(items) if LISTS.contains(&name) => {
            let mut looks = items.iter().map(|item| look(platform, item, wrappings));
            match looks.next() {
                Some(Seen::Refused(first)) if looks.all(|seen| matches!(seen, Seen::Refused(_))) => {
                    Seen::Refused(first)
                }
                _ => Seen::Nothing,
            }
        }
        _ => Seen::Nothing,
    }
}

/// Whether it is what the button's event gave, which is no answer of a server: its `code` is not an error's.
fn is_event(answer: &Json) -> bool {
    answer.any(&["errMsg"]).is_some() && answer.any(&["errCode", "errcode"]).is_none()
}

/// Whether it is ciphertext with what belongs to it.
fn is_sealed(answer: &Json) -> bool {
    let is_text = |name| matches!(answer.get(name), Some(Json::Text(_)));
    is_text("encryptedData") || is_text("response")
}

/// The answer in a text: the text itself, one within a message, or one made of a code that is all there is.
fn read(platform: Platform, text: &str) -> Option<Json> {
    if let Ok(answer) = Json::object(text) {
        return Some(answer);
    }
    if is_likely_code(platform, text) {
        return Some(answer_of(text, None, ""));
    }
    if text.starts_with('<') {
        return None;
    }
    let embedded = text.find('{').zip(text.rfind('}')).and_then(|(start, end)| text.get(start..=end));
    if let Some(answer) = embedded.and_then(|json| Json::object(json).ok()) {
        return Some(answer);
    }
    if let Some(code) = code_in(platform, text, &CODE_NAMES) {
        return Some(answer_of(code, code_in(platform, text, &["sub_code", "subCode"]), text));
    }
    // What WeChat's sample for JavaScript throws, whether the key is wrong or the app id.
    let is_sample = platform == Platform::Wechat && text.to_ascii_lowercase().contains("illegal buffer");
    is_sample.then(|| answer_of("-41003", None, ""))
}

/// An answer with this code, by all its names: the platform's own file takes the one it knows.
fn answer_of(code: &str, sub_code: Option<&str>, message: &str) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let mut members: Vec<_> = CODE_NAMES.iter().map(|name| ((*name).to_owned(), text(code))).collect();
    members.push(("errmsg".to_owned(), text(message)));
    members.extend(sub_code.map(|code| ("sub_code".to_owned(), text(code))));
    Json::Object(members)
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

/// Whether a text that stands alone is a code. Phone numbers have more digits, and keys and one-time codes more letters,
/// than any code has; words are codes only where the catalog has them.
fn is_likely_code(platform: Platform, text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number || is_code(text) && catalog::entry(platform, text).is_some()
}

/// Whether an answer's code may be shown. One with more digits is a number, a key or a one-time code in the wrong place.
fn is_code(text: &str) -> bool {
    is_id(text) && text.bytes().filter(u8::is_ascii_digit).count() <= 10
}

/// Whether an answer's request id may be shown.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(is_code_char)
}

fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn refused(platform: Platform, refusal: Refusal) -> Explanation {
    let Refusal { code, sub_code, action, rid } = refusal;
    let [code, sub_code] = [Some(code), sub_code].map(|code| code.filter(|code| is_code(code)));
    let entry = [&sub_code, &code].into_iter().flatten().find_map(|code| catalog::entry(platform, code));
    let explained = match entry {
        Some(entry) => Explanation {
            known: true,
            // Of an unknown sub code only the code is explained; then the action is not the code's.
            turn: if entry.action == action { entry.turn } else { Turn::of(action) },
            source: Some(entry.source),
            ..blank(platform, action, entry.meaning, entry.fix)
        },
        None => blank(
            platform,
            action,
            Bilingual::new("mp-phone does not know this code.", "mp-phone 不认识这个错误码。"),
            Bilingual::new(
                "Look it up in the platform's documentation. Keep the request id (rid), which the platform's support asks for.",
                "请在平台文档中查询该错误码，并保留请求 ID（rid），以便向平台反馈。",
            ),
        ),
    };
    Explanation { code, sub_code, rid: rid.filter(|rid| is_id(rid)), ..explained }
}

fn nothing(platform: Platform) -> Explanation {
    let name = platform.name();
    let meaning = Bilingual::new(
        format!("This is not an answer of {name}: no JSON object of its servers, no message with a code, and no code."),
        format!("这不是 {name} 的回包：既不是其服务器的 JSON 对象，也不是带错误码的报错信息或错误码。"),
    );
    let fix = Bilingual::new(
        "Pass the text or object that the server got, the error's message, or the code. HTML comes from a proxy: check URL and network. What the button gave is for diagnose.",
        "请传入服务端收到的回包文本或对象、报错信息，或错误码。若是 HTML 页面，说明请求被代理或网关拦截，请检查 URL 与网络。按钮回调的数据请用 diagnose。",
    );
    blank(platform, Action::FixConfig, meaning, fix)
}

fn without_catalog(platform: Platform, text: &str) -> Explanation {
    let answer = read(platform, text);
    let code = answer.as_ref().and_then(|answer| answer.any(&CODE_NAMES)).and_then(Json::to_text);
    let name = platform.name();
    let meaning = Bilingual::new(
        format!("mp-phone does not know the answers of {name}, nor whether this one is an error."),
        format!("mp-phone 不了解 {name} 的回包，也无法判断它是否为错误。"),
    );
    let fix = Bilingual::new("Look it up in the platform's documentation.", "请查阅平台文档。");
    Explanation { code: code.filter(|code| is_code(code)), ..blank(platform, Action::FixConfig, meaning, fix) }
}

/// An error of which no more is known.
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
        turn: Turn::of(action),
        fix,
        rid: None,
        source: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: fn(&str) -> Input = |text| text.into();
    const JSON: fn(&str) -> Input = |text| Input::Json(text.to_owned().into());

    /// Answers as the platforms' servers give them → code, sub code, action, turn, request id.
    type Case = (Platform, &'static str, &'static str, Option<&'static str>, Action, Turn, Option<&'static str>);

    const ERRORS: &[Case] = &[
        (
            Platform::Wechat,
            r#"{"errcode":40029,"errmsg":"invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}"#,
            "40029",
            None,
            Action::AskAgain,
            Turn::User,
            Some("65a1b2c3-0d4e5f60-7a8b9c0d"),
        ),
        (
            Platform::Wechat,
            r#"{"errCode":-604101,"errMsg":"openapi.phonenumber.getPhoneNumber:fail system error: error code: -604101"}"#,
            "-604101",
            None,
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Wechat,
            r#"{"errcode":"-1","errmsg":"system error"}"#,
            "-1",
            None,
            Action::Retry,
            Turn::Platform,
            None,
        ),
        (Platform::Wechat, r#"{"errcode":42001}"#, "42001", None, Action::RefreshToken, Turn::Developer, None),
        (
            Platform::Wechat,
            r#"{"cloudID":"28_AAAA","errCode":-601006,"errMsg":"cloudID expired."}"#,
            "-601006",
            None,
            Action::AskAgain,
            Turn::User,
            None,
        ),
        (
            Platform::Wechat,
            r#"{"data_list":[{"cloud_id":"28_A","json":"{\"cloudID\":\"28_A\",\"errCode\":-601007}"}]}"#,
            "-601007",
            None,
            Action::AskAgain,
            Turn::User,
            None,
        ),
        (
            Platform::Alipay,
            r#"{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid"},"sign":"x"}"#,
            "40002",
            Some("isv.code-invalid"),
            Action::LoginAgain,
            Turn::User,
            None,
        ),
        (
            Platform::Alipay,
            r#"{"response":{"code":"40001","msg":"Missing Required Arguments","subCode":"isv.missing-encrypt-key"}}"#,
            "40001",
            Some("isv.missing-encrypt-key"),
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Alipay,
            r#"{"response":"{\"code\":\"40003\",\"subCode\":\"isv.invalid-auth-relations\"}"}"#,
            "40003",
            Some("isv.invalid-auth-relations"),
            Action::AskAgain,
            Turn::User,
            None,
        ),
        (
            Platform::Alipay,
            r#"{"alipay_system_oauth_token_response":{"code":"20000","sub_code":"isp.unknow-error"},"sign":"x"}"#,
            "20000",
            Some("isp.unknow-error"),
            Action::Retry,
            Turn::Platform,
            None,
        ),
        // The action is the sub code's, which is unknown; what is explained is the code.
        (
            Platform::Alipay,
            r#"{"code":"40003","subCode":"isv.something-new"}"#,
            "40003",
            Some("isv.something-new"),
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Baidu,
            r#"{"errno":110,"errmsg":"Access token invalid or no longer valid","request_id":"2233445566"}"#,
            "110",
            None,
            Action::RefreshToken,
            Turn::Developer,
            Some("2233445566"),
        ),
        (
            Platform::Baidu,
            r#"{"error":"invalid_client","error_description":"unknown client id"}"#,
            "invalid_client",
            None,
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Douyin,
            r#"{"err_no":28001008,"err_msg":"…","log_id":"202411041623266C50BC902DF30E6C1831","data":""}"#,
            "28001008",
            None,
            Action::RefreshToken,
            Turn::Developer,
            Some("202411041623266C50BC902DF30E6C1831"),
        ),
        (
            Platform::Douyin,
            r#"{"data":{"error_code":10013,"description":"…"},"extra":{"logid":"L2"},"message":"error"}"#,
            "10013",
            None,
            Action::FixConfig,
            Turn::Developer,
            Some("L2"),
        ),
        // Nobody taps more quota into being.
        (Platform::Douyin, r#"{"err_no":28003017}"#, "28003017", None, Action::EnterManually, Turn::Developer, None),
        (
            Platform::Kuaishou,
            r#"{"result":100200101,"error_msg":"…"}"#,
            "100200101",
            None,
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Xiaohongshu,
            r#"{"data":null,"success":false,"msg":"应用访问令牌不匹配","code":410101}"#,
            "410101",
            None,
            Action::RefreshToken,
            Turn::Developer,
            None,
        ),
        (Platform::Xiaohongshu, r#"{"success":false}"#, "false", None, Action::FixConfig, Turn::Developer, None),
        (
            Platform::Wecom,
            r#"{"errcode":40029,"errmsg":"invalid code, hint: [1714093193562581262642246]"}"#,
            "40029",
            None,
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Huawei,
            r#"{"NSP_STATUS":"6","error":"session timeout"}"#,
            "6",
            None,
            Action::RefreshToken,
            Turn::Developer,
            None,
        ),
        (
            Platform::Huawei,
            r#"{"resultCode":60180008,"resultDesc":"…"}"#,
            "60180008",
            None,
            Action::EnterManually,
            Turn::User,
            None,
        ),
        (
            Platform::Huawei,
            r#"{"error":1101,"sub_error":20155,"error_description":"…"}"#,
            "1101",
            None,
            Action::FixConfig,
            Turn::Developer,
            None,
        ),
        (
            Platform::Dingtalk,
            r#"{"code":"InvalidAuthentication","requestid":"30EE8654-1AA2-7D88","message":"不合法的access_token"}"#,
            "InvalidAuthentication",
            None,
            Action::FixConfig,
            Turn::Developer,
            Some("30EE8654-1AA2-7D88"),
        ),
        (
            Platform::Feishu,
            r#"{"code":99991672,"msg":"Access denied.","error":{"log_id":"2023072116182"}}"#,
            "99991672",
            None,
            Action::FixConfig,
            Turn::Developer,
            Some("2023072116182"),
        ),
        (
            Platform::Feishu,
            r#"{"code":20003,"error":"invalid_grant","error_description":"…"}"#,
            "20003",
            None,
            Action::LoginAgain,
            Turn::User,
            None,
        ),
    ];

    #[test]
    fn every_platforms_error_is_explained() {
        for &(platform, answer, code, sub_code, action, turn, rid) in ERRORS {
            for form in [TEXT, JSON] {
                let explained = explain(platform, &form(answer));
                assert!(explained.error && explained.known, "{answer}");
                assert_eq!(explained.platform, platform);
                assert_eq!(explained.code.as_deref(), Some(code), "{answer}");
                assert_eq!(explained.sub_code.as_deref(), sub_code, "{answer}");
                assert_eq!((explained.action, explained.turn), (action, turn), "{answer}");
                assert_eq!(explained.retry, [Action::Retry, Action::RefreshToken].contains(&action), "{answer}");
                assert_eq!(explained.rid.as_deref(), rid, "{answer}");
                assert!(explained.source.is_some(), "{answer}");
            }
        }
    }

    #[test]
    fn it_agrees_with_what_the_host_goes_by() {
        for (platform, answer, ..) in ERRORS {
            let explained = explain(*platform, &TEXT(answer));
            match crate::check_answer(*platform, &TEXT(answer)) {
                Err(Error::Platform { code, action, rid }) => {
                    assert_eq!(
                        (explained.code, explained.action, explained.rid),
                        (Some(code), action, rid),
                        "{answer}"
                    );
                }
                // The host unwraps these itself.
                checked => assert!(
                    checked.is_ok()
                        && WRAPPINGS.iter().chain(&LISTS).chain(&["_response"]).any(|name| answer.contains(name))
                ),
            }
        }
    }

    #[test]
    fn the_most_useful_one_reads_as_it_should() {
        let explained = explain(Platform::Wechat, &TEXT(r#"{"errcode":40029}"#));
        assert!(
            explained.meaning.en.contains("expired (5 min), used already, a wx.login code, made by another app id")
        );
        assert!(explained.meaning.zh.contains("已过期（5 分钟）"));
        assert!(explained.source.unwrap().contains("api_getphonenumber"));
    }

    #[test]
    fn a_code_may_come_alone_in_a_message_or_wrapped() {
        let rid = "65a1b2c3-0d4e5f60-7a8b9c0d";
        for (platform, answer, code) in [
            (Platform::Wechat, "40029".to_owned(), "40029"),
            (Platform::Wechat, " -601006\n".to_owned(), "-601006"),
            (Platform::Wechat, "errcode=40029".to_owned(), "40029"),
            (Platform::Wechat, "\"errcode\" : \"40029\"".to_owned(), "40029"),
            (
                Platform::Wechat,
                format!(
                    "errCode: 40029 | errMsg: openapi.phonenumber.getPhoneNumber:fail invalid code hint: [a] rid: {rid}"
                ),
                "40029",
            ),
            (Platform::Wechat, "Error: errCode: -604101 | errMsg: openapi.…:fail system error".to_owned(), "-604101"),
            (
                Platform::Wechat,
                format!("WxErrorException: 错误代码 {{\"errcode\":40163,\"errmsg\":\"rid: {rid}\"}}!"),
                "40163",
            ),
            (Platform::Wechat, "Error: Illegal Buffer".to_owned(), "-41003"),
            (Platform::Wechat, r#"{"message":"errCode: 40029 | errMsg: fail","stack":"at x"}"#.to_owned(), "40029"),
            (
                Platform::Wechat,
                r#"{"code":"ERR_BAD_REQUEST","response":{"status":200,"data":{"errcode":45011}}}"#.to_owned(),
                "45011",
            ),
            (Platform::Wechat, r#"{"errMsg":"getPhoneNumber:fail privacy","errno":104}"#.to_owned(), "104"),
            (Platform::Kuaishou, r#"{"status":200,"data":{"result":100200101}}"#.to_owned(), "100200101"),
            (
                Platform::Dingtalk,
                r#"{"code":"ERR_BAD_REQUEST","response":{"data":{"code":"InvalidAuthentication"}}}"#.to_owned(),
                "InvalidAuthentication",
            ),
            (Platform::Alipay, "isv.code-invalid".to_owned(), "isv.code-invalid"),
            (Platform::Alipay, "code=40002, sub_code=isv.code-invalid".to_owned(), "40002"),
            (Platform::Baidu, "invalid_grant".to_owned(), "invalid_grant"),
            (Platform::Douyin, "err_no: 40018.".to_owned(), "40018"),
            (Platform::Huawei, "60180004".to_owned(), "60180004"),
            (Platform::Huawei, "NSP_STATUS: 6".to_owned(), "6"),
            (Platform::Feishu, "code: 99991663, msg: invalid".to_owned(), "99991663"),
        ] {
            let explained = explain(platform, &TEXT(&answer));
            assert!(explained.error && explained.known, "{answer}");
            assert_eq!(explained.code.as_deref(), Some(code), "{answer}");
            assert_eq!(explained.rid.as_deref(), answer.contains(rid).then_some(rid), "{answer}");
            assert_eq!(explained.sub_code.is_some(), answer.contains("sub_code"), "{answer}");
        }
    }

    #[test]
    fn success_is_told_as_such() {
        for (platform, answer, code) in [
            (Platform::Wechat, r#"{"openid":"o","session_key":"k"}"#, "0"),
            (Platform::Wechat, r#"{"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"13800138000"}}"#, "0"),
            (Platform::Wechat, r#"{"list":[{"errCode":-601006},{"cloudID":"28_A","data":{}}]}"#, "0"),
            (Platform::Wechat, "0", "0"),
            (Platform::Alipay, r#"{"alipay_system_oauth_token_response":{"user_id":"2088"},"sign":"x"}"#, "10000"),
            (Platform::Alipay, r#"{"code":"10000","msg":"Success","mobile":"13800138000"}"#, "10000"),
            (Platform::Baidu, r#"{"errno":0,"data":{"open_id":"o"}}"#, "0"),
            (Platform::Douyin, r#"{"data":{"access_token":"clt.","error_code":0},"message":"success"}"#, "0"),
            (Platform::Kuaishou, r#"{"result":1,"open_id":"o"}"#, "1"),
            (Platform::Kuaishou, "1", "1"),
            (Platform::Kuaishou, r#"{"status":200,"data":{"result":1}}"#, "1"),
            (Platform::Xiaohongshu, r#"{"success":true,"code":0,"data":{"openid":"o"}}"#, "0"),
            (Platform::Wecom, r#"{"errcode":0,"userid":"u"}"#, "0"),
            (Platform::Huawei, r#"{"resultCode":"0","openId":"o"}"#, "0"),
            (Platform::Dingtalk, r#"{"accessToken":"t"}"#, "0"),
            (Platform::Feishu, r#"{"code":0,"data":{"mobile":"+8613800138000"}}"#, "0"),
        ] {
            let explained = explain(platform, &TEXT(answer));
            assert_eq!((explained.error, explained.code.as_deref()), (false, Some(code)), "{answer}");
            assert_eq!((explained.action, explained.turn), (Action::None, Turn::Nobody), "{answer}");
            assert!(explained.known && !explained.retry && explained.rid.is_none() && explained.source.is_none());
        }
    }

    #[test]
    fn an_unknown_code_is_said_to_be_unknown() {
        for (platform, answer, code) in [
            (Platform::Wechat, r#"{"errcode":99999,"errmsg":"x rid: 65a1b2c3"}"#, Some("99999")),
            (Platform::Wechat, "99999 ", Some("99999")),
            (
                Platform::Dingtalk,
                r#"{"code":"Forbidden.AccessDenied","requestid":"R"}"#,
                Some("Forbidden.AccessDenied"),
            ),
            // What is no code is not repeated: a text, a number, a one-time code.
            (Platform::Huawei, r#"{"NSP_STATUS":"no such <b>code</b>"}"#, None),
            (Platform::Feishu, r#"{"code":"13800138000"}"#, None),
            (
                Platform::Dingtalk,
                r#"{"code":"6f1c2e9a0b7d4f3e8c5a1d2b3f4e5a6c6f1c2e9a0b7d4f3e8c5a1d2b3f4e5a6c"}"#,
                None,
            ),
        ] {
            let explained = explain(platform, &TEXT(answer));
            assert_eq!(explained.code.as_deref(), code, "{answer}");
            assert!(explained.error && !explained.known && explained.source.is_none(), "{answer}");
            assert_eq!((explained.action, explained.turn), (Action::FixConfig, Turn::Developer), "{answer}");
            assert_eq!(explained.meaning.en, "mp-phone does not know this code.");
        }
    }

    #[test]
    fn what_is_no_answer_is_said_to_be_none() {
        let long = "x".repeat(100_000);
        for (platform, answer) in [
            (Platform::Wechat, TEXT("<html><body>502 code: 40029</body></html>")),
            (Platform::Wechat, TEXT("")),
            (Platform::Wechat, TEXT("  ")),
            (Platform::Wechat, TEXT("[]")),
            (Platform::Wechat, TEXT("{}")),
            (Platform::Wechat, TEXT("Request failed with status code 502")),
            (Platform::Wechat, TEXT("13800138000")),
            (Platform::Wechat, TEXT("barcode: 12")),
            (Platform::Wechat, TEXT(r#"{"errcode":true}"#)),
            (Platform::Wechat, TEXT(&long)),
            (Platform::Wechat, Input::TooLong),
            (Platform::Wechat, Input::Absent),
            (Platform::Wechat, Input::Wrong),
            (Platform::Wechat, vec![1_u8, 2].into()),
            (Platform::Kuaishou, TEXT("{}")),
            (Platform::Kuaishou, TEXT(r#"{"error_msg":"x"}"#)),
            // What the button gave: neither success nor, its code, an error.
            (Platform::Wechat, TEXT(r#"{"errMsg":"getPhoneNumber:ok","code":"e31968a7f94cc5ee25fafc2aef2773f0"}"#)),
            (Platform::Huawei, TEXT(r#"{"errMsg":"getPhoneNumber:ok","code":"DQB6e3x9"}"#)),
            (Platform::Dingtalk, TEXT(r#"{"errMsg":"getPhoneNumber:fail user deny","code":"abc"}"#)),
            (Platform::Baidu, TEXT(r#"{"encryptedData":"AAAA","iv":"AAAA"}"#)),
            (Platform::Alipay, TEXT(r#"{"response":"hvDOsOkA8L4DzGQx7TQ==","sign":"x"}"#)),
        ] {
            let explained = explain(platform, &answer);
            assert!(explained.error && !explained.known && !explained.retry, "{explained:?}");
            assert_eq!((explained.code, explained.rid, explained.source), (None, None, None));
            assert_eq!((explained.action, explained.turn), (Action::FixConfig, Turn::Developer));
            assert!(explained.meaning.en.starts_with(&format!("This is not an answer of {}:", platform.name())));
        }
    }

    #[test]
    fn a_platform_without_a_catalog_is_a_readable_unknown() {
        for (platform, answer, code) in [
            (Platform::Qq, r#"{"errcode":40029}"#, Some("40029")),
            (Platform::Qq, "40029", Some("40029")),
            (Platform::Jd, "<html>", None),
            (Platform::Unionpay, r#"{"resp":"00","params":{}}"#, Some("00")),
        ] {
            let explained = explain(platform, &TEXT(answer));
            assert_eq!(explained.code.as_deref(), code, "{answer}");
            assert!(explained.error && !explained.known && explained.meaning.en.contains(platform.name()), "{answer}");
        }
    }

    #[test]
    fn no_text_holds_anything_of_the_answer() {
        const SECRET: &str = "SECRET-SENTINEL";
        for platform in [
            "wechat",
            "alipay",
            "baidu",
            "douyin",
            "kuaishou",
            "xiaohongshu",
            "wecom",
            "huawei",
            "dingtalk",
            "feishu",
            "qq",
        ] {
            let platform = Platform::from_name(platform).unwrap();
            for answer in [
                format!(
                    r#"{{"errcode":40029,"errmsg":"{SECRET} rid: 65a1","errno":1,"err_no":1,"result":2,"code":"1","resultCode":1,"access_token":"{SECRET}","log_id":"{SECRET} {SECRET}","request_id":"<{SECRET}>","requestid":"{SECRET}!","sub_code":"{SECRET}!"}}"#
                ),
                format!("errCode: 40029 | {SECRET}"),
                format!("errCode: {SECRET}"),
                SECRET.to_owned(),
                format!("<html>{SECRET}"),
                format!(r#"{{"code":"{SECRET} {SECRET}","errcode":"{SECRET}!","result":"{SECRET}!"}}"#),
            ] {
                let told = serde_json::to_string(&explain(platform, &TEXT(&answer))).unwrap();
                assert!(!told.contains(SECRET), "{platform:?} {answer}: {told}");
            }
        }
    }

    #[test]
    fn it_has_the_shape_of_the_contract() {
        let told = serde_json::to_value(explain(Platform::Wechat, &TEXT("45011"))).unwrap();
        let mut names: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "action", "code", "error", "fix", "known", "meaning", "platform", "retry", "rid", "source", "subCode",
                "turn"
            ]
        );
        assert_eq!(
            (&told["platform"], &told["action"], &told["turn"]),
            (&"wechat".into(), &"retry".into(), &"platform".into())
        );
        assert!(told["subCode"].is_null() && told["rid"].is_null() && told["meaning"]["zh"].is_string());
    }
}
