//! Why the answer to Douyin's phone code does not open.

use super::{
    key,
    payload::{self, Own},
    report::{Mistake, Report, State},
    session::UNDONE,
    text::{self, Lengths, Wanted},
};
use crate::{Input, Json, Keys, OpenOptions, Sealed, cipher::BLOCK, encoding::Padding, rsa::PrivateKey};

pub(super) fn look(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    report.no_step("verify");
    if let Some(code) = object(&sealed.data) {
        report.step("fields", State::Failed, "data is an object", "data 是对象");
        report.add(Mistake::new(code, "data"));
        return;
    }
    let wanted = Wanted { field: "data", lengths: Lengths::Rsa, padding: Padding::Required };
    let mut data = text::base64(&sealed.data, wanted);
    let given = match &keys.private_key {
        Input::List(list) if !list.is_empty() => list.iter().collect(),
        one => vec![one],
    };
    let mut opened = Vec::new();
    let mut key_mistakes = Vec::new();
    for given in given {
        let (key, mistakes) = key::read(given, "privateKey", |key| PrivateKey::read(key, "privateKey").ok());
        key_mistakes.extend(mistakes);
        opened.extend(key);
    }
    let missing = [&data.mistakes, &key_mistakes].iter().any(|list| list.iter().any(|one| one.code == "missing"));
    let (length, bytes, count) = (data.given, data.len(), opened.len());
    report.step(
        "fields",
        if missing { State::Failed } else { State::Ok },
        format!("data {length} characters, {count} private key(s)"),
        format!("data {length} 个字符，{count} 个私钥"),
    );
    let explained = data.mistakes.iter().any(|mistake| mistake.code != "whitespace");
    let torn = data.mistakes.iter().any(|mistake| mistake.code == "cut");
    report.add_all(data.mistakes.drain(..));
    report.add_all(key_mistakes);
    let fits = Lengths::Rsa.allow(bytes);
    let state = match fits {
        false => State::Failed,
        true if report.undone() => State::Repaired,
        true => State::Ok,
    };
    if !missing {
        report.step("bytes", state, format!("data {bytes} bytes"), format!("data {bytes} 字节"));
    }
    let Some(ciphertext) = data.bytes else { return };
    if !fits {
        if !explained && bytes.is_multiple_of(BLOCK) {
            report.add(Mistake::new("not-rsa", "data").count(bytes));
        } else if !torn {
            report.add(Mistake::new("cut", "data"));
        }
        return;
    }
    let plaintext = opened.iter().find_map(|key| key.open(&ciphertext, "data").ok());
    let Some(plaintext) = plaintext else {
        if let Some(first) = opened.first() {
            let bits = first.size().saturating_mul(8);
            let en = format!("does not open with this key of {bits} bits");
            report.step("decrypt", State::Failed, en, format!("用这个 {bits} 位的密钥打不开"));
            report.add(Mistake::new("wrong-private-key", "privateKey"));
        }
        return;
    };
    let state = if report.undone() { State::Repaired } else { State::Ok };
    let n = plaintext.len();
    report.step("decrypt", state, format!("RSA, PKCS#1 v1.5: {n} bytes"), format!("RSA，PKCS#1 v1.5：{n} 字节"));
    let own = Own { platform: sealed.platform, app: (&keys.app_id, "appId"), owner: None, options };
    if payload::look(report, &plaintext, true, &own) {
        report.prove(&UNDONE);
    }
}

/// What an object is that was passed as `data`.
fn object(data: &Input) -> Option<&'static str> {
    let (Input::Json(text) | Input::Text(text)) = data else { return None };
    let json = Json::object(text).ok().filter(|_| !text::is_buffer(text))?;
    let inner = json.get("data").unwrap_or(&json);
    let login = inner.any(&["session_key", "sessionKey", "openid", "anonymous_openid"]).is_some();
    Some(if login { "login-data" } else { "wrong-type" })
}
