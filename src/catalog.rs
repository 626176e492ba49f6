//! What the platforms' error codes mean and call for. The codes are data, one file a platform, with their sources.

use crate::{Action, Bilingual, Platform, explain::Turn, json::Json};

/// What is known of a code.
pub(crate) struct Entry {
    pub(crate) action: Action,
    pub(crate) turn: Turn,
    pub(crate) meaning: Bilingual,
    pub(crate) fix: Bilingual,
    /// Where that is from.
    pub(crate) source: String,
}

/// The action for an error code. A code that is not in the catalog is one for the developer to look up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    entry(platform, code).map_or(Action::FixConfig, |entry| entry.action)
}

/// The entry of a code.
pub(crate) fn entry(platform: Platform, code: &str) -> Option<Entry> {
    let catalog = Json::object(text(platform)?).ok()?;
    let is_code = |listed: &Json<'_>| listed.to_text().as_deref() == Some(code);
    let has_code =
        |entry: &&Json<'_>| entry.get("codes").and_then(Json::items).is_some_and(|codes| codes.iter().any(is_code));
    let entry = catalog.get("codes")?.items()?.iter().find(has_code)?;
    read(entry, catalog.get("sources")?)
}

/// The code with which a platform tells success, of a platform that has a catalog.
pub(crate) fn success(platform: Platform) -> Option<String> {
    Some(Json::object(text(platform)?).ok()?.get("success")?.to_text()?.into_owned())
}

/// Only what deviates is written: the developer's actions are not, nor a turn that follows from the action.
fn read(entry: &Json<'_>, sources: &Json<'_>) -> Option<Entry> {
    let action = match entry.get("action") {
        Some(name) => Action::from_name(&name.to_text()?)?,
        None => Action::FixConfig,
    };
    let turn = match entry.get("turn") {
        Some(name) => Turn::from_name(&name.to_text()?)?,
        None => Turn::of(action),
    };
    let source = sources.get(&entry.get("source")?.to_text()?)?.to_text()?;
    Some(Entry { action, turn, meaning: texts(entry)?, fix: texts(entry.get("fix")?)?, source: source.into_owned() })
}

fn texts(of: &Json<'_>) -> Option<Bilingual> {
    Some(Bilingual::new(of.get("en")?.to_text()?, of.get("zh")?.to_text()?))
}

fn text(platform: Platform) -> Option<&'static str> {
    Some(match platform {
        Platform::Wechat => include_str!("catalog/wechat.json"),
        Platform::Alipay => include_str!("catalog/alipay.json"),
        Platform::Baidu => include_str!("catalog/baidu.json"),
        Platform::Douyin => include_str!("catalog/douyin.json"),
        Platform::Kuaishou => include_str!("catalog/kuaishou.json"),
        Platform::Xiaohongshu => include_str!("catalog/xiaohongshu.json"),
        Platform::Wecom => include_str!("catalog/wecom.json"),
        Platform::Huawei => include_str!("catalog/huawei.json"),
        Platform::Dingtalk => include_str!("catalog/dingtalk.json"),
        Platform::Feishu => include_str!("catalog/feishu.json"),
        Platform::Qq | Platform::Jd | Platform::Unionpay => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLATFORMS: [Platform; 10] = [
        Platform::Wechat,
        Platform::Alipay,
        Platform::Baidu,
        Platform::Douyin,
        Platform::Kuaishou,
        Platform::Xiaohongshu,
        Platform::Wecom,
        Platform::Huawei,
        Platform::Dingtalk,
        Platform::Feishu,
    ];

    fn catalog(platform: Platform) -> Json<'static> {
        Json::object(text(platform).unwrap()).unwrap()
    }

    fn codes(entry: &Json<'_>) -> Vec<String> {
        entry.get("codes").unwrap().items().unwrap().iter().map(|code| code.to_text().unwrap().into_owned()).collect()
    }

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_entry_is_complete() {
        for platform in PLATFORMS {
            let catalog = catalog(platform);
            let Some(Json::Object(_, sources)) = catalog.get("sources") else { panic!("{platform:?}") };
            let entries = catalog.get("codes").unwrap().items().unwrap();
            let (mut seen, mut used) = (Vec::new(), Vec::new());
            for entry in entries {
                let codes = codes(entry);
                assert!(!codes.is_empty(), "{platform:?} {entry:?}");
                let Some(Entry { action, meaning, fix, source, .. }) = read(entry, catalog.get("sources").unwrap())
                else {
                    panic!("{platform:?} {codes:?}")
                };
                for text in [&meaning.en, &fix.en] {
                    assert!((5..=140).contains(&text.len()) && !is_chinese(text), "{platform:?} {codes:?}: {text}");
                }
                for text in [&meaning.zh, &fix.zh] {
                    assert!(is_chinese(text) && text.chars().count() <= 100, "{platform:?} {codes:?}: {text}");
                }
                // Nothing deviates that need not be written.
                assert_ne!(entry.get("action").and_then(Json::to_text).as_deref(), Some("fix-config"), "{codes:?}");
                let turn = entry.get("turn").and_then(Json::to_text);
                assert!(turn.is_none_or(|turn| Turn::from_name(&turn) != Some(Turn::of(action))), "{codes:?}");
                let Json::Object(_, members) = entry else { panic!() };
                for (name, _) in members {
                    assert!(["codes", "action", "turn", "source", "en", "zh", "fix"].contains(&&**name), "{name}");
                }
                used.push(source);
                seen.extend(codes);
            }
            for (key, source) in sources {
                assert!(used.contains(&source.to_text().unwrap().into_owned()), "{platform:?}: nothing is from {key}");
            }
            let mut unique = seen.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), seen.len(), "{platform:?}: a code is listed twice");
        }
        for platform in [Platform::Qq, Platform::Jd, Platform::Unionpay] {
            assert!(text(platform).is_none() && success(platform).is_none());
        }
    }

    /// What the host relies on. The first list of a platform is older than the meanings, and must not change.
    #[test]
    fn every_code_calls_for_what_it_always_called_for() {
        let actions: &[(Platform, Action, &str)] = &[
            (Platform::Wechat, Action::Retry, "-1 45011 -501001"),
            (Platform::Wechat, Action::RefreshToken, "40001 40014 42001"),
            (Platform::Wechat, Action::AskAgain, "40029 -601005 -601006 -601007"),
            (Platform::Wechat, Action::LoginAgain, "40163 87009"),
            (Platform::Wechat, Action::EnterManually, "40226"),
            (Platform::Alipay, Action::Retry, "20000 aop.unknow-error"),
            (Platform::Alipay, Action::AskAgain, "40003 isv.invalid-auth-relations"),
            (Platform::Alipay, Action::LoginAgain, "isv.code-invalid isv.refresh-token-invalid"),
            (Platform::Baidu, Action::RefreshToken, "110 111"),
            (Platform::Douyin, Action::Retry, "-1 28001005 28001006 28003018"),
            (Platform::Douyin, Action::RefreshToken, "28001003 28001008"),
            (Platform::Douyin, Action::AskAgain, "28005187"),
            (Platform::Douyin, Action::LoginAgain, "40018 40019"),
            (Platform::Douyin, Action::EnterManually, "28003017"),
            (Platform::Xiaohongshu, Action::RefreshToken, "410101"),
            (Platform::Huawei, Action::Retry, "500 503 60010001"),
            (Platform::Huawei, Action::RefreshToken, "6"),
            (Platform::Huawei, Action::AskAgain, "60010012 60180004 60180005 60180006"),
            (Platform::Huawei, Action::EnterManually, "60180008 60180009"),
            (Platform::Feishu, Action::RefreshToken, "99991663 99991664"),
            (Platform::Feishu, Action::LoginAgain, "10213"),
            // Learnt with the meanings: until then the developer's.
            (Platform::Wechat, Action::Retry, "-501002 -601001 -601003 -601008 -604102 -604103"),
            (Platform::Wechat, Action::AskAgain, "103 104"),
            (Platform::Wechat, Action::LoginAgain, "-41003"),
            (Platform::Wechat, Action::EnterManually, "1400001 -601009"),
            (Platform::Alipay, Action::Retry, "isp.unknow-error"),
            (Platform::Alipay, Action::LoginAgain, "isv.refreshed-token-invalid"),
            (Platform::Baidu, Action::Retry, "10001 10002"),
            (Platform::Baidu, Action::AskAgain, "10003"),
            (Platform::Baidu, Action::LoginAgain, "10004 invalid_grant"),
            (Platform::Kuaishou, Action::Retry, "100200500"),
            (Platform::Kuaishou, Action::RefreshToken, "100200108"),
            (Platform::Kuaishou, Action::AskAgain, "100200109 100200110 100200111"),
            (Platform::Kuaishou, Action::LoginAgain, "100200105 100200113"),
            (Platform::Wecom, Action::Retry, "-1"),
            (Platform::Wecom, Action::RefreshToken, "40014 42001"),
            (Platform::Huawei, Action::Retry, "70001401 70020002"),
            (Platform::Huawei, Action::AskAgain, "20152 20155 20156 20158"),
            (Platform::Dingtalk, Action::LoginAgain, "invalidParameter.authCode.notFound 40078"),
            (Platform::Feishu, Action::Retry, "20050"),
            (Platform::Feishu, Action::RefreshToken, "10202"),
            (Platform::Feishu, Action::LoginAgain, "99991668 20003 20004 invalid_grant"),
        ];
        let expected = |platform, code: &str| {
            let listed = actions.iter().find(|(of, _, codes)| *of == platform && codes.split(' ').any(|c| c == code));
            listed.map_or(Action::FixConfig, |(_, action, _)| *action)
        };
        for (platform, action_of, codes) in actions {
            for code in codes.split(' ') {
                assert_eq!(action(*platform, code), *action_of, "{platform:?} {code}");
            }
        }
        for platform in PLATFORMS {
            for code in catalog(platform).get("codes").unwrap().items().unwrap().iter().flat_map(codes) {
                assert_eq!(action(platform, &code), expected(platform, &code), "{platform:?} {code}");
            }
            assert_eq!(action(platform, "99999"), Action::FixConfig);
        }
        assert_eq!(action(Platform::Qq, "40029"), Action::FixConfig);
    }

    /// The codes of which a meaning was found.
    #[test]
    fn every_code_that_is_known_is_explained() {
        for (platform, codes) in [
            (Platform::Wechat, "-1 40029 45011 40226 40163 40013 41002 41004 41008 45009 40090 40125"),
            (Platform::Wechat, "40001 42001 40014 41001 47001 48001 61007 40097 102 103 104 112 1400001"),
            (Platform::Wechat, "40002 40164 40243 43002 89503 40003 61003 40094 87008 87009"),
            (Platform::Wechat, "40230 40231 40232 40233 40234 40235 40236 40237 40238 40239 40240"),
            (Platform::Wechat, "-40001 -40002 -40003 -40004 -40005 -40006 -40007 -40008 -40009 -40010 -40011"),
            (Platform::Wechat, "-41001 -41002 -41003 -41004 -41005 -41016 -604101 -501001 -601005 -601006 -601007"),
            (Platform::Wechat, "40066 41018 43001 43003 44002 45035 48004 50001 50002 61004 61014 61016 61024"),
            (Platform::Wechat, "-501002 -501003 -501004 -501005 -501007 -601001 -601002 -601003 -601004 -601008"),
            (Platform::Wechat, "-601009 -604100 -604102 -604103 -604104"),
            (Platform::Alipay, "40001 40002 40003 40004 40006 20000 20001 aop.unknow-error isp.unknow-error"),
            (Platform::Alipay, "isv.missing-encrypt-key isv.missing-default-signature-type isv.invalid-encrypt"),
            (Platform::Alipay, "isv.invalid-auth-relations isv.insufficient-isv-permissions isv.code-invalid"),
            (Platform::Alipay, "isv.refresh-token-invalid isv.invalid-signature aop.invalid-auth-token"),
            (Platform::Baidu, "110 111 100 10010100 10001 10002 10003 10004 10005 invalid_client invalid_grant"),
            (Platform::Douyin, "-1 40014 40015 40017 40018 40019 28005187 28001003 28001005 28001006 28001007"),
            (Platform::Douyin, "28001008 28001014 28001018 28001016 28001019 28001056 28003017 28003018"),
            (Platform::Douyin, "10002 10003 10013"),
            (Platform::Kuaishou, "100200100 100200101 100200102 100200105 100200108 100200500"),
            (Platform::Xiaohongshu, "410101 false"),
            (Platform::Wecom, "-1 40001 40014 40029 41001 42001 48002 60020"),
            (Platform::Huawei, "6 102 105 403 500 503 70001401 70001402 70020002 60180003 60180004 60180005"),
            (Platform::Huawei, "60180006 60180007 60180008 60180009 60010001 60010002 60010012 60010013 1101"),
            (Platform::Dingtalk, "InvalidAuthentication invalidParameter.authCode.notFound 40078"),
            (Platform::Feishu, "10202 10213 10228 99991663 99991664 99991672 99991679 20002 20003 20004 20010"),
        ] {
            for code in codes.split(' ') {
                assert!(entry(platform, code).is_some(), "{platform:?} {code}");
            }
        }
    }
}
