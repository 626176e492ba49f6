//! The functions that only the module with the feature `diagnosis` has. Their results are nested, and are returned as
//! JSON text, which serde-wasm-bindgen converts to a string. If we built JavaScript objects here, assigning their
//! members would call setters that someone defined on `Object.prototype`.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::{Reply, buffer, keys, options, platform, reply, sealed};
use crate::{DiagnoseInput, Error, Input, OpenOptions, Platform};

/// Fields: `platform`, the fields of [`sealed`], the fields of [`keys`], `code`, `use`, `errMsg`, `errno`. Invalid
/// options, which `openPhone` rejects, are replaced with the default options at `current_time`, in milliseconds.
#[wasm_bindgen]
pub fn diagnose(now: f64, max_age: f64, allow_unsigned: u8, current_time: f64) -> Result<JsValue, JsValue> {
    let options = options(now, max_age, allow_unsigned).and_then(|options| options.validate().map(|()| options));
    let has_valid_options = options.is_ok();
    let options = options.unwrap_or_else(|_| OpenOptions::at_seconds(current_time / 1000.0));
    let mut diagnosis = buffer::read(|fields| {
        let platform = platform(fields);
        let sealed = sealed(platform.unwrap_or(Platform::Wechat), fields);
        let keys = keys(fields);
        let [code, use_of_code, err_msg, errno] = core::array::from_fn(|_| fields.next());
        let used_for_login = matches!(use_of_code, Input::Text(ref text) if text == "login");
        let sealed = platform.map(|_| sealed);
        let input = DiagnoseInput { sealed, code, login: used_for_login, err_msg, errno };
        crate::diagnose(&input, &keys, &options)
    });
    diagnosis.ok &= has_valid_options;
    json(&diagnosis)
}

/// Fields: `platform`, `answer`. For an error, the result is a number: the negative length of the error in the buffer.
#[wasm_bindgen]
pub fn explain() -> Result<JsValue, JsValue> {
    match buffer::read(|fields| Some(crate::explain(platform(fields)?, &fields.next()))) {
        Some(explanation) => json(&explanation),
        None => Ok(reply(Err::<Reply, _>(Error::Input("platform")), None).into()),
    }
}

/// Serialising these results cannot fail.
fn json(response: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(serde_json::to_string(response).unwrap_or_default().serialize(&Serializer::new())?)
}
