//! The platforms and their names.

/// A mini-program platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Platform {
    /// WeChat, 微信.
    Wechat,
    /// Alipay, 支付宝.
    Alipay,
    /// Baidu, 百度.
    Baidu,
    /// Douyin and Toutiao, 抖音.
    Douyin,
    /// Kuaishou, 快手.
    Kuaishou,
    /// Xiaohongshu, 小红书.
    Xiaohongshu,
    /// WeCom, 企业微信.
    Wecom,
    /// QQ, which has no phone button.
    Qq,
    /// JD, 京东, whose number only its own API gives.
    Jd,
    /// Huawei and HarmonyOS, 华为.
    Huawei,
    /// DingTalk, 钉钉.
    Dingtalk,
    /// Feishu and Lark, 飞书.
    Feishu,
    /// UnionPay, 云闪付.
    Unionpay,
}

/// Every platform with its name and the other names that hosts, uni-app, Taro, mpx and their globals give it.
const NAMES: &[(Platform, &[&str])] = &[
    (Platform::Wechat, &["wechat", "weixin", "wx", "weapp", "mp-weixin"]),
    (Platform::Alipay, &["alipay", "ali", "my", "mp-alipay"]),
    (Platform::Baidu, &["baidu", "swan", "mp-baidu"]),
    (Platform::Douyin, &["douyin", "toutiao", "tt", "bytedance", "mp-toutiao"]),
    (Platform::Kuaishou, &["kuaishou", "ks", "kwai", "mp-kuaishou"]),
    (Platform::Xiaohongshu, &["xiaohongshu", "xhs", "mp-xhs"]),
    (Platform::Wecom, &["wecom", "wxwork", "qywx"]),
    (Platform::Qq, &["qq", "mp-qq"]),
    (Platform::Jd, &["jd", "mp-jd"]),
    (Platform::Huawei, &["huawei", "harmony", "ascf", "mp-harmony"]),
    (Platform::Dingtalk, &["dingtalk", "dd"]),
    (Platform::Feishu, &["feishu", "lark", "mp-lark"]),
    (Platform::Unionpay, &["unionpay", "upapi"]),
];

impl Platform {
    /// The platform of a name or alias, in upper or lower case.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        NAMES.iter().find(|(_, names)| known(names)).map(|(platform, _)| *platform)
    }

    /// The platform's name.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(platform, _)| *platform == self)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(feature = "diagnosis")]
impl serde::Serialize for Platform {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_is_known_by_its_own_name() {
        for (platform, names) in NAMES {
            for name in *names {
                assert_eq!(Platform::from_name(name), Some(*platform));
                assert_eq!(Platform::from_name(&name.to_uppercase()), Some(*platform));
            }
            assert_eq!(Platform::from_name(platform.name()), Some(*platform));
        }
        for unknown in ["", "wechat ", "constructor", "__proto__", "mp-360", "微信"] {
            assert_eq!(Platform::from_name(unknown), None);
        }
    }
}
