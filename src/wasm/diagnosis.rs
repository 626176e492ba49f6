//! What only the module of diagnosis has. Its answers are deep, and cross the border as JSON text, of which serde-wasm-bindgen
//! makes a string: to make objects here would run setters that somebody put on JavaScript's `Object.prototype`.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::{Reply, buffer, keys, options, platform, reply, sealed};
use crate::{DiagnoseInput, Error, Input, OpenOptions, Platform};

/// Fields: `platform`, those of [`sealed`], those of [`keys`], `code`, `use`, `errMsg`, `errno`. `present`, in milliseconds,
/// stands in for options that make no sense: those are openPhone's to refuse.
#[wasm_bindgen]
pub fn diagnose(now: f64, max_age: f64, allow_unsigned: u8, present: f64) -> Result<JsValue, JsValue> {
    let options = options(now, max_age, allow_unsigned).and_then(|options| options.validate().map(|()| options));
    let makes_sense = options.is_ok();
    let options = options.unwrap_or_else(|_| OpenOptions::at_seconds(present / 1000.0));
    let mut diagnosis = buffer::read(|fields| {
        let platform = platform(fields);
        let sealed = sealed(platform.unwrap_or(Platform::Wechat), fields);
        let keys = keys(fields);
        let [code, login, err_msg, errno] = core::array::from_fn(|_| fields.next());
        let login = matches!(login, Input::Text(ref text) if text == "login");
        let suspect = DiagnoseInput { sealed: platform.map(|_| sealed), code, login, err_msg, errno };
        crate::diagnose(&suspect, &keys, &options)
    });
    diagnosis.ok &= makes_sense;
    json(&diagnosis)
}

/// Fields: `platform`, `answer`. The answer is a number where it is an error, which is then in the buffer.
#[wasm_bindgen]
pub fn explain() -> Result<JsValue, JsValue> {
    match buffer::read(|fields| Some(crate::explain(platform(fields)?, &fields.next()))) {
        Some(explanation) => json(&explanation),
        None => Ok(reply(Err::<Reply, _>(Error::Input("platform")), None).into()),
    }
}

/// Nothing that these answers hold can fail to be JSON.
fn json(answer: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(serde_json::to_string(answer).unwrap_or_default().serialize(&Serializer::new())?)
}
