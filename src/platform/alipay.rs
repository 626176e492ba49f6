//! Alipay, 支付宝: a signed envelope around AES-128-CBC with an iv of zeros. Vectors of Alipay's own SDKs prove
//! signatures, cipher and key forms. A signed and encrypted phone sample was never published.
//!
//! Source: AlipayDocs/open-docs, `my.getPhoneNumber.md`, its FAQ and the server-side samples.
//!
//! The payload names no app, no user and no time: anybody who has a response can send it again, in any session.

pub(super) mod certificate;
pub(super) mod gateway;

use std::borrow::Cow;

use super::{payload, platform_error, session, shape};
use crate::{
    Action, Error, Input, Keys, OpenOptions, PhoneNumber, Platform, Sealed, catalog,
    crypto::{
        aes_cbc::{self, BLOCK},
        base64::{self, Padding},
        rsa::{Hash, PublicKey},
    },
    json::{self, Json, Members},
    phone::{Number, calling_code_len},
    search,
};

/// The depth to which clients wrap the response: for example the text of the callback's object, whose `response` is an
/// object or a text.
const MAX_WRAPPINGS: usize = 4;

pub(super) fn open(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    let envelope = Envelope::unwrap(sealed)?;
    match &envelope.body {
        Body::Sealed(ciphertext) => {
            let aes_key = base64::symmetric_key(&keys.aes_key, &[16], "aesKey")?;
            // Alipay signs the value's JSON text: the ciphertext with its quotes.
            if envelope.sign.is_some() || !options.allow_unsigned {
                envelope.verify(&format!("\"{ciphertext}\""), keys)?;
            }
            let ciphertext = session::blocks(ciphertext, "response")?;
            aes_cbc::open_cbc(&aes_key, &[0; BLOCK], ciphertext, 16)
                .and_then(|plaintext| {
                    let payload = payload::parse_plaintext(&plaintext)?;
                    let phone = phone(&payload)?;
                    // An unsigned ciphertext may have been assembled from blocks of other ciphertexts.
                    if envelope.sign.is_some() || shape::is_plain(&payload) { Ok(phone) } else { Err(Error::DECRYPT) }
                })
                .map_err(Error::for_configured_key)
        }
        Body::Plain(text) => {
            let payload = Json::object(text).map_err(|_| Error::Input("response"))?;
            if envelope.sign.is_some() {
                envelope.verify(text, keys)?;
            } else {
                // Only an error may be unsigned. An unsigned plain number, which anybody could have typed, is always
                // rejected.
                return Err(unsigned_error(&payload)?.unwrap_or(Error::Signature));
            }
            phone(&payload)
        }
    }
}

/// The codes of the gateway's errors, from Alipay's page common/105806: the same as in the catalog.
const GATEWAY_CODES: [&str; 7] = ["20000", "20001", "40001", "40002", "40003", "40004", "40006"];

/// The error in an unsigned body. The client may have written the body, so only known codes are reported, and the
/// action is always one that the user carries out.
fn unsigned_error(payload: &Json<'_>) -> Result<Option<Error>, Error> {
    let Some(code) = platform_error::code(payload, "code")?.filter(|code| GATEWAY_CODES.contains(&&**code)) else {
        return Ok(None);
    };
    let action = match catalog::action(Platform::Alipay, reason(payload).as_deref().unwrap_or(&code)) {
        Action::AskAgain | Action::Retry => Action::AskAgain,
        _ => Action::EnterManually,
    };
    Ok(Some(Error::Platform { code: code.into_owned(), action, rid: None }))
}

/// Reads the number of a payload whose signature is valid.
fn phone(payload: &Json<'_>) -> Result<PhoneNumber, Error> {
    payload.first_of(&["code"]).ok_or(Error::NotPhone)?;
    check_code(payload)?;
    let mobile = payload.get("mobile").and_then(Json::to_text).unwrap_or_default();
    // An overseas number is `country code-number`. A mainland number has no country code.
    let (country, number) = match mobile.split_once('-') {
        Some((country, number)) if !country.is_empty() && calling_code_len(country) == country.len() => {
            (Some(country), number)
        }
        _ => (None, &*mobile),
    };
    let number = Number::read(None, Some(number), country)?;
    Ok(number.into_phone(Platform::Alipay, None, None, payload))
}

/// A gateway response has its error in `error_response`; an error payload is the error itself.
pub(super) fn check_parsed_response(response: &Json<'_>) -> Result<(), Error> {
    check_code(error_in(response))
}

/// The second code of an error, which is more specific than the code.
#[cfg(feature = "diagnosis")]
pub(super) fn sub_code(response: &Json<'_>) -> Option<String> {
    reason(error_in(response)).map(Cow::into_owned)
}

fn error_in<'a>(response: &'a Json<'a>) -> &'a Json<'a> {
    response.first_of(&["error_response"]).unwrap_or(response)
}

fn reason<'a>(payload: &'a Json<'_>) -> Option<Cow<'a, str>> {
    payload.first_of(&["subCode", "sub_code"]).and_then(Json::to_text)
}

/// Returns the error of a code other than 10000, which is success. Some successful responses of the gateway have no
/// code. Errors are encrypted or plain; payloads have `subCode`, the gateway has `sub_code`.
fn check_code(payload: &Json<'_>) -> Result<(), Error> {
    match platform_error::code(payload, "code")? {
        Some(code) if code != "10000" => Err(Error::Platform {
            action: catalog::action(Platform::Alipay, reason(payload).as_deref().unwrap_or(&code)),
            rid: None,
            code: platform_error::label(&code),
        }),
        _ => Ok(()),
    }
}

enum Body {
    /// Base64 of the ciphertext, without whitespace.
    Sealed(String),
    /// JSON text, as received.
    Plain(String),
}

/// An unwrapped response with its signature.
struct Envelope {
    body: Body,
    sign: Option<String>,
    hash: Hash,
}

impl Envelope {
    fn unwrap(sealed: &Sealed) -> Result<Self, Error> {
        let Peeled { body, is_sealed, labels } = Peeled::from(sealed)?;
        labels.on(if is_sealed {
            Body::Sealed(base64::compact(&body, "response")?.to_string())
        } else {
            Body::Plain(body)
        })
    }

    fn verify(&self, message: &str, keys: &Keys) -> Result<(), Error> {
        let sign = self.sign.as_deref().ok_or(Error::Signature)?;
        let key = PublicKey::read(&keys.alipay_public_key, "alipayPublicKey")?;
        let sign = base64::decode(sign, Padding::Required, "sign")?;
        let verifies = |message: &str| key.verifies(message.as_bytes(), &sign, self.hash);
        // A JSON encoder between Alipay and the backend may have escaped slashes. Alipay's PHP SDK tries the same two
        // texts.
        if verifies(message) || search::replaced(message, "\\/", "/").is_some_and(|unescaped| verifies(&unescaped)) {
            Ok(())
        } else {
            Err(Error::Signature)
        }
    }
}

/// An unwrapped response, and the members beside it (sign, sign type …), which are not checked yet.
pub(crate) struct Peeled {
    /// A ciphertext, or JSON text.
    pub(crate) body: String,
    pub(crate) is_sealed: bool,
    pub(crate) labels: Labels,
}

impl Peeled {
    /// Unwraps the shapes in which backends receive a response: the callback's object, its JSON text, that text inside
    /// the object, the button event's `encryptedData`, the ciphertext alone; and errors as an object, as a text and
    /// unwrapped.
    pub(crate) fn from(sealed: &Sealed) -> Result<Self, Error> {
        let response = if sealed.response.is_absent() { &sealed.encrypted_data } else { &sealed.response };
        let mut body = Cow::Borrowed(response.text_or_json("response")?);
        let mut labels = Labels {
            sign: match &sealed.sign {
                // Clients send an empty string if Alipay's response has no signature.
                Input::Text(text) if text.is_empty() => None,
                sign => sign.optional_text("sign")?.map(str::to_owned),
            },
            sign_type: sealed.sign_type.optional_text("signType")?.map(str::to_owned),
            encrypt_type: sealed.encrypt_type.optional_text("encryptType")?.map(str::to_owned),
            charset: sealed.charset.optional_text("charset")?.map(str::to_owned),
        };
        for _ in 0..MAX_WRAPPINGS {
            if !body.trim_start().starts_with('{') {
                return Ok(Self { body: body.into_owned(), is_sealed: true, labels });
            }
            let members = Members::read(&body).map_err(|_| Error::Input("response"))?;
            let Some(inner) = members.raw("response").or_else(|| members.raw("encryptedData")) else {
                return Ok(Self { body: body.into_owned(), is_sealed: false, labels });
            };
            labels.take(&members)?;
            body = Cow::Owned(json::parse_string(inner).map_or_else(|| inner.to_owned(), Cow::into_owned));
        }
        Err(Error::Input("response"))
    }
}

/// The members beside a response. Those of the innermost wrapping win.
pub(crate) struct Labels {
    pub(crate) sign: Option<String>,
    pub(crate) sign_type: Option<String>,
    pub(crate) encrypt_type: Option<String>,
    pub(crate) charset: Option<String>,
}

impl Labels {
    fn take(&mut self, members: &Members<'_>) -> Result<(), Error> {
        for (label, names, field) in [
            (&mut self.sign, ["sign", "sign"], "sign"),
            (&mut self.sign_type, ["sign_type", "signType"], "signType"),
            (&mut self.encrypt_type, ["encrypt_type", "encryptType"], "encryptType"),
            (&mut self.charset, ["charset", "charset"], "charset"),
        ] {
            if let Some(raw) = names.iter().find_map(|name| members.raw(name)) {
                let value = (raw != "null").then(|| json::parse_string(raw).ok_or(Error::Input(field))).transpose()?;
                *label = value.filter(|text| !text.is_empty()).map(Cow::into_owned).or(label.take());
            }
        }
        Ok(())
    }

    fn on(self, body: Body) -> Result<Envelope, Error> {
        let hash = self.hash()?;
        if self.encrypt_type.is_some_and(|name| name != "AES") {
            return Err(Error::Input("encryptType"));
        }
        if self.charset.is_some_and(|name| !["utf-8", "utf8"].contains(&&*name.to_ascii_lowercase())) {
            return Err(Error::Input("charset"));
        }
        Ok(Envelope { body, sign: self.sign, hash })
    }

    pub(crate) fn hash(&self) -> Result<Hash, Error> {
        match self.sign_type.as_deref() {
            None | Some("RSA2") => Ok(Hash::Sha256),
            Some("RSA") => Ok(Hash::Sha1),
            Some(_) => Err(Error::Input("signType")),
        }
    }
}
