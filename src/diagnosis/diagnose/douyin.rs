//! Why the response to Douyin's phone code does not open.

use super::{
    decoded_field::{Expectation, Lengths},
    key,
    payload::{self, ExpectedApp},
    report::{Mistake, Report, State},
    text,
};
use crate::{
    Input, Keys, OpenOptions, Sealed,
    crypto::{aes_cbc::BLOCK, base64::Padding, rsa::PrivateKey},
    json::Json,
};

pub(super) fn inspect(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    report.no_step("verify");
    // `data` must come from Douyin and not from a client, or the private key would become a decryption oracle. So the
    // fixes for `data` must not mention the client.
    report.mark_server_field("data");
    let candidates = match &keys.private_key {
        Input::List(list) if !list.is_empty() => list.iter().collect(),
        key => vec![key],
    };
    let mut private_keys = Vec::new();
    let mut key_mistakes = Vec::new();
    for candidate in candidates {
        let (key, mistakes) = key::read(candidate, "privateKey", |key| PrivateKey::read(key, "privateKey").ok());
        key_mistakes.extend(mistakes);
        private_keys.extend(key);
    }
    if let Some(code) = object(&sealed.data) {
        report.step("fields", State::Failed, "data is an object", "data 是对象");
        report.add(Mistake::new(code, "data"));
        report.add_all(key_mistakes);
        return;
    }
    let expected = Expectation { field: "data", lengths: Lengths::Rsa, padding: Padding::Required };
    let mut data = text::base64(&sealed.data, expected);
    let (length, bytes, count) = (data.length, data.len(), private_keys.len());
    let is_whole = data.mistakes.iter().all(|mistake| mistake.code == "whitespace");
    if is_whole && bytes > 0 && bytes.is_multiple_of(BLOCK) && !Lengths::Rsa.allow(bytes) {
        report.add(Mistake::new("not-rsa", "data").count(bytes));
    } else {
        data.report(report, "data", Lengths::Rsa);
    }
    report.add_all(key_mistakes);
    report.step(
        "fields",
        if report.has("missing") { State::Failed } else { State::Ok },
        format!("data {length} characters, {count} private key(s)"),
        format!("data {length} 个字符，{count} 个私钥"),
    );
    let fits = Lengths::Rsa.allow(bytes);
    report.step("bytes", report.state_unless(!fits), format!("data {bytes} bytes"), format!("data {bytes} 字节"));
    let Some(ciphertext) = data.bytes.filter(|_| fits) else { return };
    let plaintext = private_keys.iter().find_map(|key| key.open(&ciphertext, "data").ok());
    let Some(plaintext) = plaintext else {
        if let Some(first) = private_keys.first() {
            let bits = first.size().saturating_mul(8);
            let en = format!("does not open with this key of {bits} bits");
            report.step("decrypt", State::Failed, en, format!("无法用此 {bits} 位密钥解密"));
            report.add(Mistake::new("wrong-private-key", "privateKey"));
        }
        return;
    };
    let state = report.state_unless(false);
    let n = plaintext.len();
    report.step("decrypt", state, format!("RSA, PKCS#1 v1.5: {n} bytes"), format!("RSA，PKCS#1 v1.5：{n} 字节"));
    let own = ExpectedApp { platform: sealed.platform, app: (&keys.app_id, "appId"), named_app: None, options };
    if payload::inspect(report, &plaintext, true, &own) {
        report.prove();
    }
}

/// The meaning of an object that was passed as `data`.
fn object(data: &Input) -> Option<&'static str> {
    let (Input::Json(text) | Input::Text(text)) = data else { return None };
    let json = Json::object(text).ok().filter(|_| !text::is_buffer(text))?;
    let inner = json.get("data").unwrap_or(&json);
    let login = inner.first_of(&["session_key", "sessionKey", "openid", "anonymous_openid"]).is_some();
    Some(if login { "login-data" } else { "wrong-type" })
}
