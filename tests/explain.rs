//! `explain` for the responses of every platform, in every form in which a developer may pass them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use mp_phone::{Action, Error, Input, Platform, Responsible, check_response, explain};

const TEXT: fn(&str) -> Input = |text| text.into();
const JSON: fn(&str) -> Input = |text| Input::Json(text.to_owned().into());

/// Responses of the platforms' servers → code, sub code, action, responsible, request id.
type Case = (Platform, &'static str, &'static str, Option<&'static str>, Action, Responsible, Option<&'static str>);

const ERRORS: &[Case] = &[
    (
        Platform::Wechat,
        r#"{"errcode":40029,"errmsg":"invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}"#,
        "40029",
        None,
        Action::AskAgain,
        Responsible::User,
        Some("65a1b2c3-0d4e5f60-7a8b9c0d"),
    ),
    (
        Platform::Wechat,
        r#"{"errCode":-604101,"errMsg":"openapi.phonenumber.getPhoneNumber:fail system error: error code: -604101"}"#,
        "-604101",
        None,
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Wechat,
        r#"{"errcode":"-1","errmsg":"system error"}"#,
        "-1",
        None,
        Action::Retry,
        Responsible::Platform,
        None,
    ),
    (Platform::Wechat, r#"{"errcode":42001}"#, "42001", None, Action::RefreshToken, Responsible::Developer, None),
    (
        Platform::Wechat,
        r#"{"cloudID":"28_AAAA","errCode":-601006,"errMsg":"cloudID expired."}"#,
        "-601006",
        None,
        Action::AskAgain,
        Responsible::User,
        None,
    ),
    (
        Platform::Wechat,
        r#"{"data_list":[{"cloud_id":"28_A","json":"{\"cloudID\":\"28_A\",\"errCode\":-601007}"}]}"#,
        "-601007",
        None,
        Action::AskAgain,
        Responsible::User,
        None,
    ),
    (
        Platform::Alipay,
        r#"{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid"},"sign":"x"}"#,
        "40002",
        Some("isv.code-invalid"),
        Action::LoginAgain,
        Responsible::User,
        None,
    ),
    (
        Platform::Alipay,
        r#"{"response":{"code":"40001","msg":"Missing Required Arguments","subCode":"isv.missing-encrypt-key"}}"#,
        "40001",
        Some("isv.missing-encrypt-key"),
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Alipay,
        r#"{"response":"{\"code\":\"40003\",\"subCode\":\"isv.invalid-auth-relations\"}"}"#,
        "40003",
        Some("isv.invalid-auth-relations"),
        Action::AskAgain,
        Responsible::User,
        None,
    ),
    (
        Platform::Alipay,
        r#"{"alipay_system_oauth_token_response":{"code":"20000","sub_code":"isp.unknow-error"},"sign":"x"}"#,
        "20000",
        Some("isp.unknow-error"),
        Action::Retry,
        Responsible::Platform,
        None,
    ),
    // The sub code is unknown, so the action is fix-config. The explanation is that of the code.
    (
        Platform::Alipay,
        r#"{"code":"40003","subCode":"isv.something-new"}"#,
        "40003",
        Some("isv.something-new"),
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Baidu,
        r#"{"errno":110,"errmsg":"Access token invalid or no longer valid","request_id":"2233445566"}"#,
        "110",
        None,
        Action::RefreshToken,
        Responsible::Developer,
        Some("2233445566"),
    ),
    (
        Platform::Baidu,
        r#"{"error":"invalid_client","error_description":"unknown client id"}"#,
        "invalid_client",
        None,
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Douyin,
        r#"{"err_no":28001008,"err_msg":"…","log_id":"202411041623266C50BC902DF30E6C1831","data":""}"#,
        "28001008",
        None,
        Action::RefreshToken,
        Responsible::Developer,
        Some("202411041623266C50BC902DF30E6C1831"),
    ),
    (
        Platform::Douyin,
        r#"{"data":{"error_code":10013,"description":"…"},"extra":{"logid":"L2"},"message":"error"}"#,
        "10013",
        None,
        Action::FixConfig,
        Responsible::Developer,
        Some("L2"),
    ),
    // Another tap does not add quota.
    (Platform::Douyin, r#"{"err_no":28003017}"#, "28003017", None, Action::EnterManually, Responsible::Developer, None),
    (
        Platform::Kuaishou,
        r#"{"result":100200101,"error_msg":"…"}"#,
        "100200101",
        None,
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Xiaohongshu,
        r#"{"data":null,"success":false,"msg":"应用访问令牌不匹配","code":410101}"#,
        "410101",
        None,
        Action::RefreshToken,
        Responsible::Developer,
        None,
    ),
    (Platform::Xiaohongshu, r#"{"success":false}"#, "false", None, Action::FixConfig, Responsible::Developer, None),
    (
        Platform::Wecom,
        r#"{"errcode":40029,"errmsg":"invalid code, hint: [1714093193562581262642246]"}"#,
        "40029",
        None,
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Huawei,
        r#"{"NSP_STATUS":"6","error":"session timeout"}"#,
        "6",
        None,
        Action::RefreshToken,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Huawei,
        r#"{"resultCode":60180008,"resultDesc":"…"}"#,
        "60180008",
        None,
        Action::EnterManually,
        Responsible::User,
        None,
    ),
    (
        Platform::Huawei,
        r#"{"error":1101,"sub_error":20155,"error_description":"…"}"#,
        "1101",
        None,
        Action::FixConfig,
        Responsible::Developer,
        None,
    ),
    (
        Platform::Dingtalk,
        r#"{"code":"InvalidAuthentication","requestid":"30EE8654-1AA2-7D88","message":"不合法的access_token"}"#,
        "InvalidAuthentication",
        None,
        Action::FixConfig,
        Responsible::Developer,
        Some("30EE8654-1AA2-7D88"),
    ),
    (
        Platform::Feishu,
        r#"{"code":99991672,"msg":"Access denied.","error":{"log_id":"2023072116182"}}"#,
        "99991672",
        None,
        Action::FixConfig,
        Responsible::Developer,
        Some("2023072116182"),
    ),
    (
        Platform::Feishu,
        r#"{"code":20003,"error":"invalid_grant","error_description":"…"}"#,
        "20003",
        None,
        Action::LoginAgain,
        Responsible::User,
        None,
    ),
];

#[test]
fn every_platforms_error_is_explained() {
    for &(platform, response, code, sub_code, action, responsible, rid) in ERRORS {
        for form in [TEXT, JSON] {
            let explained = explain(platform, &form(response));
            assert!(explained.error && explained.known, "{response}");
            assert_eq!(explained.platform, platform);
            assert_eq!(explained.code.as_deref(), Some(code), "{response}");
            assert_eq!(explained.sub_code.as_deref(), sub_code, "{response}");
            assert_eq!((explained.action, explained.responsible), (action, responsible), "{response}");
            assert_eq!(explained.retry, [Action::Retry, Action::RefreshToken].contains(&action), "{response}");
            assert_eq!(explained.rid.as_deref(), rid, "{response}");
            assert!(explained.source.is_some(), "{response}");
        }
    }
}

#[test]
fn explain_agrees_with_check_response() {
    for (platform, response, ..) in ERRORS {
        let explained = explain(*platform, &TEXT(response));
        match check_response(*platform, &TEXT(response)) {
            Err(Error::Platform { code, action, rid }) => {
                assert_eq!((explained.code, explained.action, explained.rid), (Some(code), action, rid), "{response}");
            }
            // The caller of `check_response` unwraps these itself.
            checked => assert!(
                checked.is_ok()
                    && ["response", "data", "json", "list", "data_list", "dataList"]
                        .iter()
                        .any(|name| response.contains(name))
            ),
        }
    }
}

#[test]
fn the_entry_of_40029_has_its_causes_and_source() {
    let explained = explain(Platform::Wechat, &TEXT(r#"{"errcode":40029}"#));
    assert!(explained.meaning.en.contains("expired (5 min), used already, a wx.login code, issued to another app id"));
    assert!(explained.meaning.zh.contains("已过期（5 分钟）"));
    assert!(explained.source.unwrap().contains("api_getphonenumber"));
}

#[test]
fn a_code_is_explained_alone_in_a_message_and_in_a_wrapper() {
    let rid = "65a1b2c3-0d4e5f60-7a8b9c0d";
    for (platform, response, code) in [
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
        let explained = explain(platform, &TEXT(&response));
        assert!(explained.error && explained.known, "{response}");
        assert_eq!(explained.code.as_deref(), Some(code), "{response}");
        assert_eq!(explained.rid.as_deref(), response.contains(rid).then_some(rid), "{response}");
        assert_eq!(explained.sub_code.is_some(), response.contains("sub_code"), "{response}");
    }
}

#[test]
fn a_success_is_not_an_error() {
    for (platform, response, code) in [
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
        (Platform::Dingtalk, r#"{"errcode":0,"errmsg":"ok","result":{"mobile":"13800138000"}}"#, "0"),
        (Platform::Feishu, r#"{"code":0,"data":{"mobile":"+8613800138000"}}"#, "0"),
    ] {
        let explained = explain(platform, &TEXT(response));
        assert_eq!((explained.error, explained.code.as_deref()), (false, Some(code)), "{response}");
        assert_eq!((explained.action, explained.responsible), (Action::None, Responsible::Nobody), "{response}");
        assert!(explained.known && !explained.retry && explained.rid.is_none() && explained.source.is_none());
    }
}

#[test]
fn an_unknown_code_is_reported_as_unknown() {
    for (platform, response, code) in [
        (Platform::Wechat, r#"{"errcode":99999,"errmsg":"x rid: 65a1b2c3"}"#, Some("99999")),
        (Platform::Wechat, "99999 ", Some("99999")),
        (Platform::Dingtalk, r#"{"code":"Forbidden.AccessDenied","requestid":"R"}"#, Some("Forbidden.AccessDenied")),
        // A value that is not an error code is not repeated: a text, a phone number, a one-time code.
        (Platform::Huawei, r#"{"NSP_STATUS":"no such <b>code</b>"}"#, None),
        (Platform::Feishu, r#"{"code":"13800138000"}"#, None),
        (Platform::Dingtalk, r#"{"code":"6f1c2e9a0b7d4f3e8c5a1d2b3f4e5a6c6f1c2e9a0b7d4f3e8c5a1d2b3f4e5a6c"}"#, None),
    ] {
        let explained = explain(platform, &TEXT(response));
        assert_eq!(explained.code.as_deref(), code, "{response}");
        assert!(explained.error && !explained.known && explained.source.is_none(), "{response}");
        assert_eq!(
            (explained.action, explained.responsible),
            (Action::FixConfig, Responsible::Developer),
            "{response}"
        );
        assert_eq!(explained.meaning.en, "mp-phone has no entry for this code.");
    }
}

#[test]
fn an_input_that_is_not_a_response_is_an_error_without_a_code() {
    let long = "x".repeat(100_000);
    for (platform, response) in [
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
        // The button's data: not a success, and its code is not an error code.
        (Platform::Wechat, TEXT(r#"{"errMsg":"getPhoneNumber:ok","code":"e31968a7f94cc5ee25fafc2aef2773f0"}"#)),
        (Platform::Huawei, TEXT(r#"{"errMsg":"getPhoneNumber:ok","code":"DQB6e3x9"}"#)),
        (Platform::Dingtalk, TEXT(r#"{"errMsg":"getPhoneNumber:fail user deny","code":"abc"}"#)),
        (Platform::Baidu, TEXT(r#"{"encryptedData":"AAAA","iv":"AAAA"}"#)),
        (Platform::Alipay, TEXT(r#"{"response":"hvDOsOkA8L4DzGQx7TQ==","sign":"x"}"#)),
    ] {
        let explained = explain(platform, &response);
        assert!(explained.error && !explained.known && !explained.retry, "{explained:?}");
        assert_eq!((explained.code, explained.rid, explained.source), (None, None, None));
        assert_eq!((explained.action, explained.responsible), (Action::FixConfig, Responsible::Developer));
        let meaning = explained.meaning.en.to_lowercase();
        assert!(meaning.starts_with(&format!("this is not a response of {}:", platform.name())));
    }
}

#[test]
fn a_code_of_a_platform_without_a_catalog_is_unknown() {
    for (platform, response, code) in [
        (Platform::Qq, r#"{"errcode":40029}"#, Some("40029")),
        (Platform::Qq, "40029", Some("40029")),
        (Platform::Jd, "<html>", None),
        (Platform::Unionpay, r#"{"resp":"00","params":{}}"#, Some("00")),
    ] {
        let explained = explain(platform, &TEXT(response));
        assert_eq!(explained.code.as_deref(), code, "{response}");
        assert!(explained.error && !explained.known, "{response}");
        assert!(explained.meaning.en.to_lowercase().contains(platform.name()), "{response}");
    }
}

#[test]
fn no_text_contains_a_part_of_the_response() {
    const SECRET: &str = "SECRET-SENTINEL";
    for &platform in Platform::ALL {
        for response in [
            format!(
                r#"{{"errcode":40029,"errmsg":"{SECRET} rid: 65a1","errno":1,"err_no":1,"result":2,"code":"1","resultCode":1,"access_token":"{SECRET}","log_id":"{SECRET} {SECRET}","request_id":"<{SECRET}>","requestid":"{SECRET}!","sub_code":"{SECRET}!"}}"#
            ),
            format!("errCode: 40029 | {SECRET}"),
            format!("errCode: {SECRET}"),
            SECRET.to_owned(),
            format!("<html>{SECRET}"),
            format!(r#"{{"code":"{SECRET} {SECRET}","errcode":"{SECRET}!","result":"{SECRET}!"}}"#),
        ] {
            let explanation = serde_json::to_string(&explain(platform, &TEXT(&response))).unwrap();
            assert!(!explanation.contains(SECRET), "{platform:?} {response}: {explanation}");
        }
    }
}

#[test]
fn an_explanation_has_the_documented_members() {
    let explanation = serde_json::to_value(explain(Platform::Wechat, &TEXT("45011"))).unwrap();
    let mut names: Vec<_> = explanation.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "action",
            "code",
            "error",
            "fix",
            "known",
            "meaning",
            "platform",
            "responsible",
            "retry",
            "rid",
            "source",
            "subCode"
        ]
    );
    assert_eq!(
        (&explanation["platform"], &explanation["action"], &explanation["responsible"]),
        (&"wechat".into(), &"retry".into(), &"platform".into())
    );
    assert!(
        explanation["subCode"].is_null() && explanation["rid"].is_null() && explanation["meaning"]["zh"].is_string()
    );
}
