//! What a platform's error code calls for. The codes are data, one file a platform, with their sources.

use crate::{Action, Json, Platform};

/// The action for an error code. A code that is not in the catalog is one for the developer to look up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let is_code = |listed: &Json| listed.to_text().as_deref() == Some(code);
    let listed = actions(platform).into_iter().find(|(_, codes)| codes.items().unwrap_or_default().iter().any(is_code));
    listed.and_then(|(name, _)| Action::from_name(&name)).unwrap_or(Action::FixConfig)
}

/// The codes of a platform by the names of their actions.
fn actions(platform: Platform) -> Vec<(String, Json)> {
    let catalog = match platform {
        Platform::Wechat => include_str!("catalog/wechat.json"),
        Platform::Alipay => include_str!("catalog/alipay.json"),
        Platform::Baidu => include_str!("catalog/baidu.json"),
        Platform::Douyin => include_str!("catalog/douyin.json"),
        Platform::Xiaohongshu => include_str!("catalog/xiaohongshu.json"),
        Platform::Huawei => include_str!("catalog/huawei.json"),
        Platform::Feishu => include_str!("catalog/feishu.json"),
        // Of the codes known of the others, all are for the developer.
        _ => return Vec::new(),
    };
    match Json::object(catalog).ok().as_ref().and_then(|catalog| catalog.get("actions")) {
        Some(Json::Object(actions)) => actions.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalog_is_readable_and_names_known_actions() {
        for platform in [
            Platform::Wechat,
            Platform::Alipay,
            Platform::Baidu,
            Platform::Douyin,
            Platform::Xiaohongshu,
            Platform::Huawei,
            Platform::Feishu,
        ] {
            let actions = actions(platform);
            assert!(!actions.is_empty(), "{platform:?}");
            for (name, codes) in actions {
                let expected = Action::from_name(&name).unwrap();
                for code in codes.items().unwrap() {
                    assert_eq!(action(platform, &code.to_text().unwrap()), expected);
                }
            }
        }
        assert_eq!(action(Platform::Wechat, "99999"), Action::FixConfig);
    }
}
