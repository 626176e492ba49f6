//! The functions that only mp-phone/server calls.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use mp_phone::{Error, Input, alipay_cert_sn, alipay_root_cert_sn, check_response, read_alipay_response, sign_rsa2};
use serde_json::{Value, json};

/// A test key or certificate of the vectors.
fn key(name: &str) -> String {
    let keys: Value = serde_json::from_str(include_str!("vectors/keys.json")).unwrap();
    keys[name].as_str().unwrap().to_owned()
}

fn der(pem: &str) -> Vec<u8> {
    let body = pem.lines().skip(1).take_while(|line| !line.starts_with('-'));
    BASE64.decode(body.collect::<String>()).unwrap()
}

#[test]
fn error_responses_of_every_platform_are_recognised() {
    // platform, response → code, action, request id
    for (platform, response, code, action, rid) in [
        (
            "wechat",
            json!({"errcode": 40163, "errmsg": "code been used, rid: 65a1b2c3-0d4e5f60"}),
            "40163",
            "login-again",
            Some("65a1b2c3-0d4e5f60"),
        ),
        ("wechat", json!({"errcode": "-1", "errmsg": "system error"}), "-1", "retry", None),
        ("wechat", json!({"errCode": 45009}), "45009", "fix-config", None),
        ("wechat", json!({"errcode": 0, "errCode": 40001}), "40001", "refresh-token", None),
        ("wecom", json!({"errcode": 40029, "errmsg": "invalid code"}), "40029", "fix-config", None),
        (
            "douyin",
            json!({"err_no": 40018, "err_tips": "bad code", "log_id": "L1"}),
            "40018",
            "login-again",
            Some("L1"),
        ),
        ("douyin", json!({"err_no": -1, "data": ""}), "-1", "retry", None),
        (
            "douyin",
            json!({"data": {"error_code": 10013, "description": "…"}, "extra": {"logid": "L2"}}),
            "10013",
            "fix-config",
            Some("L2"),
        ),
        (
            "douyin",
            json!({"err_no": 0, "log_id": "L3", "data": {"error_code": "28001003"}}),
            "28001003",
            "refresh-token",
            Some("L3"),
        ),
        ("baidu", json!({"errno": 110, "errmsg": "…", "request_id": "2233"}), "110", "refresh-token", Some("2233")),
        (
            "baidu",
            json!({"error_code": 111, "error_msg": "…", "request_id": 4455}),
            "111",
            "refresh-token",
            Some("4455"),
        ),
        ("baidu", json!({"error": "invalid_client", "error_description": "…"}), "invalid_client", "fix-config", None),
        ("baidu", json!({"error": "invalid_request", "errno": 10010100}), "10010100", "fix-config", None),
        ("baidu", json!({"errno": 0, "error": "invalid_grant"}), "invalid_grant", "login-again", None),
        ("kuaishou", json!({"result": 100200101, "error_msg": "…"}), "100200101", "fix-config", None),
        ("kuaishou", json!({"result": 0}), "0", "fix-config", None),
        (
            "xiaohongshu",
            json!({"success": false, "msg": "…", "data": null, "code": 410101}),
            "410101",
            "refresh-token",
            None,
        ),
        ("xiaohongshu", json!({"success": true, "code": 1}), "1", "fix-config", None),
        ("xiaohongshu", json!({"success": false}), "false", "fix-config", None),
        ("alipay", json!({"code": "40001", "subCode": "isv.missing-encrypt-key"}), "40001", "fix-config", None),
        (
            "alipay",
            json!({"error_response": {"code": "40002", "sub_code": "isv.code-invalid"}, "sign": "…"}),
            "40002",
            "login-again",
            None,
        ),
        ("alipay", json!({"error_response": {"code": 20000}}), "20000", "retry", None),
        ("huawei", json!({"NSP_STATUS": "6", "error": "session timeout"}), "6", "refresh-token", None),
        ("huawei", json!({"resultCode": 60180005, "resultDesc": "…"}), "60180005", "ask-again", None),
        ("huawei", json!({"resultCode": "60180008"}), "60180008", "enter-manually", None),
        ("huawei", json!({"error": 1101, "sub_error": 20155}), "1101", "fix-config", None),
        (
            "dingtalk",
            json!({"code": "InvalidAuthentication", "message": "…", "requestid": "R1"}),
            "InvalidAuthentication",
            "fix-config",
            Some("R1"),
        ),
        ("dingtalk", json!({"errcode": 40078, "request_id": "R2"}), "40078", "login-again", Some("R2")),
        ("dingtalk", json!({"errcode": 88, "sub_code": "42001"}), "42001", "refresh-token", None),
        ("feishu", json!({"code": 10213, "msg": "…", "log_id": "L4"}), "10213", "login-again", Some("L4")),
        ("feishu", json!({"code": 99991663, "error": {"log_id": "L5"}}), "99991663", "refresh-token", Some("L5")),
        ("feishu", json!({"error": "invalid_grant"}), "invalid_grant", "login-again", None),
    ] {
        let error = check(platform, &response.to_string()).unwrap_err();
        assert_eq!(error.action().name(), action, "{platform} {response}");
        let expected = Error::Platform { code: code.into(), action: error.action(), rid: rid.map(str::to_owned) };
        assert_eq!(error, expected, "{platform} {response}");
    }
}

#[test]
fn responses_without_an_error_are_accepted() {
    for (platform, response) in [
        ("wechat", json!({"openid": "o", "session_key": "k"})),
        ("wechat", json!({"errcode": "0", "errmsg": "ok"})),
        ("wecom", json!({"errcode": 0, "userid": "u"})),
        ("douyin", json!({"err_no": 0, "data": {"openid": "o"}})),
        ("douyin", json!({"data": {"access_token": "clt.", "error_code": 0}, "message": "success"})),
        ("baidu", json!({"openid": "o", "session_key": "k"})),
        ("baidu", json!({"errno": 0, "data": {"open_id": "o"}, "error": null})),
        ("kuaishou", json!({"result": 1, "open_id": "o"})),
        ("xiaohongshu", json!({"success": true, "code": 0, "data": {}})),
        ("alipay", json!({"alipay_system_oauth_token_response": {"user_id": "2088000000000000"}})),
        ("alipay", json!({"code": "10000", "msg": "Success"})),
        ("huawei", json!({"resultCode": "0", "openId": "o"})),
        ("huawei", json!({"NSP_STATUS": 0, "openID": "o"})),
        ("dingtalk", json!({"accessToken": "t", "expireIn": 7200})),
        ("dingtalk", json!({"errcode": 0, "errmsg": "ok", "result": {"userid": "u"}})),
        ("feishu", json!({"code": 0, "data": {}})),
    ] {
        assert_eq!(check(platform, &response.to_string()), Ok(()), "{platform} {response}");
    }
}

#[test]
fn malformed_responses_and_platforms_without_responses_are_rejected() {
    for (platform, response, field) in [
        ("wechat", "<html>502</html>", "answer"),
        ("wechat", "", "answer"),
        ("wechat", "[]", "answer"),
        ("wechat", "{\"errcode\":0}{}", "answer"),
        ("wechat", "{\"errcode\":true}", "answer"),
        ("kuaishou", "{}", "answer"),
        ("qq", "{}", "platform"),
        ("jd", "{}", "platform"),
        ("unionpay", "{}", "platform"),
    ] {
        assert_eq!(check(platform, response), Err(Error::Input(field)), "{platform} {response}");
    }
}

fn check(platform: &str, response: &str) -> Result<(), Error> {
    check_response(platform.parse().unwrap(), &response.into())
}

/// The text of a request, and its signatures by `openssl dgst -sha256 -sign` (3.0) with the vectors' keys.
const REQUEST: &str = "app_id=2021000000000000&charset=utf-8&code=0123456789abcdef&grant_type=authorization_code&method=alipay.system.oauth.token&sign_type=RSA2&timestamp=2023-11-15 06:14:20&version=1.0";
const SIGNATURE_2048: &str = "XKjgH7MXMGBzM536r+g4QOZD7/rNQDInwPyIa7o50x3zc4gGglGCIMIBBioSQUGUTcVSZfwdghbgqFf76DXkmDUp6sMkzgSKiZ9vugTjdo/oHY/j0RIQlh285ZEdTBb3EXc99BCx/DD+q0fZTE6+XeGA6uxL4K1Zb0w6mTYRHW5j0bq7KAR7Jqj2BDBRMDtg3uugA2H9CVZgAYm2EHpKKzZir2FkrvDvLLeHJ2JDJoTc6h6vRIh8QTYopBo6kDiDTzWGk+vqQHczdxkqPvXt2v2OdI/aNMiF+IBtr/VXgygDfDbNjoQMLTf99sL1/ZrfQWys7vkTJQEgjkZ4NeVnDw==";
const SIGNATURE_1024: &str = "iTY1BK67lznXcgaYdr1kax+jEjBAEwgIVwlAVj0q9WNTASPvg1M2pAzmyX6GPN09yMoCrzmqIm3HiKa/AVdFocwRpI1lZLLl4R7DESMscjtXjX8toYfu9dC+ZpAqQe8Wva6vUhy6oBX+DHAjkRHZQRPS+5TsrP7mVSt9UfRYPWE=";
const SIGNATURE_OF_CHINESE: &str = "1tCiL+9P1srBC4GRUHjcSfDiuzw2WWc2C2PgYsvfNCJ3VrLOxKrbY072tERygAxPGkn/RZtzt56/JyvR1ps1aNqGLSUmLX5rx1tbm6CB+/TaXixk1+zNyaBJXG6Rcn7pOCUgJfJG1BH54/jblL2nTX0j83UM2/HiRmhHXtUUs11TNDYH78YHD199cMytyKfDvUdF2fhnApTNXZ1dmBDL6j05Uf8WkX90KlvSEHPbQ/jxUso9ohGuituVORIavzy1YSGg3pN529xS3pfWV+AVfE07YB18lRMUYyerYvnOILw+yiUL8A/pErLt5XUg90DPw7b1DEdnbQOGEtbi1sDI7w==";

#[test]
fn signatures_of_requests_equal_those_of_openssl() {
    let sign = |text: &str, key: Input| sign_rsa2(&text.into(), &key).unwrap();
    assert_eq!(sign(REQUEST, key("app").into()), SIGNATURE_2048);
    assert_eq!(sign(REQUEST, key("alipay1024").into()), SIGNATURE_1024);
    assert_eq!(sign("biz_content={\"subject\":\"测试 100%\"}", key("app").into()), SIGNATURE_OF_CHINESE);
    // PKCS#8 is PKCS#1 after a header of 26 bytes.
    let pkcs8 = der(&key("app"));
    let pkcs1 = pkcs8[26..].to_vec();
    for form in [
        BASE64.encode(&pkcs8).into(),
        BASE64.encode(&pkcs1).into(),
        format!("-----BEGIN RSA PRIVATE KEY-----\r\n{}\r\n-----END RSA PRIVATE KEY-----", BASE64.encode(&pkcs1)).into(),
        pkcs8.into(),
        pkcs1.into(),
    ] {
        assert_eq!(sign(REQUEST, form), SIGNATURE_2048);
    }
}

#[test]
fn wrong_texts_and_keys_are_not_signed() {
    let private_key = || Input::from(key("app"));
    for (text, key, error) in [
        (Input::Absent, private_key(), Error::Input("text")),
        (Input::Json("{}".to_owned().into()), private_key(), Error::Input("text")),
        ("x".repeat(65 * 1024).into(), private_key(), Error::Length("text")),
        ("x".into(), Input::Absent, Error::Input("privateKey")),
        ("x".into(), Input::List(vec![private_key()]), Error::Input("privateKey")),
        ("x".into(), "no key".into(), Error::Key("privateKey")),
        ("x".into(), key("crt").into(), Error::Key("privateKey")),
    ] {
        assert_eq!(sign_rsa2(&text, &key), Err(error));
    }
}

/// Objects in responses as Alipay writes them, without personal data, and their signatures by `openssl dgst -sha256
/// -sign` (3.0) with the vectors' key.
const TOKEN: &str =
    r#"{"access_token":"authusrB0000","expires_in":1296000,"open_id":"0740000000000000","user_id":"2088000000000000"}"#;
const TOKEN_SIGNATURE: &str = "BF0B7W49tKtBP3jyqHQUmL83xT4w3bPyqDp4Acigg9+W9C1WQU5J1ICGw6WSmvtPB5vlI8smCzWMWhoUKi9RBXLkOEhNK6WqLHlFuRKhbEc9Gd3gsvJ/ixj8JZpQBZmIyqbNhi6nqqvAO7BoO9kDcmS51cNnUBcH252KbbEF8WN8VNs8UzqBCDIQjXfhXowYTDRT0aJ6X+nAS98GKsCTzqgpMMrI0QvjhcKCBHlsbmx2KftoJcbqEYXcwDdJCTRs0njIKdLSPEbdYm8QP4x0ZvKvQ06w0DxPc9KKPcAeIUOMb07tgtXWym9t2e5dlxu/f9xyM3F3kWj79cvnNSJeCw==";
const ODD: &str = r#"{"code" : "10000","msg":"Success","nested":{"list":["1","}",{"sign":"x"}]},"brace{":"\"}\\","path":"a\/b","name":"\u6d4b试"}"#;
const ODD_SIGNATURE: &str = "Km5XvaGER8M1aSI0plCYf6a0rwguGcmXI4+XM3AVD4Bm5JE+3NxX3a8HHMCekEKNt/9m15vyP4AkFeiBFiOOtOsIKnHhYgB8gMfZ2FAN0Bz8z5zn1gg14bU0p92eRz68zohD25XqG8czklNKzv9YXwaXSeyW7z0c/1PbddRFdwyMtm84q9op6RKZ337mcFJFnOl2QrKqc9OvO/XydUUbtfMJgt8N4ZJmcPasFUYbrRzSABOFcEjq1VoMW6v5BjsrX/WraKEVQFZrCzRR7i+rc8JQYALu2YX7npj9pmK+Vs3KLrHPJlCotqOudRuN1/2/kjEhwMXhqMHKz5osJSzuxQ==";
const TEXT: &str = r#""igATcyTqqgv1AFpBiHJyVQ==""#;
const TEXT_SIGNATURE: &str = "CmsiyREno4aneMFN35SKQqOhxJTdnvsAXVyYWGYt9/dprddzXVxBaSq7syxytMu0CuwmEbVF3uAY2pcE8hOHjGUO4KIcw7/pPThxQRLe55z+VOxUtd4lUnn6B/G+uY+T6tW7w50zC7Xge3gk5ZEgyeHwKxORjsQIQdShF0w/f9Rj6VEhQ8tVNAasTutorgbw/qyZLG1aGorxPW6n9ycqm5+WSIZSIIlyP7nHc/HC4ZzN+ZTrSsc3zqlONRFuwA1NeYviBf6uc9kIAy58EIyDmg2RLn9Qa3w1IhrV0pnu+6usUut6G5dsn8NCi4an/jnIFJkrPILSKZlBqrCnuSgsIg==";
const METHOD: &str = "alipay.system.oauth.token";
const NAME: &str = "alipay_system_oauth_token_response";

fn verify(text: &str, key: Input) -> Result<Value, Error> {
    read_alipay_response(&text.into(), &METHOD.into(), &key).map(|node| serde_json::from_str(&node).unwrap())
}

/// Alipay's key in a certificate file.
fn certificate() -> Input<'static> {
    key("crt").into()
}

/// Alipay's key as a line of base64: the SubjectPublicKeyInfo of its certificate.
fn public_key() -> Input<'static> {
    let certificate = der(&key("crt"));
    let rsa_2048 = [0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09];
    let start = certificate.windows(rsa_2048.len()).position(|window| window == rsa_2048).unwrap();
    BASE64.encode(&certificate[start..start + 0x126]).into()
}

#[test]
fn the_signature_of_a_response_is_verified_over_its_text_as_received() {
    for (node, sign) in [(TOKEN, TOKEN_SIGNATURE), (ODD, ODD_SIGNATURE)] {
        let expected: Value = serde_json::from_str(node).unwrap();
        for text in [
            format!(r#"{{"{NAME}":{node},"sign":"{sign}"}}"#),
            format!("{{ \"sign\" : \"{sign}\",\r\n \"{NAME}\"  :  {node} }}\n"),
            // The method's name with an object after it, inside a string, is not the response's object.
            format!(r#"{{"msg":"\"{NAME}\":{{}}","{NAME}":{node},"sign":"{sign}"}}"#),
            format!(r#"{{"{NAME}":{node},"alipay_cert_sn":"{SN}","sign":"{sign}"}}"#),
        ] {
            for key in [public_key(), certificate()] {
                assert_eq!(verify(&text, key).as_ref(), Ok(&expected), "{text}");
            }
        }
    }
}

#[test]
fn a_success_without_a_valid_signature_is_rejected() {
    let other = TOKEN.replace("2088000000000000", "2088000000000001");
    for text in [
        format!(r#"{{"{NAME}":{other},"sign":"{TOKEN_SIGNATURE}"}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"sign":"{ODD_SIGNATURE}"}}"#),
        format!(r#"{{"{NAME}":{TOKEN}}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"sign":""}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"sign":"!"}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"sign":["{TOKEN_SIGNATURE}"]}}"#),
        // The same object, serialised again.
        format!(r#"{{"{NAME}":{},"sign":"{TOKEN_SIGNATURE}"}}"#, TOKEN.replace(':', ": ")),
    ] {
        for key in [public_key(), certificate()] {
            assert_eq!(verify(&text, key), Err(Error::Signature), "{text}");
        }
    }
    let text = format!(r#"{{"{NAME}":{TOKEN},"sign":"{TOKEN_SIGNATURE}"}}"#);
    assert_eq!(verify(&text, key("roots").split_once("-----END").unwrap().1.into()), Err(Error::Signature));
}

#[test]
fn an_error_of_the_gateway_needs_no_signature() {
    let code = r#"{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid","sub_msg":"…"}"#;
    for text in [
        format!(r#"{{"error_response":{code}}}"#),
        format!(r#"{{"error_response":{code},"sign":"wrong"}}"#),
        format!(r#"{{"{NAME}":{code},"sign":"{TOKEN_SIGNATURE}"}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"error_response":{code},"sign":"{TOKEN_SIGNATURE}"}}"#),
    ] {
        let error = verify(&text, Input::Absent).unwrap_err();
        assert_eq!(error.action().name(), "login-again", "{text}");
        assert_eq!(error, Error::Platform { code: "40002".into(), action: error.action(), rid: None });
    }
}

#[test]
fn malformed_responses_of_the_gateway_are_rejected() {
    for text in [
        "no JSON".to_owned(),
        "{}".to_owned(),
        format!(r#"{{"{NAME}":{TOKEN},"{NAME}":{TOKEN},"sign":"{TOKEN_SIGNATURE}"}}"#),
        format!(r#"{{"{NAME}":{TOKEN},"sign":"{TOKEN_SIGNATURE}","sign":"{TOKEN_SIGNATURE}"}}"#),
        format!(r#"{{"alipay_trade_query_response":{TOKEN},"sign":"{TOKEN_SIGNATURE}"}}"#),
        format!(r#"{{"error_response":{ODD},"sign":"{ODD_SIGNATURE}"}}"#),
        // An encrypted response, which was not requested.
        format!(r#"{{"{NAME}":{TEXT},"sign":"{TEXT_SIGNATURE}"}}"#),
    ] {
        assert_eq!(verify(&text, public_key()), Err(Error::Input("answer")), "{text}");
    }
    let text = format!(r#"{{"{NAME}":{TOKEN},"sign":"{TOKEN_SIGNATURE}"}}"#);
    for (response, method, key, error) in [
        (Input::Json(text.clone().into()), METHOD.into(), public_key(), Error::Input("answer")),
        (text.as_str().into(), Input::Absent, public_key(), Error::Input("method")),
        (text.as_str().into(), METHOD.into(), Input::Absent, Error::Input("alipayPublicKey")),
        (text.as_str().into(), METHOD.into(), "AAAA".into(), Error::Key("alipayPublicKey")),
    ] {
        assert_eq!(read_alipay_response(&response, &method, &key), Err(error));
    }
}

#[test]
fn a_response_that_names_another_certificate_is_rejected() {
    let sn = "00000000000000000000000000000000";
    let text = format!(r#"{{"{NAME}":{TOKEN},"alipay_cert_sn":"{sn}","sign":"{TOKEN_SIGNATURE}"}}"#);
    assert_eq!(verify(&text, certificate()), Err(Error::Key("alipayPublicKey")));
    assert!(verify(&text, public_key()).is_ok());
}

/// The SNs of the vectors' certificates, computed with alipay-sdk 4 (`getSN`) and OpenSSL (`x509 -nameopt rfc2253`,
/// `md5`).
const SN: &str = "d8479cc501db354611d17f647ba25eac";
const ROOT_SN: &str = "a0c8b29ad757761d0c6d346c1c420a3d_f45d691d47f32ada67a56b70d4255fa6";

#[test]
fn the_sn_of_a_certificate_equals_that_of_alipays_sdk() {
    for form in [key("crt").into(), key("crtCrlf").into(), key("crt").into_bytes().into(), der(&key("crt")).into()] {
        assert_eq!(alipay_cert_sn(&form).as_deref(), Ok(SN));
    }
    // A serial number of 48 digits whose first bit is set, a serial number of 128 digits, and a name in Chinese.
    let roots = key("roots");
    let roots: Vec<&str> = roots.split_inclusive("-----END CERTIFICATE-----\n").collect();
    let of = |index: usize| alipay_cert_sn(&roots[index].into()).unwrap();
    assert_eq!([of(1), of(3)].join("_"), ROOT_SN);
}

#[test]
fn the_root_sn_contains_the_roots_that_are_signed_with_rsa() {
    let roots = key("roots");
    let noise = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
    for form in [
        roots.clone(),
        roots.replace('\n', "\r\n"),
        format!("subject= a line of openssl's\n{noise}{roots}{noise}"),
        format!("{roots}-----BEGIN CERTIFICATE-----\ncut off"),
    ] {
        assert_eq!(alipay_root_cert_sn(&form.clone().into_bytes().into()).as_deref(), Ok(ROOT_SN));
        assert_eq!(alipay_root_cert_sn(&form.into()).as_deref(), Ok(ROOT_SN));
    }
}

#[test]
fn inputs_without_an_sn_are_rejected() {
    let (own, root) = (Error::Key("appCertificate"), Error::Key("alipayRootCertificate"));
    for text in ["no certificate", "MAA=", &key("app"), "-----BEGIN CERTIFICATE-----"] {
        assert_eq!(alipay_cert_sn(&text.into()), Err(own.clone()), "{text}");
        assert_eq!(alipay_root_cert_sn(&text.into()), Err(root.clone()), "{text}");
    }
    assert_eq!(alipay_root_cert_sn(&der(&key("crt")).into()), Err(root.clone()));
    // A name with a comma can be written in several ways.
    let mut leaf = der(&key("crt"));
    let dash = leaf.windows(8).position(|window| window == b"mp-phone").unwrap() + 2;
    leaf[dash] = b',';
    let comma = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(leaf));
    assert_eq!(alipay_cert_sn(&comma.as_str().into()), Err(own));
    assert_eq!(alipay_root_cert_sn(&(key("roots") + &comma).into()), Err(root));
    assert_eq!(alipay_cert_sn(&Input::Absent), Err(Error::Input("appCertificate")));
    assert_eq!(alipay_root_cert_sn(&"".into()), Err(Error::Input("alipayRootCertificate")));
}
