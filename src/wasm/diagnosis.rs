//! What only the module of diagnosis has. Its answers are deep and seldom asked for: serde-wasm-bindgen makes them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::{Answer, buffer, keys, options, platform, reply, sealed};
use crate::{Error, Input, OpenOptions, Platform, Suspect};

/// Fields: `platform`, those of [`sealed`], those of [`keys`], `code`, `use`, `errMsg`, `errno`.
#[wasm_bindgen]
pub fn diagnose(now: f64, max_age: f64, allow_unsigned: u8) -> Result<JsValue, JsValue> {
    // Options that make no sense are openPhone's to refuse; here the present stands in for them.
    let options = options(now, max_age, allow_unsigned)
        .and_then(|options| options.validate().map(|()| options))
        .unwrap_or_else(|_| OpenOptions::at(js_sys::Date::now() / 1000.0));
    let diagnosis = buffer::read(|fields| {
        let platform = platform(fields);
        let sealed = sealed(platform.unwrap_or(Platform::Wechat), fields);
        let keys = keys(fields);
        let [code, login, err_msg, errno] = core::array::from_fn(|_| fields.next());
        let login = matches!(login, Input::Text(ref text) if text == "login");
        let suspect = Suspect { sealed: platform.map(|_| sealed), code, login, err_msg, errno };
        crate::diagnose(&suspect, &keys, &options)
    });
    to_js(&diagnosis)
}

/// Fields: `platform`, `answer`. The answer is a number where it is an error, which is then in the buffer.
#[wasm_bindgen]
pub fn explain() -> Result<JsValue, JsValue> {
    let explanation = buffer::read(|fields| Some(crate::explain(platform(fields)?, &fields.next())));
    match explanation {
        Some(explanation) => to_js(&explanation),
        None => Ok(reply(Err::<Answer, _>(Error::Input("platform")), None).into()),
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
