//! The vectors, and what only JavaScript can do, against the border: run by wasm-pack in Node and in Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)]

mod cases;

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use mp_phone::wasm;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen_test]
fn vectors() {
    let ran = cases::run_all(|call, args| {
        let args: Vec<JsValue> = args.iter().map(to_js).collect();
        let at = |index: usize| args.get(index).cloned().unwrap_or(JsValue::UNDEFINED);
        match call {
            "openPhone" => {
                let phone = wasm::open_phone(at(0).unchecked_ref(), at(1).unchecked_ref(), at(2).unchecked_ref());
                let diagnosis = wasm::diagnose(at(0).unchecked_ref(), at(1).unchecked_ref(), at(2).unchecked_ref());
                assert_eq!(from_js(&diagnosis.unwrap())["ok"], phone.is_ok());
                phone
            }
            "diagnose" => wasm::diagnose(at(0).unchecked_ref(), at(1).unchecked_ref(), at(2).unchecked_ref()),
            "explain" => wasm::explain(&at(0), &at(1)),
            "readPhone" => wasm::read_phone(at(0).unchecked_ref(), at(1).unchecked_ref(), at(2).unchecked_ref()),
            "verifyRawData" => wasm::verify_raw_data(at(0).unchecked_ref()).map(JsValue::from),
            "signSession" => wasm::sign_session(at(0), at(1)).map(JsValue::from),
            "platformOf" => Ok(wasm::platform_of(&at(0)).map_or(JsValue::NULL, JsValue::from)),
            other => panic!("unknown call {other}"),
        }
        .map(|answer| from_js(&answer))
        .map_err(|error| from_js(&error))
    });
    console_log!("{ran} vectors ran in wasm");
    assert!(ran > 100, "only {ran} vectors were found");
}

#[wasm_bindgen_test]
fn whatever_is_passed_has_a_code() {
    let throwing =
        Function::new_no_args("return { get platform() { throw new Error('no') } }").call0(&JsValue::NULL).unwrap();
    let throwing_later =
        Function::new_no_args("return { platform: 'wechat', encryptedData: 'AA==', get iv() { throw 1 } }")
            .call0(&JsValue::NULL)
            .unwrap();
    let proxy = Function::new_no_args("return new Proxy({}, { get() { throw 2 } })").call0(&JsValue::NULL).unwrap();
    let odd = [
        JsValue::NULL,
        JsValue::UNDEFINED,
        5.into(),
        true.into(),
        "text".into(),
        JsValue::symbol(Some("s")),
        js_sys::BigInt::from(1).into(),
        Array::new().into(),
        Object::new().into(),
        throwing,
        throwing_later,
        proxy,
    ];
    for first in &odd {
        for second in &odd {
            for third in &odd {
                let (first, second, third) = (first.unchecked_ref(), second.unchecked_ref(), third.unchecked_ref());
                for result in [wasm::open_phone(first, second, third), wasm::read_phone(first, second, third)] {
                    assert_eq!(code(&result.unwrap_err()), "ERR_INPUT");
                }
                let diagnosis = from_js(&wasm::diagnose(first, second, third).unwrap());
                assert_eq!(diagnosis["findings"][0]["severity"], "error");
            }
        }
        assert_eq!(code(&wasm::explain(first, first).unwrap_err()), "ERR_INPUT");
        assert_eq!(from_js(&wasm::explain(&"wechat".into(), first).unwrap())["error"], true);
        assert_eq!(code(&wasm::verify_raw_data(first.unchecked_ref()).unwrap_err()), "ERR_INPUT");
        assert_eq!(code(&wasm::check_answer(first.unchecked_ref()).unwrap_err()), "ERR_INPUT");
        for second in &odd {
            let answered = wasm::alipay_answer(first.unchecked_ref(), second.unchecked_ref());
            assert_eq!(code(&answered.unwrap_err()), "ERR_INPUT");
            // One of them is a text, which is no key.
            assert!(["ERR_INPUT", "ERR_KEY"].contains(&&*code(&wasm::sign_rsa2(first, second).unwrap_err())));
        }
        for sn in [wasm::alipay_cert_sn(first), wasm::alipay_root_cert_sn(first)] {
            assert!(["ERR_INPUT", "ERR_KEY"].contains(&&*code(&sn.unwrap_err())));
        }
        assert_eq!(wasm::platform_of(first), None);
    }
}

#[wasm_bindgen_test]
fn huge_and_endless_inputs_have_a_code() {
    let cycle = Object::new();
    Reflect::set(&cycle, &"self".into(), &cycle).unwrap();
    let deep = Function::new_no_args("let d = []; for (let i = 0; i < 100000; i++) d = [d]; return d")
        .call0(&JsValue::NULL)
        .unwrap();
    let long = Function::new_no_args("return 'x'.repeat(8e6)").call0(&JsValue::NULL).unwrap();
    for (answer, expected) in [
        (cycle.into(), "ERR_INPUT"),
        (deep, "ERR_INPUT"),
        (long, "ERR_LENGTH"),
        (Uint8Array::new_with_length(10).into(), "ERR_INPUT"),
    ] {
        let input = Object::new();
        Reflect::set(&input, &"platform".into(), &"wechat".into()).unwrap();
        Reflect::set(&input, &"answer".into(), &answer).unwrap();
        let result = wasm::read_phone(
            input.unchecked_ref(),
            JsValue::UNDEFINED.unchecked_ref(),
            JsValue::UNDEFINED.unchecked_ref(),
        );
        assert_eq!(code(&result.unwrap_err()), expected);
    }
}

#[wasm_bindgen_test]
fn big_integers_of_javascript_arrive_whole() {
    let input = Function::new_no_args(
        "return { platform: 'wechat', answer: { phoneInfo: { phoneNumber: 13800138000n, countryCode: 86, big: 12345678901234567890n } } }",
    )
    .call0(&JsValue::NULL)
    .unwrap();
    let undefined = JsValue::UNDEFINED;
    let phone = wasm::read_phone(input.unchecked_ref(), undefined.unchecked_ref(), undefined.unchecked_ref()).unwrap();
    let phone = from_js(&phone);
    assert_eq!(phone["e164"], "+8613800138000");
    assert_eq!(phone["raw"]["big"], "12345678901234567890");
}

#[wasm_bindgen_test]
fn what_js_host_calls() {
    let object = |text: &str| JSON::parse(text).unwrap();
    let checked = wasm::check_answer(object(r#"{"platform":"wx","answer":{"errcode":0}}"#).unchecked_ref());
    assert_eq!(checked, Ok(()));
    let answer = object(r#"{"platform":"wx","answer":{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3"}}"#);
    let error = from_js(&wasm::check_answer(answer.unchecked_ref()).unwrap_err());
    for (field, expected) in [
        ("code", "ERR_PLATFORM"),
        ("platform", "wechat"),
        ("platformCode", "40029"),
        ("action", "ask-again"),
        ("rid", "65a1b2c3"),
    ] {
        assert_eq!(error[field], expected);
    }

    let keys: Value = serde_json::from_str(include_str!("vectors/keys.json")).unwrap();
    let key = |name: &str| JsValue::from_str(keys[name].as_str().unwrap());
    let node = r#"{"user_id":"2088000000000000","expires_in":1296000,"big":12345678901234567890}"#;
    let sign = wasm::sign_rsa2(&node.into(), &key("alipay")).unwrap();
    let input = Object::new();
    let text = format!(r#"{{"alipay_system_oauth_token_response":{node},"sign":"{sign}"}}"#);
    Reflect::set(&input, &"answer".into(), &text.into()).unwrap();
    Reflect::set(&input, &"method".into(), &"alipay.system.oauth.token".into()).unwrap();
    let own = Object::new();
    Reflect::set(&own, &"alipayPublicKey".into(), &key("crt")).unwrap();
    let answered = from_js(&wasm::alipay_answer(input.unchecked_ref(), own.unchecked_ref()).unwrap());
    assert_eq!(answered["expires_in"], 1_296_000);
    assert_eq!(answered["big"], "12345678901234567890");

    let as_bytes = Uint8Array::from(keys["crt"].as_str().unwrap().as_bytes());
    assert_eq!(wasm::alipay_cert_sn(&as_bytes), wasm::alipay_cert_sn(&key("crt")));
    assert_eq!(wasm::alipay_root_cert_sn(&key("roots")).unwrap().len(), 65);
}

fn code(error: &JsValue) -> String {
    Reflect::get(error, &"code".into()).unwrap().as_string().unwrap()
}

fn from_js(value: &JsValue) -> Value {
    serde_json::from_str(&String::from(JSON::stringify(value).unwrap())).unwrap()
}

/// A case's argument, with what JSON has no words for.
fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Array(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Object(object) => match object.iter().next() {
            Some((key, Value::String(number))) if key == "$number" => number.parse::<f64>().unwrap().into(),
            Some((key, Value::String(base64))) if key == "$bytes" => {
                use base64::{Engine as _, prelude::BASE64_STANDARD};
                Uint8Array::from(&*BASE64_STANDARD.decode(base64).unwrap()).into()
            }
            Some((key, _)) if key == "$undefined" => JsValue::UNDEFINED,
            _ => {
                let out = Object::new();
                for (key, value) in object {
                    let descriptor = Object::new();
                    Reflect::set(&descriptor, &"value".into(), &to_js(value)).unwrap();
                    Reflect::set(&descriptor, &"enumerable".into(), &true.into()).unwrap();
                    Object::define_property(&out, &key.into(), &descriptor);
                }
                out.into()
            }
        },
        other => JSON::parse(&other.to_string()).unwrap(),
    }
}
