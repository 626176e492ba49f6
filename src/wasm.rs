//! The functions for JavaScript. A call reads its fields from a buffer in the module's memory and writes its result
//! into the same buffer: see [`buffer`]. Most functions call the function of the crate with the same name, which has
//! the documentation.
//!
//! A function returns the length of its result, and for an error the negative length.

mod buffer;
#[cfg(feature = "diagnosis")]
mod diagnosis;

use wasm_bindgen::prelude::*;

use crate::{Error, Input, Keys, OpenOptions, PhoneNumber, Platform, Sealed};
use buffer::Fields;
#[cfg(feature = "diagnosis")]
pub use diagnosis::{diagnose, explain};

/// After a panic the instance must not be used again: the next call gets a new instance.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|_| wasm_bindgen::handler::schedule_reinit()));
}

/// Requests a new instance for the next call, after a trap that did not run the panic hook.
#[wasm_bindgen]
pub fn recover() {
    wasm_bindgen::handler::schedule_reinit();
}

/// An empty function. Calling it makes wasm-bindgen create the new instance that was requested.
#[wasm_bindgen]
pub fn alive() {}

/// The module's memory, which contains the buffer.
#[wasm_bindgen(js_name = linearMemory)]
pub fn linear_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// Makes the buffer at least `length` bytes long, and returns its address. If the buffer grows, its content is lost.
#[wasm_bindgen]
pub fn reserve(length: usize) -> *mut u8 {
    buffer::reserve(length)
}

/// Fields: `platform`, the fields of [`sealed`], the fields of [`keys`].
#[wasm_bindgen(js_name = openPhone)]
pub fn open_phone(now: f64, max_age: f64, allow_unsigned: u8) -> i32 {
    with_platform(|platform, fields| {
        let sealed = sealed(platform?, fields);
        crate::open_phone(&sealed, &keys(fields), &options(now, max_age, allow_unsigned)?).map(Reply::Phone)
    })
}

/// Fields: `platform`, `answer`, `appId`.
#[wasm_bindgen(js_name = readPhone)]
pub fn read_phone(now: f64, max_age: f64, allow_unsigned: u8) -> i32 {
    with_platform(|platform, fields| {
        let options = options(now, max_age, allow_unsigned)?;
        crate::read_phone(platform?, &fields.next(), &fields.next(), &options).map(Reply::Phone)
    })
}

/// Fields: `platform`, `answer`.
#[wasm_bindgen(js_name = checkResponse)]
pub fn check_response() -> i32 {
    with_platform(|platform, fields| crate::check_response(platform?, &fields.next()).map(|()| Reply::Nothing))
}

/// Fields: text, private key.
#[wasm_bindgen(js_name = signRsa2)]
pub fn sign_rsa2() -> i32 {
    with_alipay(|fields| crate::sign_rsa2(&fields.next(), &fields.next()))
}

/// Fields: `answer`, `method`, `alipayPublicKey`.
#[wasm_bindgen(js_name = readAlipayResponse)]
pub fn read_alipay_response() -> i32 {
    with_alipay(|fields| crate::read_alipay_response(&fields.next(), &fields.next(), &fields.next()))
}

/// Fields: certificate.
#[wasm_bindgen(js_name = alipayCertSn)]
pub fn alipay_cert_sn() -> i32 {
    with_alipay(|fields| crate::alipay_cert_sn(&fields.next()))
}

/// Fields: certificates.
#[wasm_bindgen(js_name = alipayRootCertSn)]
pub fn alipay_root_cert_sn() -> i32 {
    with_alipay(|fields| crate::alipay_root_cert_sn(&fields.next()))
}

/// Fields: `platform`, `rawData`, `signature`, `sessionKey`. The result means yes or no: an empty text if the data is
/// signed with the key, `null` if it is not.
#[wasm_bindgen(js_name = verifyRawData)]
pub fn verify_raw_data() -> i32 {
    with_platform(|platform, fields| {
        let is_signed = crate::verify_raw_data(platform?, &fields.next(), &fields.next(), &fields.next())?;
        Ok(if is_signed { Reply::Text(String::new()) } else { Reply::Nothing })
    })
}

/// Fields: session key, body.
#[wasm_bindgen(js_name = signSession)]
pub fn sign_session() -> i32 {
    let signature = buffer::read(|fields| crate::sign_session(&fields.next(), &fields.next()));
    reply(signature.map(Reply::Text), None)
}

/// Fields: name. The result is no text if the name is unknown.
#[wasm_bindgen(js_name = platformOf)]
pub fn platform_of() -> i32 {
    with_platform(|platform, _| Ok(platform.map_or(Reply::Nothing, |platform| Reply::Text(platform.name().into()))))
}

/// Passes the platform that the first field names to `call`, and writes the result.
fn with_platform(call: impl FnOnce(Result<Platform, Error>, &mut Fields<'_>) -> Result<Reply, Error>) -> i32 {
    let (response, platform) = buffer::read(|fields| {
        let platform = platform(fields);
        (call(platform.ok_or(Error::Input("platform")), fields), platform)
    });
    reply(response, platform)
}

/// The platform that the next field names.
fn platform(fields: &mut Fields<'_>) -> Option<Platform> {
    match fields.next() {
        Input::Text(ref name) => Platform::from_name(name),
        _ => None,
    }
}

fn with_alipay(call: impl FnOnce(&mut Fields<'_>) -> Result<String, Error>) -> i32 {
    reply(buffer::read(call).map(Reply::Text), Some(Platform::Alipay))
}

fn sealed<'a>(platform: Platform, fields: &mut Fields<'a>) -> Sealed<'a> {
    let [encrypted_data, iv, data, response, sign, sign_type, encrypt_type, charset] =
        core::array::from_fn(|_| fields.next());
    Sealed { platform, encrypted_data, iv, data, response, sign, sign_type, encrypt_type, charset }
}

fn keys<'a>(fields: &mut Fields<'a>) -> Keys<'a> {
    let [app_id, app_key, session_key, private_key, alipay_public_key, aes_key] =
        core::array::from_fn(|_| fields.next());
    Keys { app_id, app_key, session_key, private_key, alipay_public_key, aes_key }
}

/// `now` is in milliseconds, `max_age` in seconds. If the caller's value has the wrong type, JavaScript passes NaN for
/// a number and 2 for `allow_unsigned`.
fn options(now: f64, max_age: f64, allow_unsigned: u8) -> Result<OpenOptions, Error> {
    let allow_unsigned = match allow_unsigned {
        0 => false,
        1 => true,
        _ => return Err(Error::Input("allowUnsigned")),
    };
    Ok(OpenOptions { max_age, now: now / 1000.0, allow_unsigned })
}

enum Reply {
    Phone(PhoneNumber),
    Text(String),
    Nothing,
}

fn reply(response: Result<Reply, Error>, platform: Option<Platform>) -> i32 {
    let length = |texts: &[Option<&str>]| i32::try_from(buffer::write(texts)).unwrap_or_default();
    match response {
        Ok(Reply::Phone(phone)) => length(&[
            Some(phone.platform.name()),
            phone.e164.as_deref(),
            phone.country_code.as_deref(),
            Some(&phone.national_number),
            phone.masked.then_some(""),
            phone.app_id.as_deref(),
            phone.issued_at.map(|seconds| seconds.to_string()).as_deref(),
            Some(&phone.raw),
        ]),
        Ok(Reply::Text(text)) => length(&[Some(&text)]),
        Ok(Reply::Nothing) => length(&[None]),
        Err(error) => {
            let (platform_code, rid) = match &error {
                Error::Platform { code, rid, .. } => (Some(&**code), rid.as_deref()),
                _ => (None, None),
            };
            length(&[
                Some(error.code()),
                Some(&error.to_string()),
                Some(error.action().name()),
                platform.map(Platform::name),
                error.field(),
                platform_code,
                rid,
            ])
            .wrapping_neg()
        }
    }
}
