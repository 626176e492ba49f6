//! Runs the vectors through the buffer between JavaScript and the module; wasm-pack runs them in Node and in Chromium.
//! The conversion of JavaScript's values to fields is tested on the package, in tests/package and tests/runtimes.
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

use js_sys::{Uint8Array, WebAssembly::Memory};
use mp_phone::wasm;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

const NONE: u32 = u32::MAX;

/// The time for a diagnosis whose options are invalid, in milliseconds.
const PRESENT: f64 = 1_700_000_000_000.0;

/// Fields as js/core/bridge.ts writes them.
#[derive(Default)]
struct Fields {
    words: Vec<u32>,
    texts: String,
    bytes: Vec<u8>,
}

impl Fields {
    fn of<'a>(fields: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut all = Self::default();
        fields.into_iter().for_each(|field| all.write(field));
        all
    }

    fn write(&mut self, field: &Value) {
        match field {
            Value::Null => self.words.push(0),
            Value::String(text) => self.write_text(text, 1),
            Value::Array(items) => {
                self.words.push(word(items.len(), 4));
                items.iter().for_each(|item| self.write(item));
            }
            Value::Object(object) if object.contains_key("$undefined") => self.words.push(0),
            Value::Object(object) if object.contains_key("$bytes") => {
                use base64::{Engine as _, prelude::BASE64_STANDARD};
                let bytes = BASE64_STANDARD.decode(object["$bytes"].as_str().unwrap()).unwrap();
                self.words.push(word(bytes.len(), 3));
                self.bytes.extend(bytes);
            }
            Value::Object(_) => self.write_text(&field.to_string(), 2),
            _ => self.words.push(6),
        }
    }

    fn write_text(&mut self, text: &str, kind: u32) {
        self.words.push(word(text.encode_utf16().count(), kind));
        self.texts.push_str(text);
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(u32::try_from(self.words.len()).unwrap().to_le_bytes());
        bytes.extend(u32::try_from(self.texts.len()).unwrap().to_le_bytes());
        bytes.extend(self.texts.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes.extend(self.words.iter().flat_map(|word| word.to_le_bytes()));
        bytes.extend(&self.bytes);
        bytes
    }
}

fn word(length: usize, kind: u32) -> u32 {
    u32::try_from(length).unwrap() * 8 + kind
}

fn memory() -> Uint8Array {
    Uint8Array::new(&wasm::linear_memory().unchecked_into::<Memory>().buffer())
}

fn write(bytes: &[u8]) {
    let place = wasm::reserve(bytes.len()) as u32;
    memory().subarray(place, place + bytes.len() as u32).copy_from(bytes);
}

/// Calls the module with fields. Returns the `count` texts of its result, or its error.
fn call<'a>(
    fields: impl IntoIterator<Item = &'a Value>,
    count: usize,
    call: impl Fn() -> i32,
) -> Result<Vec<Value>, Value> {
    write(&Fields::of(fields).to_bytes());
    let length = call();
    if length < 0 { Err(error(length)) } else { Ok(texts(length, count)) }
}

fn error(length: i32) -> Value {
    let names = ["code", "message", "action", "platform", "field", "platformCode", "rid"];
    let texts = texts(length, names.len());
    names.into_iter().map(str::to_owned).zip(texts).collect::<serde_json::Map<_, _>>().into()
}

fn texts(length: i32, count: usize) -> Vec<Value> {
    let (place, length) = (wasm::reserve(0) as u32, length.unsigned_abs());
    let response = memory().subarray(place, place + length).to_vec();
    let (words, texts) = response.split_at(4 * count);
    let units: Vec<u16> = std::str::from_utf8(texts).unwrap().encode_utf16().collect();
    let mut rest = &*units;
    let texts = words.chunks(4).map(|word| match u32::from_le_bytes(word.try_into().unwrap()) {
        NONE => Value::Null,
        length => {
            let (text, after) = rest.split_at(length as usize);
            rest = after;
            String::from_utf16(text).unwrap().into()
        }
    });
    let texts = texts.collect();
    assert!(rest.is_empty());
    texts
}

fn members<'a>(object: &'a Value, names: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    names
        .iter()
        .map(|name| name.split('|').map(|name| &object[name]).find(|value| !value.is_null()).unwrap_or(&Value::Null))
}

const SEALED: [&str; 9] = [
    "platform",
    "encryptedData",
    "iv",
    "data",
    "response",
    "sign",
    "signType|sign_type",
    "encryptType|encrypt_type",
    "charset",
];
const KEYS: [&str; 6] = ["appId", "appKey", "sessionKey", "privateKey", "alipayPublicKey", "aesKey"];

/// `now`, `maxAge` and `allowUnsigned`, as `optionFields` in js/core/fields.ts returns them.
fn options(options: &Value) -> (f64, f64, u8) {
    let max_age = match &options["maxAge"] {
        Value::Null => 600.0,
        Value::Object(number) => number["$number"].as_str().unwrap().parse().unwrap(),
        number => number.as_f64().unwrap_or(f64::NAN),
    };
    let allow_unsigned = match &options["allowUnsigned"] {
        Value::Null => 0,
        value => value.as_bool().map_or(2, u8::from),
    };
    (options["now"].as_f64().unwrap_or(f64::NAN), max_age, allow_unsigned)
}

fn phone(texts: Vec<Value>) -> Value {
    let [platform, e164, country_code, national_number, masked, app_id, issued_at, raw] = texts.try_into().unwrap();
    json!({
        "platform": platform,
        "e164": e164,
        "countryCode": country_code,
        "nationalNumber": national_number,
        "masked": !masked.is_null(),
        "appId": app_id,
        "issuedAt": issued_at.as_str().map(|seconds| seconds.parse::<i64>().unwrap()),
        "raw": serde_json::from_str::<Value>(raw.as_str().unwrap()).unwrap(),
    })
}

#[wasm_bindgen_test]
fn vectors() {
    let ran = cases::run_all(|name, args| {
        let (first, second) = (&args[0], args.get(1).unwrap_or(&Value::Null));
        let (now, max_age, allow_unsigned) = options(args.get(2).unwrap_or(&Value::Null));
        match name {
            "openPhone" => {
                let fields = || members(first, &SEALED).chain(members(second, &KEYS));
                let phone = call(fields(), 8, || wasm::open_phone(now, max_age, allow_unsigned)).map(phone);
                assert_eq!(diagnosis(args)["ok"], phone.is_ok());
                phone
            }
            "diagnose" => Ok(diagnosis(args)),
            "explain" => explanation(first, second),
            "readPhone" => {
                let fields = members(first, &["platform", "answer"]).chain(members(second, &["appId"]));
                call(fields, 8, || wasm::read_phone(now, max_age, allow_unsigned)).map(phone)
            }
            "verifyRawData" => {
                let fields = members(first, &["platform", "rawData", "signature", "sessionKey"]);
                call(fields, 1, wasm::verify_raw_data).map(|texts| texts[0].is_string().into())
            }
            "signSession" => call([first, second], 1, wasm::sign_session).map(|mut texts| texts.remove(0)),
            "platformOf" => call([first], 1, wasm::platform_of).map(|mut texts| texts.remove(0)),
            other => panic!("unknown call {other}"),
        }
    });
    console_log!("{ran} vectors ran in wasm");
    assert!(ran > 100, "only {ran} vectors were found");
}

fn diagnosis(args: &[Value]) -> Value {
    let (first, second) = (&args[0], args.get(1).unwrap_or(&Value::Null));
    let errno = first["errno"].as_i64().map_or_else(|| first["errno"].clone(), |errno| errno.to_string().into());
    let fields = members(first, &SEALED).chain(members(second, &KEYS));
    write(&Fields::of(fields.chain(members(first, &["code", "use", "errMsg"])).chain([&errno])).to_bytes());
    let (now, max_age, allow_unsigned) = options(args.get(2).unwrap_or(&Value::Null));
    parsed(&wasm::diagnose(now, max_age, allow_unsigned, PRESENT).unwrap().as_string().unwrap())
}

fn explanation(platform: &Value, response: &Value) -> Result<Value, Value> {
    write(&Fields::of([platform, response]).to_bytes());
    let explanation = wasm::explain().unwrap();
    // A number is the negative length of an error.
    explanation.as_string().map(|json| parsed(&json)).ok_or_else(|| error(explanation.as_f64().unwrap() as i32))
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[wasm_bindgen_test]
fn the_calls_of_js_server() {
    let wechat = |response: Value| call([&json!("wx"), &response], 1, wasm::check_response);
    assert_eq!(wechat(json!({"errcode": 0})), Ok(vec![Value::Null]));
    let error = wechat(json!({"errcode": 40029, "errmsg": "invalid code, rid: 65a1b2c3"})).unwrap_err();
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
    let node = json!(r#"{"user_id":"2088000000000000","expires_in":1296000,"big":12345678901234567890}"#);
    let sign = call([&node, &keys["alipay"]], 1, wasm::sign_rsa2).unwrap().remove(0);
    let text = format!(r#"{{"alipay_system_oauth_token_response":{},"sign":{sign}}}"#, node.as_str().unwrap());
    let method = json!("alipay.system.oauth.token");
    let verified = call([&json!(text), &method, &keys["crt"]], 1, wasm::read_alipay_response).unwrap().remove(0);
    assert_eq!(verified, r#"{"user_id":"2088000000000000","expires_in":1296000,"big":"12345678901234567890"}"#);
    assert_eq!(call([&keys["roots"]], 1, wasm::alipay_root_cert_sn).unwrap()[0].as_str().unwrap().len(), 65);
    assert_eq!(call([&keys["crt"]], 1, wasm::alipay_cert_sn).unwrap()[0].as_str().unwrap().len(), 32);
}

/// No content of the buffer makes the module trap.
#[wasm_bindgen_test]
fn random_buffers_return_a_text_or_an_error_code() {
    let mut state = 1_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    for round in 0..2000_u32 {
        let length = random() % 200;
        // In half of the rounds the words are small numbers, because small lengths fit into the buffer.
        let bytes: Vec<u8> =
            (0..length).map(|at| if at % 4 > 0 && round % 2 == 0 { 0 } else { random() as u8 }).collect();
        let calls: [fn() -> i32; 4] =
            [|| wasm::open_phone(0.0, 600.0, 0), wasm::check_response, wasm::sign_session, wasm::read_alipay_response];
        for call in calls {
            write(&bytes);
            let length = call();
            let count = if length < 0 { 7 } else { 1 };
            assert!(texts(length, count)[0].is_string());
        }
    }
}
