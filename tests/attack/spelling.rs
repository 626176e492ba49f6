//! Spellings of a number in a phone payload that a platform sealed: the result is an E.164 number or an error.

use mp_phone::Platform;

use crate::{
    lab::Lab,
    payloads::{CORP, NOW, WECHAT_APP},
    seal::padded,
};

/// Seals a text unchanged and opens the payload.
fn opened(lab: &Lab, text: &str) -> Option<String> {
    let iv = [7; 16];
    lab.open(iv, &lab.cipher.seal(iv, &padded(text.as_bytes(), lab.pad_block))).ok().and_then(|phone| phone.e164)
}

#[test]
fn numbers_in_every_spelling() {
    let lab = Lab::new(Platform::Wechat, &[]);
    let mark = format!(r#""watermark":{{"timestamp":{NOW},"appid":"{WECHAT_APP}"}}"#);
    let long = format!("\"{}\"", "1".repeat(4000));
    // phoneNumber, purePhoneNumber and countryCode as JSON → E.164
    for (dialled, pure, country, e164) in [
        ("\"13800138000\"", "\"13800138000\"", "\"86\"", Some("+8613800138000")),
        ("\"+8613800138000\"", "\"13800138000\"", "\"86\"", Some("+8613800138000")),
        ("\"008613800138000\"", "\"13800138000\"", "\"86\"", Some("+8613800138000")),
        ("\"8613800138000\"", "\"13800138000\"", "\"0086\"", Some("+8613800138000")),
        ("\"+85251234567\"", "\"51234567\"", "\"852\"", Some("+85251234567")),
        // Not E.164: a leading 0, fewer than 7 or more than 15 digits, other characters.
        ("\"+00000000000\"", "\"00000000000\"", "\"86\"", None),
        ("\"+008613800138000\"", "\"008613800138000\"", "\"\"", None),
        ("\"+0008613800138000\"", "\"13800138000\"", "\"86\"", None),
        ("\"1\"", "\"1\"", "\"86\"", None),
        ("\"1\"", "\"1\"", "\"\"", None),
        (&*long, &*long, "\"86\"", None),
        (&*long, &*long, "\"\"", None),
        ("\"\"", "\"\"", "\"86\"", None),
        ("\"１３８００１３８０００\"", "\"１３８００１３８０００\"", "\"86\"", None),
        ("\"١٣٨٠٠١٣٨٠٠٠\"", "\"١٣٨٠٠١٣٨٠٠٠\"", "\"86\"", None),
        ("\"++8613800138000\"", "\"13800138000\"", "\"86\"", None),
        ("\"0x3367c4040\"", "\"0x3367c4040\"", "\"86\"", None),
        ("\"13800138000;ext=1\"", "\"13800138000;ext=1\"", "\"86\"", None),
        // JSON numbers and other values that are not phone numbers.
        ("-13800138000", "-13800138000", "\"86\"", None),
        ("13800138000.0", "13800138000.0", "\"86\"", None),
        ("1.3800138e10", "1.3800138e10", "\"86\"", None),
        ("-0", "-0", "\"86\"", None),
        ("99999999999999999999999999999999", "99999999999999999999999999999999", "\"86\"", None),
        ("true", "true", "\"86\"", None),
        ("[\"13800138000\"]", "[\"13800138000\"]", "\"86\"", None),
        ("{\"n\":\"13800138000\"}", "{\"n\":\"13800138000\"}", "\"86\"", None),
        // Members that contradict each other, and duplicate members.
        ("\"13800138000\"", "\"13900139000\"", "\"86\"", None),
        ("\"13800138000\"", "-13800138000", "\"86\"", None),
        ("\"13800138000\",\"phoneNumber\":\"13900139000\"", "\"13800138000\"", "\"86\"", None),
        ("\"13800138000\",\"phone\\u004eumber\":\"13900139000\"", "\"13800138000\"", "\"86\"", None),
    ] {
        let text = format!(r#"{{"phoneNumber":{dialled},"purePhoneNumber":{pure},"countryCode":{country},{mark}}}"#);
        assert_eq!(opened(&lab, &text).as_deref(), e164, "{text}");
    }
}

#[test]
fn wecom_needs_its_corporation() {
    let lab = Lab::new(Platform::Wecom, &[]);
    for (text, e164) in [
        (format!(r#"{{"corpid":"{CORP}","userid":"u","mobile":"13800138000"}}"#), Some("+8613800138000")),
        (r#"{"userid":"u","mobile":"13800138000"}"#.to_owned(), None),
        (r#"{"corpid":"ww0000000000000000","userid":"u","mobile":"13800138000"}"#.to_owned(), None),
        (r#"{"corpid":"","userid":"u","mobile":"13800138000"}"#.to_owned(), None),
        (format!(r#"{{"corpid":["{CORP}"],"userid":"u","mobile":"13800138000"}}"#), None),
        (format!(r#"{{"x":{{"corpid":"{CORP}"}},"mobile":"13800138000"}}"#), None),
    ] {
        assert_eq!(opened(&lab, &text).as_deref(), e164, "{text}");
    }
}
