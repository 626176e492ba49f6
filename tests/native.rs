//! The vectors against the crate as a Rust caller uses it.
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

use base64::{Engine as _, prelude::BASE64_STANDARD};
use mp_phone::{DiagnoseInput, Error, Input, Keys, OpenOptions, PhoneNumber, Platform, Sealed};
use serde_json::{Value, json};

#[test]
fn vectors() {
    let ran = cases::run_all(|call, args| dispatch(call, args).map_err(|error| failure(&error)));
    println!("{ran} vectors ran natively");
    assert!(ran > 100, "only {ran} vectors were found");
}

fn dispatch(call: &str, args: &[Value]) -> Result<Value, Error> {
    let first = &args[0];
    let platform = first["platform"].as_str().and_then(Platform::from_name);
    let known = || platform.ok_or(Error::Input("platform"));
    match call {
        "openPhone" => known().and_then(|platform| {
            let phone = mp_phone::open_phone(&sealed(first, platform), &keys(&args[1]), &options(&args[2]));
            let diagnosis = diagnose(args);
            assert_eq!(diagnosis["ok"], phone.is_ok(), "{args:?}");
            phone.map(|phone| to_value(&phone))
        }),
        "diagnose" => Ok(diagnose(args)),
        "explain" => {
            let platform = first.as_str().and_then(Platform::from_name).ok_or(Error::Input("platform"))?;
            Ok(serde_json::to_value(mp_phone::explain(platform, &input(&args[1]))).unwrap())
        }
        "readPhone" => known().and_then(|platform| {
            let app_id = input(&args[1]["appId"]);
            let phone = mp_phone::read_phone(platform, &input(&first["answer"]), &app_id, &options(&args[2]))?;
            Ok(to_value(&phone))
        }),
        "verifyRawData" => known().and_then(|platform| {
            let [raw_data, signature, key] = ["rawData", "signature", "sessionKey"].map(|name| input(&first[name]));
            mp_phone::verify_raw_data(platform, &raw_data, &signature, &key).map(Value::Bool)
        }),
        "signSession" => {
            mp_phone::sign_session(&input(first), &args.get(1).map_or(Input::Absent, input)).map(Value::String)
        }
        "platformOf" => Ok(first.as_str().and_then(Platform::from_name).map_or(Value::Null, |p| json!(p.name()))),
        other => panic!("unknown call {other}"),
    }
}

fn diagnose(args: &[Value]) -> Value {
    let first = &args[0];
    let suspect = DiagnoseInput {
        sealed: first["platform"].as_str().and_then(Platform::from_name).map(|platform| sealed(first, platform)),
        code: input(&first["code"]),
        login: first["use"] == "login",
        err_msg: input(&first["errMsg"]),
        errno: first["errno"].as_i64().map_or_else(|| input(&first["errno"]), |errno| errno.to_string().into()),
    };
    serde_json::to_value(mp_phone::diagnose(&suspect, &keys(&args[1]), &options(&args[2]))).unwrap()
}

/// The number as JavaScript gets it.
fn to_value(phone: &PhoneNumber) -> Value {
    json!({
        "platform": phone.platform.name(),
        "e164": phone.e164,
        "countryCode": phone.country_code,
        "nationalNumber": phone.national_number,
        "masked": phone.masked,
        "appId": phone.app_id,
        "issuedAt": phone.issued_at,
        "raw": serde_json::from_str::<Value>(&phone.raw).unwrap(),
    })
}

/// The error as JavaScript gets it.
fn failure(error: &Error) -> Value {
    let (platform_code, rid) = match error {
        Error::Platform { code, rid, .. } => (Some(code), rid.as_ref()),
        _ => (None, None),
    };
    json!({
        "code": error.code(),
        "field": error.field(),
        "action": error.action().name(),
        "platformCode": platform_code,
        "rid": rid,
    })
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

fn options(value: &Value) -> OpenOptions {
    let mut options = OpenOptions::at(value["now"].as_f64().expect("every vector says when") / 1000.0);
    match &value["maxAge"] {
        Value::Number(seconds) => options.max_age = seconds.as_f64().unwrap(),
        Value::Object(number) => options.max_age = number["$number"].as_str().unwrap().parse().unwrap(),
        _ => {}
    }
    options.allow_unsigned = value["allowUnsigned"].as_bool().unwrap_or(false);
    options
}
