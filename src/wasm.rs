//! The border to JavaScript: reads what arrives without trusting any of it, calls the crate, and shapes what leaves.
//!
//! Inputs are read field by field, each read caught, because a getter that throws would otherwise unwind past Rust and
//! leave secrets unwiped. Every text and key is copied into a buffer that wipes itself.

mod fields;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::{Error, OpenOptions, PhoneNumber, Platform};
use fields::Fields;

/// After a panic the instance must not be used again; the next call gets a fresh one.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|_| wasm_bindgen::handler::schedule_reinit()));
}

/// Asks for a fresh instance at the next call, for a trap that passed no panic hook.
#[wasm_bindgen]
pub fn recover() {
    wasm_bindgen::handler::schedule_reinit();
}

/// Does nothing: a call in which a fresh instance can be made.
#[wasm_bindgen]
pub fn alive() {}

/// See `openPhone` in js/core/index.ts.
#[wasm_bindgen(js_name = openPhone)]
pub fn open_phone(sealed: &Fields, keys: &Fields, options: &Fields) -> Result<JsValue, JsValue> {
    let platform = sealed.platform_of();
    let open = || {
        let sealed = sealed.sealed(platform.ok_or(Error::Input("platform"))?);
        crate::open_phone(&sealed, &keys.keys(), &options.options()?)
    };
    answer(open(), platform)
}

/// See `readPhone` in js/core/index.ts.
#[wasm_bindgen(js_name = readPhone)]
pub fn read_phone(input: &Fields, keys: &Fields, options: &Fields) -> Result<JsValue, JsValue> {
    let platform = input.platform_of();
    let read = || {
        let platform = platform.ok_or(Error::Input("platform"))?;
        crate::read_phone(platform, &input.input("answer"), &keys.input("appId"), &options.options()?)
    };
    answer(read(), platform)
}

/// See `diagnose` in js/core/index.ts.
#[wasm_bindgen]
pub fn diagnose(sealed: &Fields, keys: &Fields, options: &Fields) -> Result<JsValue, JsValue> {
    // Options that make no sense are openPhone's to refuse; here the present stands in for them.
    let options = options.options().unwrap_or_else(|_| OpenOptions::at(js_sys::Date::now() / 1000.0));
    to_js(&crate::diagnose(&sealed.suspect(), &keys.keys(), &options))
}

/// See `explain` in js/core/index.ts.
#[wasm_bindgen]
pub fn explain(platform: &JsValue, answer: &JsValue) -> Result<JsValue, JsValue> {
    let platform = fields::platform(platform).ok_or_else(|| failure(&Error::Input("platform"), None))?;
    to_js(&crate::explain(platform, &fields::to_answer(answer)))
}

/// Whether a platform's answer is an error, for js/host.
#[wasm_bindgen(js_name = checkAnswer)]
pub fn check_answer(input: &Fields) -> Result<(), JsValue> {
    let platform = input.platform_of();
    let check = || crate::check_answer(platform.ok_or(Error::Input("platform"))?, &input.input("answer"));
    check().map_err(|error| failure(&error, platform))
}

/// Signs a request to Alipay's gateway, for js/host.
#[wasm_bindgen(js_name = signRsa2)]
pub fn sign_rsa2(text: &JsValue, private_key: &JsValue) -> Result<String, JsValue> {
    of_alipay(crate::sign_rsa2(&fields::to_input(text), &fields::to_input(private_key)))
}

/// Verifies an answer of Alipay's gateway, for js/host.
#[wasm_bindgen(js_name = alipayAnswer)]
pub fn alipay_answer(input: &Fields, keys: &Fields) -> Result<JsValue, JsValue> {
    let [answer, method] = ["answer", "method"].map(|name| input.input(name));
    to_js(&of_alipay(crate::alipay_answer(&answer, &method, &keys.input("alipayPublicKey")))?)
}

/// The SN of a certificate, for js/host.
#[wasm_bindgen(js_name = alipayCertSn)]
pub fn alipay_cert_sn(certificate: &JsValue) -> Result<String, JsValue> {
    of_alipay(crate::alipay_cert_sn(&fields::to_input(certificate)))
}

/// The SN of Alipay's root certificates, for js/host.
#[wasm_bindgen(js_name = alipayRootCertSn)]
pub fn alipay_root_cert_sn(certificates: &JsValue) -> Result<String, JsValue> {
    of_alipay(crate::alipay_root_cert_sn(&fields::to_input(certificates)))
}

fn of_alipay<T>(result: Result<T, Error>) -> Result<T, JsValue> {
    result.map_err(|error| failure(&error, Some(Platform::Alipay)))
}

/// See `verifyRawData` in js/core/index.ts.
#[wasm_bindgen(js_name = verifyRawData)]
pub fn verify_raw_data(input: &Fields) -> Result<bool, JsValue> {
    let platform = input.platform_of();
    let verify = || {
        crate::verify_raw_data(
            platform.ok_or(Error::Input("platform"))?,
            &input.input("rawData"),
            &input.input("signature"),
            &input.input("sessionKey"),
        )
    };
    verify().map_err(|error| failure(&error, platform))
}

/// See `signSession` in js/core/index.ts.
#[wasm_bindgen(js_name = signSession)]
pub fn sign_session(session_key: JsValue, body: JsValue) -> Result<String, JsValue> {
    crate::sign_session(&fields::to_input(&session_key), &fields::to_input(&body))
        .map_err(|error| failure(&error, None))
}

/// See `platformOf` in js/core/index.ts.
#[wasm_bindgen(js_name = platformOf)]
pub fn platform_of(name: &JsValue) -> Option<String> {
    fields::platform(name).map(|platform| platform.name().to_owned())
}

fn answer(result: Result<PhoneNumber, Error>, platform: Option<Platform>) -> Result<JsValue, JsValue> {
    match result {
        Ok(phone) => to_js(&phone),
        Err(error) => Err(failure(&error, platform)),
    }
}

/// What js/core makes a `PhoneError` of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    code: &'static str,
    message: String,
    action: &'static str,
    platform: Option<Platform>,
    field: Option<&'static str>,
    platform_code: Option<&'a str>,
    rid: Option<&'a str>,
}

fn failure(error: &Error, platform: Option<Platform>) -> JsValue {
    let (platform_code, rid) = match error {
        Error::Platform { code, rid, .. } => (Some(&**code), rid.as_deref()),
        _ => (None, None),
    };
    let failure = Failure {
        code: error.code(),
        message: error.to_string(),
        action: error.action().name(),
        platform,
        field: error.field(),
        platform_code,
        rid,
    };
    to_js(&failure).unwrap_or_else(|error| error)
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
