//! What only the module of diagnosis has. Its options come as an object, which serde-wasm-bindgen reads. Its answers are
//! deep, and cross the border as JSON text: to make objects here would run setters that somebody put on JavaScript's
//! `Object.prototype`.

use js_sys::Object;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{Answer, buffer, keys, options, platform, reply, sealed, with_platform};
use crate::{Input, OpenOptions, Platform, Suspect};

/// What openPhone takes as numbers, and the present, which stands in for options that make no sense. In milliseconds; the age
/// in seconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Strictness {
    now: f64,
    max_age: f64,
    allow_unsigned: u8,
    present: f64,
}

/// Fields: `platform`, those of [`sealed`], those of [`keys`], `code`, `use`, `errMsg`, `errno`.
#[wasm_bindgen]
pub fn diagnose(strictness: Object) -> Result<i32, JsValue> {
    let Strictness { now, max_age, allow_unsigned, present } = serde_wasm_bindgen::from_value(strictness.into())?;
    let options = options(now, max_age, allow_unsigned).and_then(|options| options.validate().map(|()| options));
    let makes_sense = options.is_ok();
    // Options that make no sense are openPhone's to refuse.
    let options = options.unwrap_or_else(|_| OpenOptions::at(present / 1000.0));
    let mut diagnosis = buffer::read(|fields| {
        let platform = platform(fields);
        let sealed = sealed(platform.unwrap_or(Platform::Wechat), fields);
        let keys = keys(fields);
        let [code, login, err_msg, errno] = core::array::from_fn(|_| fields.next());
        let login = matches!(login, Input::Text(ref text) if text == "login");
        let suspect = Suspect { sealed: platform.map(|_| sealed), code, login, err_msg, errno };
        crate::diagnose(&suspect, &keys, &options)
    });
    diagnosis.ok &= makes_sense;
    Ok(reply(Ok(json(&diagnosis)), None))
}

/// Fields: `platform`, `answer`.
#[wasm_bindgen]
pub fn explain() -> i32 {
    with_platform(|platform, fields| Ok(json(&crate::explain(platform?, &fields.next()))))
}

/// Nothing that these answers hold can fail to be JSON.
fn json(answer: &impl Serialize) -> Answer {
    Answer::Text(serde_json::to_string(answer).unwrap_or_default())
}
