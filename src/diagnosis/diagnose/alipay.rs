//! Why Alipay's response does not open.

use std::borrow::Cow;

use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    decoded_field::{DecodedField, Expectation, Lengths},
    key,
    payload::{self, ExpectedApp},
    plaintext::{Layout, Plaintext, Verdict, damaged, is_id, step_decrypt, whole_blocks},
    report::{Mistake, Report, State},
    text,
};
use crate::{
    Error, Input, Keys, OpenOptions, Platform, Sealed,
    crypto::{
        aes_cbc::{self, BLOCK},
        base64::Padding,
        rsa::{Hash, PublicKey},
    },
    json::Json,
    platform::alipay::Peeled,
};

pub(super) fn inspect(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    let envelope = peel(report, sealed);
    if let Some(Envelope { peeled, .. }) = &envelope {
        labels(report, peeled);
        if !peeled.is_sealed && !text::is_buffer(&peeled.body) {
            plain(report, &peeled.body);
            return;
        }
    }
    let mut response = envelope.as_ref().map(Envelope::response).unwrap_or_default();
    let sign_text = envelope.as_ref().and_then(|envelope| envelope.peeled.labels.sign.as_deref());
    let mut sign = sign_text.map_or_else(DecodedField::default, |text| signature(text, sealed));
    let mut aes_key = text::symmetric_key(&keys.aes_key, "aesKey", &[BLOCK]);
    let is_signed = sign_text.is_some() || report.has_mistake("sign");
    let (public_key, key_mistakes) = match &keys.alipay_public_key {
        Input::Absent if !is_signed => (None, Vec::new()),
        input => key::read(input, "alipayPublicKey", |key| PublicKey::read(key, "alipayPublicKey").ok()),
    };
    let is_cut = response.len() != whole_blocks(response.len());
    let has_wrong_length = whole_blocks(response.len()) == 0 || is_cut || aes_key.len() != BLOCK;
    let [response_len, sign_len, key_len] = [&response, &sign, &aes_key].map(|reading| reading.length);
    response.report(report, "response", Lengths::Blocks);
    sign.report(report, "sign", Lengths::Rsa);
    report.add_all(key_mistakes);
    aes_key.report(report, "aesKey", Lengths::OneOf(&[BLOCK]));
    report.step(
        "fields",
        if report.has("missing") || envelope.is_none() { State::Failed } else { State::Ok },
        format!("response {response_len} characters, sign {sign_len}, aesKey {key_len}"),
        format!("response {response_len} 个字符，sign {sign_len}，aesKey {key_len}"),
    );
    let Some(envelope) = envelope else { return };
    let (response_bytes, sign_bytes) = (response.len(), sign.len());
    report.step(
        "bytes",
        report.state_unless(has_wrong_length),
        format!("response {response_bytes}, sign {sign_bytes} bytes"),
        format!("response {response_bytes} 字节，sign {sign_bytes} 字节"),
    );
    let verified = if is_signed {
        verify(report, &envelope.peeled, public_key.as_deref(), &sign, &response)
    } else {
        unsigned(report, options)
    };
    decrypt(report, response, &aes_key, verified, options);
}

/// Reports that the response is not signed, as an error unless the options allow it.
fn unsigned(report: &mut Report, options: &OpenOptions) -> Signed {
    if options.allow_unsigned {
        report.step("verify", State::Ok, "unsigned, which is allowed", "没有签名，但已允许");
    } else {
        report.step("verify", State::Failed, "no sign", "没有 sign");
        report.add(Mistake::new("missing-signature", "sign"));
    }
    Signed::Unknown
}

fn decrypt(
    report: &mut Report,
    response: DecodedField,
    aes_key: &DecodedField,
    verified: Signed,
    options: &OpenOptions,
) {
    let is_cut = response.len() != whole_blocks(response.len());
    let data = response.bytes.and_then(|data| data.get(..whole_blocks(data.len())).map(<[u8]>::to_vec));
    let decrypted = data
        .filter(|data| !data.is_empty())
        .zip(aes_key.bytes.as_ref().filter(|key| key.len() == BLOCK))
        .and_then(|(data, key)| aes_cbc::decrypt_cbc(key, &[0; BLOCK], Zeroizing::new(data)));
    let Some(plaintext) = decrypted else {
        report.add_all((verified == Signed::OtherText).then(|| Mistake::new("changed-response", "response")));
        return;
    };
    let plaintext = Plaintext::new(plaintext, Layout { pad_block: 16, framed: false });
    let verdict = plaintext.verdict();
    step_decrypt(report, &plaintext, is_cut, false);
    match &verdict {
        Verdict::Nothing => report.add(Mistake::new("wrong-aes-key", "aesKey")),
        Verdict::Reads => {}
        Verdict::NoEnd if report.has("cut") => {}
        Verdict::NoEnd => report.add(Mistake::new("cut", "response")),
        verdict => damaged(report, "response", verdict),
    }
    // A text that is cut or damaged differs from the signed text: this is not a second cause.
    if verified == Signed::OtherText && !report.has("cut") && !report.has("damaged") {
        report.add_first(Mistake::new("changed-response", "response"));
    }
    let is_whole = verdict == Verdict::Reads && !is_cut;
    if verdict != Verdict::Nothing && content(report, plaintext.unpadded(), is_whole, options) {
        report.prove();
    }
}

/// A response without its wrappers.
struct Envelope<'a> {
    peeled: Peeled,
    /// The original field, if it has no wrapper. Only then can positions of damage refer to the field's text.
    bare: Option<&'a Input<'a>>,
}

impl Envelope<'_> {
    fn response(&self) -> DecodedField {
        let expected = Expectation { field: "response", lengths: Lengths::Blocks, padding: Padding::Required };
        match self.bare {
            Some(input) => text::base64(input, expected),
            None => text::base64(&Input::from(self.peeled.body.as_str()), expected).without_places(),
        }
    }
}

fn signature(text: &str, sealed: &Sealed) -> DecodedField {
    let expected = Expectation { field: "sign", lengths: Lengths::Rsa, padding: Padding::Required };
    let reading = text::base64(&Input::from(text), expected);
    if sealed.sign.is_absent() { reading.without_places() } else { reading }
}

fn peel<'a>(report: &mut Report, sealed: &'a Sealed<'_>) -> Option<Envelope<'a>> {
    let input = if sealed.response.is_absent() { &sealed.encrypted_data } else { &sealed.response };
    let is_object = |text: &str| text.trim_start().starts_with('{') && !text::is_buffer(text);
    let is_json_object = match input {
        Input::Text(text) | Input::Json(text) => is_object(text),
        _ => false,
    };
    if is_json_object && let Ok(peeled) = Peeled::from(sealed) {
        return Some(Envelope { peeled, bare: None });
    }
    let plain = text::plain(input, "response");
    if let Some(clean) = plain.text.filter(|clean| is_object(clean)) {
        let peeled = labelled(report, &Sealed { response: Input::from(clean), ..sealed.clone() })?;
        report.add_all(plain.mistakes);
        return Some(Envelope { peeled, bare: None });
    }
    // Only the labels (sign, sign type …) matter here. The ciphertext is checked later.
    let peeled = labelled(report, &Sealed { response: Input::from("-"), ..sealed.clone() })?;
    Some(Envelope { peeled, bare: Some(input) })
}

/// Unwraps the response. A label (sign, sign type …) that is not a string is reported and ignored.
fn labelled(report: &mut Report, sealed: &Sealed) -> Option<Peeled> {
    let mut sealed = sealed.clone();
    let mut attempts_left = 4_u8;
    loop {
        let error = match Peeled::from(&sealed) {
            Ok(peeled) => return Some(peeled),
            Err(error) => error,
        };
        let field = error.field().unwrap_or("response");
        let is_long = matches!(error, Error::Length(_));
        report.add(if is_long { Mistake::too_long(field) } else { Mistake::new("wrong-type", field) });
        attempts_left = attempts_left.checked_sub(1)?;
        match field {
            "sign" => sealed.sign = Input::Absent,
            "signType" => sealed.sign_type = Input::Absent,
            "encryptType" => sealed.encrypt_type = Input::Absent,
            "charset" => sealed.charset = Input::Absent,
            _ => return None,
        }
    }
}

fn labels(report: &mut Report, peeled: &Peeled) {
    let known = |value: &Option<String>, known: &[&str]| {
        value.as_ref().is_none_or(|value| known.iter().any(|known| value.eq_ignore_ascii_case(known)))
    };
    let labels = &peeled.labels;
    for (field, value, allowed) in [
        ("signType", &labels.sign_type, ["RSA2", "RSA"]),
        ("encryptType", &labels.encrypt_type, ["AES", "AES"]),
        ("charset", &labels.charset, ["UTF-8", "utf8"]),
    ] {
        if !known(value, &allowed) {
            let actual = value.as_deref().filter(|value| is_id(value)).unwrap_or("?");
            report
                .add(Mistake::new("unsupported-cipher", field).actual(actual).expected(allowed.first().unwrap_or(&"")));
        }
    }
}

/// The text that a signature covers.
#[derive(PartialEq, Eq)]
enum Signed {
    ThisText,
    OtherText,
    Unknown,
}

fn verify(
    report: &mut Report,
    peeled: &Peeled,
    key: Option<&PublicKey>,
    sign: &DecodedField,
    response: &DecodedField,
) -> Signed {
    let (Some(key), Some(sign), Some(ciphertext)) = (key, &sign.bytes, &response.text) else {
        report.step("verify", State::Failed, "no usable sign or public key", "没有可用的 sign 或公钥");
        return Signed::Unknown;
    };
    let declared = peeled.labels.hash().unwrap_or(Hash::Sha256);
    let digest = |text: &str, hash| match hash {
        Hash::Sha256 => Sha256::digest(text).to_vec(),
        Hash::Sha1 => Sha1::digest(text).to_vec(),
    };
    let Some((hash, signed)) = key.signed_digest(sign) else {
        report.step(
            "verify",
            State::Failed,
            "not signed with the private key of this public key",
            "不是与此公钥配对的私钥所签",
        );
        if Lengths::Rsa.allow(sign.len()) {
            report.add(Mistake::new("wrong-public-key", "alipayPublicKey"));
        } else if !report.has_mistake("sign") {
            report.add(Mistake::new("cut", "sign"));
        }
        return Signed::Unknown;
    };
    let name = |hash| if hash == Hash::Sha256 { "RSA2" } else { "RSA" };
    let quoted = format!("\"{}\"", ciphertext.as_str());
    let escaped = quoted.replace('/', "\\/");
    if [&quoted, &escaped].iter().any(|text| digest(text, hash) == signed) {
        if hash != declared {
            report
                .add(Mistake::new("wrong-sign-type", "signType").actual(name(hash)).expected(name(declared)).proven());
        }
        let state = if hash != declared || report.has_repairs() { State::Repaired } else { State::Ok };
        let name = name(hash);
        report.step("verify", state, format!("{name}, over the quoted text"), format!("{name}，签的是带引号的文本"));
        return Signed::ThisText;
    }
    if digest(ciphertext, hash) == signed {
        report.step("verify", State::Failed, "signed without its quotation marks", "签的是不带引号的文本");
        report.add(Mistake::new("sign-without-quotes", "sign").proven());
        return Signed::ThisText;
    }
    report.step(
        "verify",
        State::Failed,
        "signed with the right key, over another text",
        "密钥正确，但签的是另一段文本",
    );
    Signed::OtherText
}

/// Reports on a response that is JSON instead of a ciphertext: an error of Alipay, or a number without a signature.
fn plain(report: &mut Report, body: &str) {
    report.step("fields", State::Ok, "JSON instead of a ciphertext", "是 JSON，而不是密文");
    report.no_step("bytes");
    report.no_step("decrypt");
    let Ok(json) = Json::object(body) else {
        report.add(Mistake::new("wrong-type", "response"));
        return;
    };
    if !is_error(report, &json) {
        report.add(Mistake::new("missing-signature", "sign"));
    }
}

/// Reports an error response of Alipay, and returns whether it is one.
fn is_error(report: &mut Report, json: &Json<'_>) -> bool {
    let text = |names: &[&str]| json.first_of(names).and_then(Json::to_text).filter(|text| text.len() <= 64);
    let code = text(&["code"]).filter(|code| code != "10000");
    let may_be_shown = |text: &Cow<'_, str>| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let Some(code) = code else { return false };
    let parts: Vec<_> =
        [Some(code), text(&["subCode", "sub_code"])].into_iter().flatten().filter(may_be_shown).collect();
    report.step("parse", State::Failed, "Alipay's error", "支付宝的错误");
    report.add(Mistake::new("error-body", "response").actual(&parts.join(" ")));
    true
}

fn content(report: &mut Report, content: &[u8], is_complete: bool, options: &OpenOptions) -> bool {
    if let Some(json) = core::str::from_utf8(content).ok().and_then(|text| Json::object(text).ok())
        && is_error(report, &json)
    {
        return true;
    }
    let own = ExpectedApp { platform: Platform::Alipay, app: (&Input::Absent, "appId"), named_app: None, options };
    payload::inspect(report, content, is_complete, &own)
}
