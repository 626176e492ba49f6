//! Reads the catalog files, which have the meanings of the error codes for developers.

use super::bilingual::Bilingual;
use crate::{Action, Platform, Responsible, catalog::file, json::Json};

/// The meaning of a code, and what to do about it.
pub(crate) struct Entry {
    pub(crate) action: Action,
    pub(crate) responsible: Responsible,
    pub(crate) meaning: Bilingual,
    pub(crate) fix: Bilingual,
    /// The source of the meaning.
    pub(crate) source: String,
}

/// The entry of a code.
pub(crate) fn entry(platform: Platform, code: &str) -> Option<Entry> {
    let catalog = Json::object(file(platform)?).ok()?;
    let is_code = |listed: &Json<'_>| listed.to_text().as_deref() == Some(code);
    let has_code =
        |entry: &&Json<'_>| entry.get("codes").and_then(Json::items).is_some_and(|codes| codes.iter().any(is_code));
    let entry = catalog.get("codes")?.items()?.iter().find(has_code)?;
    read(entry, catalog.get("sources")?)
}

/// The code of a success, for a platform that has a catalog.
pub(crate) fn success(platform: Platform) -> Option<String> {
    Some(Json::object(file(platform)?).ok()?.get("success")?.to_text()?.into_owned())
}

/// Reads an entry. The files omit defaults: the action `fix-config`, and the responsible party that follows from the
/// action.
fn read(entry: &Json<'_>, sources: &Json<'_>) -> Option<Entry> {
    let action = match entry.get("action") {
        Some(name) => Action::from_name(&name.to_text()?)?,
        None => Action::FixConfig,
    };
    let responsible = match entry.get("responsible") {
        Some(name) => Responsible::from_name(&name.to_text()?)?,
        None => Responsible::of(action),
    };
    let source = sources.get(&entry.get("source")?.to_text()?)?.to_text()?;
    Some(Entry {
        action,
        responsible,
        meaning: texts(entry)?,
        fix: texts(entry.get("fix")?)?,
        source: source.into_owned(),
    })
}

fn texts(of: &Json<'_>) -> Option<Bilingual> {
    Some(Bilingual::new(of.get("en")?.to_text()?, of.get("zh")?.to_text()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::{ACTIONS, action},
        explain,
    };

    /// The platforms that have a file.
    fn catalogs() -> impl Iterator<Item = Platform> {
        Platform::ALL.iter().copied().filter(|platform| file(*platform).is_some())
    }

    fn catalog(platform: Platform) -> Json<'static> {
        Json::object(file(platform).unwrap()).unwrap()
    }

    fn codes(entry: &Json<'_>) -> Vec<String> {
        entry.get("codes").unwrap().items().unwrap().iter().map(|code| code.to_text().unwrap().into_owned()).collect()
    }

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_entry_is_complete() {
        for platform in catalogs() {
            let catalog = catalog(platform);
            let Some(Json::Object(_, sources)) = catalog.get("sources") else { panic!("{platform:?}") };
            let entries = catalog.get("codes").unwrap().items().unwrap();
            let (mut listed_codes, mut used) = (Vec::new(), Vec::new());
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
                // An entry does not repeat a default.
                assert_ne!(entry.get("action").and_then(Json::to_text).as_deref(), Some("fix-config"), "{codes:?}");
                let responsible = entry.get("responsible").and_then(Json::to_text);
                let is_default = |name: &str| Responsible::from_name(name) == Some(Responsible::of(action));
                assert!(!responsible.is_some_and(|name| is_default(&name)), "{codes:?}");
                let Json::Object(_, members) = entry else { panic!() };
                for (name, _) in members {
                    assert!(
                        ["codes", "action", "responsible", "source", "en", "zh", "fix"].contains(&&**name),
                        "{name}"
                    );
                }
                used.push(source);
                listed_codes.extend(codes);
            }
            for (key, source) in sources {
                assert!(
                    used.contains(&source.to_text().unwrap().into_owned()),
                    "{platform:?}: no entry has the source {key}"
                );
            }
            let mut unique = listed_codes.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), listed_codes.len(), "{platform:?}: a code is listed twice");
        }
        for platform in [Platform::Qq, Platform::Jd, Platform::Unionpay] {
            assert!(file(platform).is_none() && success(platform).is_none());
        }
    }

    #[test]
    fn the_table_of_actions_matches_the_files() {
        let mut listed = 0;
        for platform in catalogs() {
            let catalog = catalog(platform);
            for of in catalog.get("codes").unwrap().items().unwrap() {
                let Entry { action: expected, .. } = read(of, catalog.get("sources").unwrap()).unwrap();
                for code in codes(of) {
                    assert_eq!(action(platform, &code), expected, "{platform:?} {code}");
                    listed += usize::from(expected != Action::FixConfig);
                }
            }
            assert_eq!(action(platform, "99999"), Action::FixConfig);
        }
        assert_eq!(ACTIONS.iter().map(|(.., codes)| codes.split(' ').count()).sum::<usize>(), listed);
        assert_eq!(action(Platform::Qq, "40029"), Action::FixConfig);
    }

    #[test]
    fn every_numeric_code_is_explained_without_a_response() {
        for platform in catalogs() {
            let catalog = catalog(platform);
            for code in catalog.get("codes").unwrap().items().unwrap().iter().flat_map(codes) {
                if code.parse::<i64>().is_ok() {
                    let explained = explain(platform, &code.as_str().into());
                    assert!(explained.known, "{platform:?} {code}");
                    assert_eq!(explained.code, Some(code), "{platform:?}");
                }
            }
        }
    }

    #[test]
    fn these_codes_have_entries() {
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
            (Platform::Dingtalk, "InvalidAuthentication invalidClientIdOrSecret invalidParameter.authCode.notFound"),
            (Platform::Dingtalk, "-1 88 33012 40014 40078 42001 60011"),
            (Platform::Feishu, "10202 10213 10228 99991663 99991664 99991672 99991679 20002 20003 20004 20010"),
        ] {
            for code in codes.split(' ') {
                assert!(entry(platform, code).is_some(), "{platform:?} {code}");
            }
        }
    }
}
