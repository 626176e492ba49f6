//! What a platform's error code calls for. The codes are data, one file a platform, with their sources.

use crate::{Action, Json, Platform};

/// The action for an error code. A code that is not in the catalog is one for the developer to look up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let catalog = match platform {
        Platform::Wechat => include_str!("catalog/wechat.json"),
        Platform::Alipay => include_str!("catalog/alipay.json"),
        Platform::Douyin => include_str!("catalog/douyin.json"),
        _ => "{}",
    };
    listed(catalog, code).unwrap_or(Action::FixConfig)
}

fn listed(catalog: &str, code: &str) -> Option<Action> {
    let catalog = Json::object(catalog).ok()?;
    let actions: &Json = catalog.get("actions")?;
    let Json::Object(actions) = actions else {
        return None;
    };
    let (action, _) = actions
        .iter()
        .find(|(_, codes)| codes.items().unwrap_or_default().iter().any(|c| c.to_text().as_deref() == Some(code)))?;
    Action::from_name(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalog_is_readable_and_names_known_actions() {
        for (text, platform) in [
            (include_str!("catalog/wechat.json"), Platform::Wechat),
            (include_str!("catalog/alipay.json"), Platform::Alipay),
            (include_str!("catalog/douyin.json"), Platform::Douyin),
        ] {
            let catalog = Json::object(text).unwrap();
            let Some(Json::Object(actions)) = catalog.get("actions") else {
                panic!("{platform:?} has no actions");
            };
            for (name, codes) in actions {
                let expected = Action::from_name(name).unwrap();
                for code in codes.items().unwrap() {
                    assert_eq!(action(platform, &code.to_text().unwrap()), expected);
                }
            }
        }
        assert_eq!(action(Platform::Wechat, "99999"), Action::FixConfig);
    }
}
