//! What the platforms' error codes call for. What they mean is data, one JSON file a platform, with its sources.

use crate::{Action, Platform};

/// The codes that are not the developer's, with the action that the files say they call for, so that whoever only opens
/// need not carry the files. A test compares the two.
pub(crate) const ACTIONS: &[(Platform, Action, &str)] = &[
    (Platform::Wechat, Action::Retry, "-1 45011 -501001 -501002 -601001 -601003 -601008 -604102 -604103"),
    (Platform::Wechat, Action::RefreshToken, "40001 40014 42001"),
    (Platform::Wechat, Action::AskAgain, "103 104 40029 -601005 -601006 -601007"),
    (Platform::Wechat, Action::LoginAgain, "-41003 40163 87009"),
    (Platform::Wechat, Action::EnterManually, "40226 1400001 -601009"),
    (Platform::Alipay, Action::Retry, "20000 aop.unknow-error isp.unknow-error"),
    (Platform::Alipay, Action::AskAgain, "40003 isv.invalid-auth-relations"),
    (Platform::Alipay, Action::LoginAgain, "isv.code-invalid isv.refresh-token-invalid isv.refreshed-token-invalid"),
    (Platform::Baidu, Action::Retry, "10001 10002"),
    (Platform::Baidu, Action::RefreshToken, "110 111"),
    (Platform::Baidu, Action::AskAgain, "10003"),
    (Platform::Baidu, Action::LoginAgain, "10004 invalid_grant"),
    (Platform::Douyin, Action::Retry, "-1 28001005 28001006 28003018"),
    (Platform::Douyin, Action::RefreshToken, "28001003 28001008"),
    (Platform::Douyin, Action::AskAgain, "28005187"),
    (Platform::Douyin, Action::LoginAgain, "40018 40019"),
    (Platform::Douyin, Action::EnterManually, "28003017"),
    (Platform::Kuaishou, Action::Retry, "100200500"),
    (Platform::Kuaishou, Action::RefreshToken, "100200108"),
    (Platform::Kuaishou, Action::AskAgain, "100200109 100200110 100200111"),
    (Platform::Kuaishou, Action::LoginAgain, "100200105 100200113"),
    (Platform::Xiaohongshu, Action::RefreshToken, "410101"),
    (Platform::Wecom, Action::Retry, "-1"),
    (Platform::Wecom, Action::RefreshToken, "40014 42001"),
    (Platform::Huawei, Action::Retry, "500 503 60010001 70001401 70020002"),
    (Platform::Huawei, Action::RefreshToken, "6"),
    (Platform::Huawei, Action::AskAgain, "20152 20155 20156 20158 60010012 60180004 60180005 60180006"),
    (Platform::Huawei, Action::EnterManually, "60180008 60180009"),
    (Platform::Dingtalk, Action::Retry, "-1"),
    (Platform::Dingtalk, Action::RefreshToken, "40014 42001"),
    (Platform::Dingtalk, Action::LoginAgain, "invalidParameter.authCode.notFound 40078"),
    (Platform::Feishu, Action::Retry, "20050"),
    (Platform::Feishu, Action::RefreshToken, "10202 99991663 99991664"),
    (Platform::Feishu, Action::LoginAgain, "10213 99991668 20003 20004 invalid_grant"),
];

/// The action for an error code. A code that is not in the catalog is one for the developer to look up.
pub(crate) fn action(platform: Platform, code: &str) -> Action {
    let listed = ACTIONS.iter().find(|(of, _, codes)| *of == platform && codes.split(' ').any(|listed| listed == code));
    listed.map_or(Action::FixConfig, |(_, action, _)| *action)
}
