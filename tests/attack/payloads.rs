//! The payloads that a platform seals for the attacker under one session key: phone payloads, user info with texts of
//! the attacker's choice, and other data.

use mp_phone::Platform;

pub(crate) const NOW: i64 = 1_700_000_000;

/// The number of another person.
pub(crate) const VICTIM: &str = "13912345678";

pub(crate) const WECHAT_APP: &str = "wx0123456789abcdef";
pub(crate) const CORP: &str = "ww0123456789abcdef";
pub(crate) const APP_KEY: &str = "SyntheticAppKey0123456789abcdefg";

/// A plaintext that a platform seals.
pub(crate) struct Plain {
    pub(crate) text: String,
    /// The number and the time in the payload.
    pub(crate) phone: Option<(&'static str, Option<i64>)>,
}

/// The id of the app in a platform's payloads.
pub(crate) fn app(platform: Platform) -> &'static str {
    match platform {
        Platform::Wechat => WECHAT_APP,
        Platform::Douyin => "tt0123456789abcdef12",
        Platform::Baidu => APP_KEY,
        Platform::Kuaishou => "ks650000000000000001",
        Platform::Xiaohongshu => "650000000000000000000001",
        Platform::Wecom => CORP,
        other => panic!("no app of {other:?}"),
    }
}

fn watermark(platform: Platform, time: i64) -> String {
    let app = app(platform);
    match platform {
        Platform::Douyin => format!(r#""watermark":{{"appid":"{app}","timestamp":{time}}}"#),
        _ => format!(r#""watermark":{{"timestamp":{time},"appid":"{app}"}}"#),
    }
}

const MAINLAND: [(&str, &str); 2] = [("13800138000", "+8613800138000"), ("15112345678", "+8615112345678")];

/// The members of WeCom's phone payload. The length of the user id shifts the number relative to the blocks.
fn wecom_members() -> Vec<[String; 3]> {
    let members = |length: usize| {
        let (user, (number, _)) = ("u".repeat(length), MAINLAND[length % 2]);
        [format!(r#""corpid":"{CORP}""#), format!(r#""userid":"{user}""#), format!(r#""mobile":"{number}""#)]
    };
    (1..=40).map(members).collect()
}

/// Payloads with the attacker's own numbers: an attacker may have several, also foreign numbers.
pub(crate) fn phones(platform: Platform) -> Vec<Plain> {
    match platform {
        Platform::Baidu => (MAINLAND.into_iter())
            .map(|(number, e164)| Plain { text: format!(r#"{{"mobile":"{number}"}}"#), phone: Some((e164, None)) })
            .collect(),
        Platform::Wecom => (wecom_members().into_iter().enumerate())
            .flat_map(|(at, [corp, user, mobile])| {
                let texts = [format!("{{{corp},{user},{mobile}}}"), format!("{{{user},{corp},{mobile}}}")];
                texts.map(|text| Plain { text, phone: Some((MAINLAND[(at + 1) % 2].1, None)) })
            })
            .collect(),
        _ => {
            let has_mark = platform != Platform::Xiaohongshu;
            let mut plains = Vec::new();
            for time in [NOW, NOW - 100] {
                let mark = if has_mark { format!(",{}", watermark(platform, time)) } else { String::new() };
                for (dialled, pure, country, e164) in [
                    ("13800138000", "13800138000", "86", "+8613800138000"),
                    ("15112345678", "15112345678", "86", "+8615112345678"),
                    ("+8615112345678", "15112345678", "86", "+8615112345678"),
                    ("+85251234567", "51234567", "852", "+85251234567"),
                    ("85251234567", "51234567", "852", "+85251234567"),
                    // With a number of these lengths a block begins within the digits of `purePhoneNumber`.
                    ("91234567", "91234567", "852", "+85291234567"),
                    ("1511234567", "1511234567", "49", "+491511234567"),
                    ("7700900123", "7700900123", "44", "+447700900123"),
                    ("6591234567", "91234567", "65", "+6591234567"),
                    ("+474123456", "4123456", "47", "+474123456"),
                    ("+298212345", "212345", "298", "+298212345"),
                ] {
                    let text = format!(
                        r#"{{"phoneNumber":"{dialled}","purePhoneNumber":"{pure}","countryCode":"{country}"{mark}}}"#
                    );
                    plains.push(Plain { text, phone: Some((e164, has_mark.then_some(time))) });
                }
            }
            plains
        }
    }
}

/// How a platform's JSON library writes a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    /// Only the escapes that JSON requires.
    Plain,
    /// PHP with `JSON_UNESCAPED_UNICODE`: slashes are escaped.
    Slashes,
    /// PHP's default: slashes and all characters outside ASCII are escaped.
    Ascii,
}

fn literal(text: &str, writer: Writer) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '/' if writer != Writer::Plain => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || !c.is_ascii() && writer == Writer::Ascii => {
                let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                out.push_str(&units);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// Texts that the attacker chooses, each at all sixteen offsets within a block.
fn chosen_texts() -> Vec<String> {
    let blanks = " ".repeat(32);
    let themes = [
        // A number, other spellings of a number, and the end of a number whose beginning is in the previous block.
        VICTIM.to_owned(),
        format!("{VICTIM}abc"),
        format!("+86{VICTIM}"),
        format!("0086{VICTIM}"),
        "+4915112345678".to_owned(),
        "１３９１２３４５６７８".to_owned(),
        "3912345678".to_owned(),
        "2345678".to_owned(),
        "49".to_owned(),
        // Numbers without quotes. The quote that ends the user's text becomes the first quote of the next member's name.
        "3912345678,    ".to_owned(),
        "9,             ".to_owned(),
        "345678,        ".to_owned(),
        // Padding of up to 32 bytes is possible on some platforms: then 32 blanks (byte 32) are valid padding.
        blanks.clone(),
        format!("3912345678}}     {blanks}"),
        format!("{VICTIM}}}    {blanks}"),
        format!("345678}}         {blanks}"),
        // A frame of Baidu, from the second digit on.
        format!("912345678}}      {APP_KEY}{blanks}"),
        // A quote whose backslash is in the previous block.
        format!("\":{VICTIM},  "),
        format!("\":{VICTIM}}}   {blanks}"),
        "\":49,          ".to_owned(),
        format!("\"{VICTIM}"),
        // Members, whose quotes are escaped; backslashes; characters outside ASCII.
        format!("\",\"phoneNumber\":\"{VICTIM}\",\"purePhoneNumber\":\"{VICTIM}\",\"countryCode\":\"86\",\"x\":\""),
        format!("\",\"mobile\":\"{VICTIM}"),
        "\\".repeat(16),
        format!("手机号{VICTIM}好😀"),
        format!("\t\n\u{1}{VICTIM}\u{7f}/"),
    ];
    let at_every_place = |theme: &String| (0..16).map(|filler| "x".repeat(filler) + theme).collect::<Vec<_>>();
    themes.iter().flat_map(at_every_place).collect()
}

/// The members of user info, as documented or observed, and the name of the member that the user chooses.
fn user_info(platform: Platform) -> (Vec<(&'static str, &'static str)>, &'static str) {
    let wechat = vec![
        ("openId", "\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\""),
        ("nickName", ""),
        ("gender", "0"),
        ("language", "\"zh_CN\""),
        ("city", "\"\""),
        ("province", "\"\""),
        ("country", "\"\""),
        ("avatarUrl", "AVATAR"),
    ];
    match platform {
        Platform::Wechat | Platform::Douyin => (wechat, "nickName"),
        Platform::Baidu => (
            vec![("openid", "\"open-id-of-attacker\""), ("nickname", ""), ("headimgurl", "AVATAR"), ("sex", "0")],
            "nickname",
        ),
        Platform::Kuaishou => (
            vec![("openId", "\"ox0123456789\""), ("userName", ""), ("headUrl", "AVATAR"), ("gender", "\"M\"")],
            "userName",
        ),
        Platform::Xiaohongshu => {
            (vec![("nickname", ""), ("avatar", "AVATAR"), ("openId", "\"ox0123456789\"")], "nickname")
        }
        Platform::Wecom => {
            (vec![("corpid", "CORP"), ("userid", "\"user\""), ("name", ""), ("gender", "\"1\"")], "name")
        }
        other => panic!("no user info of {other:?}"),
    }
}

/// The order of the members of user info.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The known order.
    Known,
    /// The user's text after all other members, which was not observed on any platform.
    TextLast,
    /// The user's text before all other members.
    TextFirst,
}

/// User info with each of the attacker's texts.
pub(crate) fn user_infos(platform: Platform, order: Order) -> Vec<Plain> {
    let writers: &[Writer] =
        if order == Order::Known { &[Writer::Plain, Writer::Slashes, Writer::Ascii] } else { &[Writer::Plain] };
    let mut plains = Vec::new();
    for text in chosen_texts() {
        for writer in writers {
            let (members, own) = user_info(platform);
            let avatar = literal("https://thirdwx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTK/132", *writer);
            let mut members: Vec<String> = (members.into_iter())
                .map(|(name, value)| match value {
                    "" => format!("\"{name}\":{}", literal(&text, *writer)),
                    "AVATAR" => format!("\"{name}\":{avatar}"),
                    "CORP" => format!("\"{name}\":\"{CORP}\""),
                    value => format!("\"{name}\":{value}"),
                })
                .collect();
            if matches!(platform, Platform::Wechat | Platform::Douyin | Platform::Kuaishou) {
                members.push(watermark(platform, NOW));
            }
            let at = members.iter().position(|member| member.starts_with(&format!("\"{own}\""))).unwrap();
            let text = members.remove(at);
            let at = match order {
                Order::Known => at,
                Order::TextLast => members.len(),
                Order::TextFirst => 0,
            };
            members.insert(at, text);
            plains.push(Plain { text: format!("{{{}}}", members.join(",")), phone: None });
        }
    }
    plains
}

/// Payloads without a text of the user's choice.
pub(crate) fn others(platform: Platform) -> Vec<Plain> {
    if platform == Platform::Wecom {
        // The order of WeCom's members is not known. If the number came first, a changed iv could choose its first
        // digits.
        let texts = |[corp, user, mobile]: [String; 3]| {
            [format!("{{{mobile},{corp},{user}}}"), format!("{{{user},{mobile},{corp}}}")]
        };
        return wecom_members().into_iter().flat_map(texts).map(|text| Plain { text, phone: None }).collect();
    }
    let mark = match platform {
        Platform::Wechat | Platform::Douyin => watermark(platform, NOW),
        _ => return Vec::new(),
    };
    [
        r#""stepInfoList":[{"timestamp":1699920000,"step":13912},{"timestamp":1700006400,"step":34567}]"#,
        r#""openGId":"tGQUI0egBJY1zhBYw2KhdUfwVJJE""#,
        r#""opengid":"tGQUI0egBJY1zhBYw2KhdUfwVJJE","chat_type":3"#,
        r#""data":{"opengid":"tGQUI0egBJY1zhBYw2KhdUfwVJJE"}"#,
    ]
    .into_iter()
    .map(|members| Plain { text: format!("{{{members},{mark}}}"), phone: None })
    .collect()
}
