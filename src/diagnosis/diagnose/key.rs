//! RSA keys, with every kind of damage that occurs between the console and the code.

use zeroize::Zeroizing;

use super::{
    decoded_field::{Expectation, Lengths},
    report::Mistake,
    text,
};
use crate::{
    Input,
    crypto::{
        base64::Padding,
        rsa::{PrivateKey, PublicKey},
    },
};

/// Reads a key with `read`. If it can be read only after a repair of its text, that is reported.
pub(super) fn read<K>(
    input: &Input,
    field: &'static str,
    read: impl Fn(&Input) -> Option<K>,
) -> (Option<K>, Vec<Mistake>) {
    if let Some(key) = read(input) {
        return (Some(key), Vec::new());
    }
    let input = &as_text(input);
    let plain = text::plain(input, field);
    let Some(clean) = plain.text else { return (None, plain.mistakes) };
    let mut mistakes = plain.mistakes;
    if let Some(key) = read(&Input::from(&**clean)) {
        return (Some(key), mistakes);
    }
    if clean.contains("-----BEGIN") {
        // The line breaks became spaces or were removed. Between the BEGIN and END lines only base64 remains, so we
        // restore the breaks around it.
        if let Some(key) = read(&Input::from(relined(&clean))) {
            mistakes.push(Mistake::new("escaped", field));
            return (Some(key), mistakes);
        }
    } else {
        let expected = Expectation { field, lengths: Lengths::OneOf(&[]), padding: Padding::Optional };
        let reading = text::base64(input, expected);
        if let Some(key) = reading.text.and_then(|text| read(&Input::from(text))) {
            return (Some(key), reading.mistakes);
        }
    }
    mistakes.push(Mistake::new(finding_for(&clean, field), field));
    (None, mistakes)
}

/// The finding for a text that is not the expected key.
fn finding_for(text: &str, field: &'static str) -> &'static str {
    let text = &Input::from(text);
    let contains = |part| matches!(text, Input::Text(text) if text.contains(part));
    match field {
        "privateKey" if contains("ENCRYPTED") => "encrypted-key",
        "privateKey" if PublicKey::read(text, field).is_ok() => "public-key-for-private",
        "alipayPublicKey" if PrivateKey::read(text, field).is_ok() || contains("PRIVATE KEY") => {
            "private-key-for-public"
        }
        _ => "unreadable-key",
    }
}

/// Bytes that are a text, as a text.
fn as_text<'a>(input: &'a Input<'_>) -> Input<'a> {
    match input {
        Input::Bytes(bytes) => Input::from(String::from_utf8_lossy(bytes).into_owned()),
        other => other.clone(),
    }
}

/// PEM with a line break after the BEGIN line and before the END line.
fn relined(pem: &str) -> String {
    let parts: Vec<&str> = pem.split("-----").collect();
    let [_, begin, body, end, ..] = parts[..] else { return pem.to_owned() };
    let body: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
    format!("-----{begin}-----\n{}\n-----{end}-----\n", *body)
}
