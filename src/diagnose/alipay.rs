//! Why Alipay's response does not open.

use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    key,
    payload::{self, Own},
    plaintext::{Layout, Plaintext, Verdict, is_id},
    report::{Mistake, Report, State},
    session::{UNDONE, damaged, step_decrypt, whole_blocks},
    text::{self, Lengths, Reading, Wanted},
};
use crate::{
    Error, Input, Json, Keys, OpenOptions, Platform, Sealed,
    cipher::{self, BLOCK},
    encoding::{self, Padding},
    platform::alipay::Peeled,
    rsa::{Hash, PublicKey},
};

pub(super) fn look(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    let Some((peeled, direct)) = peel(report, sealed) else {
        report.step("fields", State::Failed, "no response to look at", "没有可用的 response");
        return;
    };
    labels(report, &peeled);
    if !peeled.is_sealed && !text::is_buffer(&peeled.body) {
        plain(report, &peeled.body);
        return;
    }
    let wanted = Wanted { field: "response", lengths: Lengths::Blocks, padding: Padding::Required };
    let mut response = text::base64(&direct.unwrap_or_else(|| Input::from(peeled.body.as_str())), wanted);
    let (mut sign, signed) = sign(&peeled);
    let aes_key = aes_key(&keys.aes_key);
    let (public_key, key_mistakes) = match &keys.alipay_public_key {
        Input::Absent if !signed => (None, Vec::new()),
        given => key::read(given, "alipayPublicKey", |key| PublicKey::read(key, "alipayPublicKey").ok()),
    };
    let count = |input: &Reading| input.given;
    let (response_len, sign_len, key_len) = (count(&response), count(&sign), count(&aes_key));
    let missing = [&aes_key, &sign].iter().any(|reading| reading.mistakes.iter().any(|one| one.code == "missing"));
    report.step(
        "fields",
        if missing { State::Failed } else { State::Ok },
        format!("response {response_len} characters, sign {sign_len}, aesKey {key_len}"),
        format!("response {response_len} 个字符，sign {sign_len}，aesKey {key_len}"),
    );
    let torn = response.mistakes.iter().any(|mistake| mistake.code == "cut");
    report.add_all(response.mistakes.drain(..));
    let whole_blocks = whole_blocks(response.len());
    let cut = response.len() != whole_blocks;
    if cut && !torn {
        report.add(Mistake::new("cut", "response"));
    }
    report.add_all(sign.mistakes.drain(..));
    report.add_all(key_mistakes);
    let key_fits = aes_key.len() == BLOCK;
    let unexplained = aes_key.mistakes.iter().all(|mistake| mistake.code == "whitespace");
    report.add_all(aes_key.mistakes);
    if aes_key.bytes.is_some() && !key_fits && unexplained {
        let seen = aes_key.bytes.as_ref().map_or(0, |bytes| bytes.len()).to_string();
        report.add(Mistake::new("wrong-length", "aesKey").seen(&seen).wanted("16"));
    }
    let (response_bytes, sign_bytes) = (response.len(), sign.len());
    let state = match whole_blocks {
        0 => State::Failed,
        _ if cut || !key_fits => State::Failed,
        _ if report.undone() => State::Repaired,
        _ => State::Ok,
    };
    report.step(
        "bytes",
        state,
        format!("response {response_bytes}, sign {sign_bytes} bytes"),
        format!("response {response_bytes} 字节，sign {sign_bytes} 字节"),
    );
    if !signed && !options.allow_unsigned {
        report.step("verify", State::Failed, "there is no sign", "没有 sign");
        report.add(Mistake::new("missing-signature", "sign"));
    } else if !signed {
        report.step("verify", State::Ok, "unsigned, and allowed to be", "没有签名，但已允许");
    }
    let verified = match (&public_key, &sign.bytes, &response.text) {
        (Some(key), Some(sign), Some(ciphertext)) => {
            let declared = peeled.labels.hash().unwrap_or(Hash::Sha256);
            verify(report, key, sign, ciphertext, declared)
        }
        _ => Signed::Unknown,
    };
    let Some(mut data) = response.bytes.filter(|_| whole_blocks > 0) else { return };
    data.truncate(whole_blocks);
    let Some(plaintext) = aes_key.bytes.and_then(|key| cipher::decrypt_cbc(&key, &[0; BLOCK], data)) else {
        if verified == Signed::OtherText {
            report.add(Mistake::new("changed-response", "response"));
        }
        return;
    };
    let plaintext = Plaintext::new(plaintext, Layout { pad_block: 16, framed: false });
    step_decrypt(report, &plaintext, cut);
    let whole = matches!(plaintext.verdict(), Verdict::Reads) && !cut;
    match plaintext.verdict() {
        Verdict::Nothing => report.add(Mistake::new("wrong-aes-key", "aesKey")),
        Verdict::Reads => {}
        Verdict::NoEnd if report.has("cut") => {}
        Verdict::NoEnd => report.add(Mistake::new("cut", "response")),
        verdict => damaged(report, "response", &verdict),
    }
    // What is cut or damaged is another text than the one that was signed: that is no second cause.
    if verified == Signed::OtherText && !report.has("cut") && !report.has("damaged") {
        report.add_first(Mistake::new("changed-response", "response"));
    }
    if plaintext.verdict() == Verdict::Nothing {
        return;
    }
    if content(report, plaintext.unpadded(), whole, options) {
        report.prove(&UNDONE);
    }
}

/// The response out of its wrappings; and the field itself, where it has none, so that damage is shown in its own text.
fn peel(report: &mut Report, sealed: &Sealed) -> Option<(Peeled, Option<Input>)> {
    let given = if sealed.response.is_absent() { &sealed.encrypted_data } else { &sealed.response };
    let is_object = |text: &str| text.trim_start().starts_with('{') && !text::is_buffer(text);
    if given.is_absent() {
        report.add(Mistake::new("missing", "response"));
        return None;
    }
    if let Input::Text(text) | Input::Json(text) = given
        && !is_object(text)
    {
        let plain = text::plain(given, "response");
        let Some(clean) = plain.text else {
            report.add_all(plain.mistakes);
            return None;
        };
        if !is_object(&clean) {
            // Only what stands beside it matters here: its own text is looked at later.
            let peeled = Peeled::from(&Sealed { response: Input::from("-"), ..sealed.clone() });
            return Some((failing(report, peeled)?, Some(given.clone())));
        }
        report.add_all(plain.mistakes);
        let peeled = Peeled::from(&Sealed { response: Input::Text(clean), ..sealed.clone() });
        return Some((failing(report, peeled)?, None));
    }
    let peeled = Peeled::from(sealed).or_else(|error| {
        // JSON with its escapes left, or otherwise spoiled.
        let plain = text::plain(given, "response");
        let clean = plain.text.ok_or(error)?;
        let peeled = Peeled::from(&Sealed { response: Input::Text(clean), ..sealed.clone() })?;
        report.add_all(plain.mistakes);
        Ok(peeled)
    });
    Some((failing(report, peeled)?, None))
}

fn failing(report: &mut Report, peeled: Result<Peeled, Error>) -> Option<Peeled> {
    peeled
        .map_err(|error| {
            let field = error.field().unwrap_or("response");
            report.add(Mistake::new(
                if matches!(error, Error::Length(_)) { "wrong-length" } else { "wrong-type" },
                field,
            ));
        })
        .ok()
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
            let seen = value.as_deref().filter(|value| is_id(value)).unwrap_or("?");
            report.add(Mistake::new("unsupported-cipher", field).seen(seen).wanted(allowed.first().unwrap_or(&"")));
        }
    }
}

fn sign(peeled: &Peeled) -> (Reading, bool) {
    let Some(sign) = &peeled.labels.sign else { return (Reading::default(), false) };
    let wanted = Wanted { field: "sign", lengths: Lengths::Rsa, padding: Padding::Required };
    (text::base64(&Input::from(sign.as_str()), wanted), true)
}

fn aes_key(key: &Input) -> Reading {
    let wanted = Wanted { field: "aesKey", lengths: Lengths::OneOf(&[BLOCK]), padding: Padding::Required };
    match (key, encoding::symmetric_key(key, &[BLOCK], "aesKey")) {
        (Input::Bytes(bytes), Ok(key)) => Reading { bytes: Some(key), given: bytes.len(), ..Reading::default() },
        (Input::Bytes(bytes), Err(_)) => match core::str::from_utf8(bytes) {
            Ok(text) if text.len() > BLOCK => text::base64(&Input::from(text), wanted),
            _ => Reading { bytes: Some(bytes.clone()), given: bytes.len(), ..Reading::default() },
        },
        _ => text::base64(key, wanted),
    }
}

/// What a signature is of.
#[derive(PartialEq, Eq)]
enum Signed {
    ThisText,
    OtherText,
    Unknown,
}

fn verify(report: &mut Report, key: &PublicKey, sign: &[u8], ciphertext: &Zeroizing<String>, declared: Hash) -> Signed {
    let digest = |text: &str, hash| match hash {
        Hash::Sha256 => Sha256::digest(text).to_vec(),
        Hash::Sha1 => Sha1::digest(text).to_vec(),
    };
    let Some((hash, signed)) = key.signed_digest(sign) else {
        report.step("verify", State::Failed, "not made with this key's other half", "不是与此公钥配对的私钥所签");
        if Lengths::Rsa.allow(sign.len()) {
            report.add(Mistake::new("wrong-public-key", "alipayPublicKey"));
        } else if !report.blames("sign") {
            report.add(Mistake::new("cut", "sign"));
        }
        return Signed::Unknown;
    };
    let name = |hash| if hash == Hash::Sha256 { "RSA2" } else { "RSA" };
    let quoted = format!("\"{}\"", ciphertext.as_str());
    let escaped = quoted.replace('/', "\\/");
    if [&quoted, &escaped].iter().any(|text| digest(text, hash) == signed) {
        if hash != declared {
            report.add(Mistake::new("wrong-sign-type", "signType").seen(name(hash)).wanted(name(declared)).proven());
        }
        let state = if hash != declared || report.undone() { State::Repaired } else { State::Ok };
        let name = name(hash);
        report.step("verify", state, format!("{name}, over the quoted text"), format!("{name}，签的是带引号的文本"));
        return Signed::ThisText;
    }
    if digest(ciphertext, hash) == signed {
        report.step("verify", State::Failed, "signed without its quotes", "签的是不带引号的文本");
        report.add(Mistake::new("sign-without-quotes", "sign").proven());
        return Signed::ThisText;
    }
    report.step("verify", State::Failed, "made with the right key, over another text", "密钥正确，但签的是另一段文本");
    Signed::OtherText
}

/// Alipay's error, or a number that nobody signed.
fn plain(report: &mut Report, body: &str) {
    report.step("fields", State::Ok, "JSON in place of ciphertext", "是 JSON，而不是密文");
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

/// Whether it is one of Alipay's errors, which is told.
fn is_error(report: &mut Report, json: &Json) -> bool {
    let text = |names: &[&str]| json.any(names).and_then(Json::to_text).filter(|text| text.len() <= 64);
    let code = text(&["code"]).filter(|code| code != "10000");
    let shown = |text: String| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)).then_some(text);
    let Some(code) = code else { return false };
    let parts: Vec<String> =
        [Some(code), text(&["subCode", "sub_code"])].into_iter().flatten().filter_map(shown).collect();
    report.step("parse", State::Failed, "Alipay's error", "支付宝的错误");
    report.add(Mistake::new("error-body", "response").seen(&parts.join(" ")));
    true
}

fn content(report: &mut Report, content: &[u8], whole: bool, options: &OpenOptions) -> bool {
    if let Some(json) = core::str::from_utf8(content).ok().and_then(|text| Json::object(text).ok())
        && is_error(report, &json)
    {
        return true;
    }
    let own = Own { platform: Platform::Alipay, app: (&Input::Absent, "appId"), owner: None, options };
    payload::look(report, content, whole, &own)
}
