//! Runs the vectors against the crate's public functions, and checks the results that the feature `serde` serialises.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)]

mod cases;

use std::time::{Duration, UNIX_EPOCH};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use mp_phone::{DiagnoseInput, Error, Input, Keys, OpenOptions, Platform, Sealed};
use serde::Serialize;
use serde_json::Value;

#[test]
fn vectors() {
    let ran = cases::run_all(|call, args| dispatch(call, args).map_err(json));
    println!("{ran} vectors ran natively");
    assert!(ran > 100, "only {ran} vectors were found");
}

fn dispatch(call: &str, args: &[Value]) -> Result<Value, Error> {
    let first = &args[0];
    match call {
        "openPhone" => {
            let (sealed, options) = (sealed(first, platform(&first["platform"])?), options(&args[2])?);
            let phone = mp_phone::open_phone(&sealed, &keys(&args[1]), &options);
            assert_eq!(diagnose(args)?["ok"], phone.is_ok(), "{args:?}");
            phone.map(json)
        }
        "diagnose" => diagnose(args),
        "explain" => Ok(json(mp_phone::explain(platform(first)?, &input(&args[1])))),
        "readPhone" => {
            let (platform, options) = (platform(&first["platform"])?, options(&args[2])?);
            let app_id = input(&args[1]["appId"]);
            mp_phone::read_phone(platform, &input(&first["answer"]), &app_id, &options).map(json)
        }
        "verifyRawData" => {
            let [raw_data, signature, key] = ["rawData", "signature", "sessionKey"].map(|name| input(&first[name]));
            mp_phone::verify_raw_data(platform(&first["platform"])?, &raw_data, &signature, &key).map(Value::Bool)
        }
        "signSession" => {
            mp_phone::sign_session(&input(first), &args.get(1).map_or(Input::Absent, input)).map(Value::String)
        }
        "platformOf" => Ok(json(platform(first).ok())),
        other => panic!("unknown call {other}"),
    }
}

fn diagnose(args: &[Value]) -> Result<Value, Error> {
    let first = &args[0];
    let input = DiagnoseInput {
        sealed: platform(&first["platform"]).ok().map(|platform| sealed(first, platform)),
        code: input(&first["code"]),
        login: first["use"] == "login",
        err_msg: input(&first["errMsg"]),
        errno: first["errno"].as_i64().map_or_else(|| input(&first["errno"]), |errno| errno.to_string().into()),
    };
    Ok(json(mp_phone::diagnose(&input, &keys(&args[1]), &options(&args[2])?)))
}

/// A result as the feature `serde` serialises it. The vectors have the same results as the WebAssembly module returns.
fn json(result: impl Serialize) -> Value {
    serde_json::to_value(result).unwrap()
}

fn platform(name: &Value) -> Result<Platform, Error> {
    Ok(name.as_str().unwrap_or_default().parse()?)
}

fn input(value: &Value) -> Input<'_> {
    match value {
        Value::Null => Input::Absent,
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(input).collect::<Vec<_>>().into(),
        Value::Object(object) if object.contains_key("$undefined") => Input::Absent,
        Value::Object(object) if object.contains_key("$bytes") => {
            BASE64_STANDARD.decode(object["$bytes"].as_str().unwrap()).unwrap().into()
        }
        Value::Object(_) => Input::Json(value.to_string().into()),
        _ => Input::Wrong,
    }
}

fn sealed(value: &Value, platform: Platform) -> Sealed<'_> {
    let either = |name, other| if value.get(name).is_some() { &value[name] } else { &value[other] };
    Sealed {
        encrypted_data: input(&value["encryptedData"]),
        iv: input(&value["iv"]),
        data: input(&value["data"]),
        response: input(&value["response"]),
        sign: input(&value["sign"]),
        sign_type: input(either("signType", "sign_type")),
        encrypt_type: input(either("encryptType", "encrypt_type")),
        charset: input(&value["charset"]),
        ..Sealed::new(platform)
    }
}

fn keys(value: &Value) -> Keys<'_> {
    Keys {
        app_id: input(&value["appId"]),
        app_key: input(&value["appKey"]),
        session_key: input(&value["sessionKey"]),
        private_key: input(&value["privateKey"]),
        alipay_public_key: input(&value["alipayPublicKey"]),
        aes_key: input(&value["aesKey"]),
    }
}

/// The options as a JavaScript caller passes them. A `Duration` can hold neither NaN nor a negative `maxAge`.
fn options(value: &Value) -> Result<OpenOptions, Error> {
    let now = value["now"].as_u64().expect("every vector has a time, in milliseconds");
    let options = OpenOptions::at(UNIX_EPOCH + Duration::from_millis(now));
    let max_age = match &value["maxAge"] {
        Value::Object(number) => number["$number"].as_str().unwrap().parse().unwrap(),
        seconds => seconds.as_f64().unwrap_or(OpenOptions::MAX_AGE.as_secs_f64()),
    };
    let options = match Duration::try_from_secs_f64(max_age) {
        Ok(max_age) => options.max_age(max_age),
        Err(_) if max_age == f64::INFINITY => options.any_age(),
        Err(_) => return Err(Error::Input("maxAge")),
    };
    Ok(if value["allowUnsigned"] == true { options.allow_unsigned() } else { options })
}

/// The members of an object in their order.
fn names(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn results_are_serialised_with_the_members_of_javascript() {
    let options = OpenOptions::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let response = r#"{"errcode":0,"phone_info":{"phoneNumber":"13800138000","purePhoneNumber":"13800138000",
        "countryCode":86,"list":[1.5,null,true,"\u597d",12345678901234567890],
        "watermark":{"timestamp":1699999999,"appid":"wx0123456789abcdef"}}}"#;
    let phone = mp_phone::read_phone(Platform::Wechat, &response.into(), &Input::Absent, &options).unwrap();
    assert_eq!(phone.issued_at(), Some(UNIX_EPOCH + Duration::from_secs(1_699_999_999)));
    let expected = r#"{"platform":"wechat","e164":"+8613800138000","countryCode":"86","nationalNumber":"13800138000",
        "masked":false,"appId":"wx0123456789abcdef","issuedAt":1699999999,"raw":{"phoneNumber":"13800138000",
        "purePhoneNumber":"13800138000","countryCode":86,"list":[1.5,null,true,"好","12345678901234567890"],
        "watermark":{"timestamp":1699999999,"appid":"wx0123456789abcdef"}}}"#;
    let expected: String = expected.lines().map(str::trim_start).collect();
    assert_eq!(serde_json::to_string(&phone).unwrap(), expected);

    let error = mp_phone::check_response(Platform::Wechat, &r#"{"errcode":40029,"errmsg":"rid: 65a1-b2c3"}"#.into());
    let error = json(error.unwrap_err());
    assert_eq!(names(&error).join(" "), "code message action platformCode rid");
    assert_eq!((&error["code"], &error["action"]), (&"ERR_PLATFORM".into(), &"ask-again".into()));
    assert_eq!(error["message"], "the platform responded with an error");
    assert_eq!((&error["platformCode"], &error["rid"]), (&"40029".into(), &"65a1-b2c3".into()));
    assert_eq!(names(&json(Error::Length("iv"))), ["code", "message", "action", "field"]);

    let explanation = json(mp_phone::explain(Platform::Wechat, &"40029".into()));
    let members = "platform error code subCode known meaning action retry responsible fix rid source";
    assert_eq!(names(&explanation).join(" "), members);
    assert_eq!(names(&explanation["meaning"]), ["en", "zh"]);
    assert_eq!((&explanation["action"], &explanation["responsible"]), (&"ask-again".into(), &"user".into()));

    let sealed = Sealed {
        encrypted_data: "AAAA AAAAAAAAAAAAAAAAAA==".into(),
        iv: "AAAAAAAAAAAAAAAAAAAAAA==".into(),
        ..Sealed::new(Platform::Wechat)
    };
    let keys = Keys { session_key: "AAAAAAAAAAAAAAAAAAAAAA==".into(), ..Keys::default() };
    let input = DiagnoseInput { sealed: Some(sealed), ..DiagnoseInput::default() };
    let diagnosis = json(mp_phone::diagnose(&input, &keys, &options));
    assert_eq!(names(&diagnosis), ["ok", "findings", "steps"]);
    let findings = diagnosis["findings"].as_array().unwrap();
    let with_place = findings.iter().find(|finding| finding["code"] == "lost-plus").unwrap();
    assert_eq!(names(with_place).join(" "), "code field severity en zh fix at");
    assert_eq!(with_place["at"][0], serde_json::json!({"start": 4, "end": 5}));
    let steps = diagnosis["steps"].as_array().unwrap();
    assert!(steps.iter().any(|step| names(step).join(" ") == "name state en zh blocks"));
    assert!(steps.iter().any(|step| names(step).join(" ") == "name state en zh"));
}
