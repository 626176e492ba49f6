//! Reading JavaScript values.

use js_sys::{Array, ArrayBuffer, BigInt, JSON, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::{Error, Input, Keys, OpenOptions, Platform, Sealed, Suspect, input::MAX_LEN};

#[wasm_bindgen]
extern "C" {
    /// Whatever a caller passed where an object belongs.
    pub type Fields;
}

impl Fields {
    /// One field; none where it cannot be read, because a getter or a proxy throws.
    fn get(&self, name: &str) -> Option<JsValue> {
        if self.is_null() || self.is_undefined() {
            return Some(JsValue::UNDEFINED);
        }
        Reflect::get(self, &JsValue::from_str(name)).ok()
    }

    pub(super) fn input(&self, name: &str) -> Input {
        self.get(name).map_or(Input::Wrong, |value| to_input(&value))
    }

    pub(super) fn platform_of(&self) -> Option<Platform> {
        platform(&self.get("platform")?)
    }

    pub(super) fn sealed(&self, platform: Platform) -> Sealed {
        let mut sealed = Sealed {
            encrypted_data: self.input("encryptedData"),
            iv: self.input("iv"),
            data: self.input("data"),
            ..Sealed::new(platform)
        };
        if platform == Platform::Alipay {
            self.read_envelope(&mut sealed);
        }
        sealed
    }

    /// Alipay's fields.
    fn read_envelope(&self, sealed: &mut Sealed) {
        let either = |name, other| match self.input(name) {
            Input::Absent => self.input(other),
            given => given,
        };
        sealed.response = self.input("response");
        sealed.sign = self.input("sign");
        sealed.sign_type = either("signType", "sign_type");
        sealed.encrypt_type = either("encryptType", "encrypt_type");
        sealed.charset = self.input("charset");
    }

    pub(super) fn suspect(&self) -> Suspect {
        // Alipay's fields tell that a payload is Alipay's, whatever the platform that was named.
        let sealed = |platform| {
            let mut sealed = self.sealed(platform);
            self.read_envelope(&mut sealed);
            sealed
        };
        Suspect {
            sealed: self.platform_of().map(sealed),
            code: self.input("code"),
            login: matches!(self.input("use"), Input::Text(used) if *used == "login"),
            err_msg: self.input("errMsg"),
            errno: self.get("errno").map_or(Input::Wrong, |value| to_answer(&value)),
        }
    }

    pub(super) fn keys(&self) -> Keys {
        Keys {
            app_id: self.input("appId"),
            app_key: self.input("appKey"),
            session_key: self.input("sessionKey"),
            private_key: self.input("privateKey"),
            alipay_public_key: self.input("alipayPublicKey"),
            aes_key: self.input("aesKey"),
        }
    }

    pub(super) fn options(&self) -> Result<OpenOptions, Error> {
        Ok(OpenOptions {
            max_age: self.option("maxAge", JsValue::as_f64)?.unwrap_or(OpenOptions::MAX_AGE),
            now: self.option("now", JsValue::as_f64)?.unwrap_or_else(js_sys::Date::now) / 1000.0,
            allow_unsigned: self.option("allowUnsigned", JsValue::as_bool)?.unwrap_or(false),
        })
    }

    /// An option, if it is given.
    fn option<T>(&self, name: &'static str, read: impl Fn(&JsValue) -> Option<T>) -> Result<Option<T>, Error> {
        match self.get(name) {
            Some(value) if value.is_undefined() || value.is_null() => Ok(None),
            Some(value) => read(&value).map(Some).ok_or(Error::Input(name)),
            None => Err(Error::Input(name)),
        }
    }
}

/// The platform that a value names.
pub(super) fn platform(name: &JsValue) -> Option<Platform> {
    let longest_name = 32;
    let name: &JsString = name.dyn_ref()?;
    if name.length() > longest_name {
        return None;
    }
    Platform::from_name(&String::from(name))
}

/// A value as a field.
pub(super) fn to_input(value: &JsValue) -> Input {
    if value.is_undefined() || value.is_null() {
        Input::Absent
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        to_text(text).map_or(Input::TooLong, Input::Text)
    } else if Array::is_array(value) {
        to_list(value.unchecked_ref())
    } else if ArrayBuffer::is_view(value) {
        to_bytes(value)
    } else if value.is_object() {
        to_json(value)
    } else {
        Input::Wrong
    }
}

/// A value as a platform's answer, or the code of one: as a field, and a number is the text of its digits. Of an error
/// that was thrown, the platform's code that a `PhoneError` has, or else its message.
pub(super) fn to_answer(value: &JsValue) -> Input {
    if let Some(number) = value.as_f64() {
        return Input::from(number.to_string());
    }
    let Some(error) = value.dyn_ref::<js_sys::Error>() else { return to_input(value) };
    let code = Reflect::get(error, &"platformCode".into()).ok();
    let text = code.and_then(|code| code.dyn_into::<JsString>().ok()).unwrap_or_else(|| error.message());
    to_text(&text).map_or(Input::TooLong, Input::Text)
}

fn to_text(text: &JsString) -> Option<Zeroizing<String>> {
    (text.length() as usize <= MAX_LEN).then(|| Zeroizing::new(String::from(text)))
}

/// A list of values that are not lists themselves.
fn to_list(list: &Array) -> Input {
    let longest_list = 64;
    if list.length() > longest_list {
        return Input::TooLong;
    }
    let item = |index| match Reflect::get_u32(list, index) {
        Ok(value) if !Array::is_array(&value) => to_input(&value),
        _ => Input::Wrong,
    };
    Input::List((0..list.length()).map(item).collect())
}

/// Bytes, of whichever realm: `instanceof` would not know a Uint8Array of another one.
fn to_bytes(view: &JsValue) -> Input {
    let is_bytes = Reflect::get(view, &"BYTES_PER_ELEMENT".into()).is_ok_and(|size| size == 1);
    if !is_bytes {
        return Input::Wrong;
    }
    let bytes: &Uint8Array = view.unchecked_ref();
    if bytes.length() as usize > MAX_LEN {
        return Input::TooLong;
    }
    bytes.to_vec().into()
}

/// An object as JSON text, big integers as their digits. What JSON cannot hold (a cycle, a throwing getter) is wrong.
fn to_json(object: &JsValue) -> Input {
    let mut digits = |_key: JsString, value: JsValue| match value.dyn_ref::<BigInt>() {
        Some(big) => Ok(big.to_string(10).ok().map(Into::into)),
        None => Ok(Some(value)),
    };
    match JSON::stringify_with_replacer_func(object, &mut digits, None) {
        Ok(text) if text.is_string() => to_text(&text).map_or(Input::TooLong, Input::Json),
        _ => Input::Wrong,
    }
}
