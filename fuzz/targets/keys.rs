//! Keys and certificates in all their formats.
#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use mp_phone::{
    Input, Keys, OpenOptions, Platform, Sealed, alipay_cert_sn, alipay_root_cert_sn, open_phone, read_alipay_response,
    sign_rsa2,
};
use mp_phone_fuzz::{Fields, check_error};

/// A ciphertext of the length of RSA with 2048 bits.
const DATA: &str = match core::str::from_utf8(&[b'A'; 342]) {
    Ok(data) => data,
    Err(_) => "",
};

fuzz_target!(|data: &[u8]| {
    let key = Fields::of(data).next();
    let signed = sign_rsa2(&"text".into(), &key);
    match &signed {
        Ok(signature) => assert!(signature.len().is_multiple_of(4) && (88..=1368).contains(&signature.len())),
        Err(error) => check_error(error),
    }
    assert_eq!(
        signed,
        sign_rsa2(&"text".into(), &key),
        "the second call, with the key from the cache, gives the same result"
    );

    let is_sn = |sn: &str| sn.len() == 32 && sn.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match alipay_cert_sn(&key) {
        Ok(sn) => assert!(is_sn(&sn), "{sn}"),
        Err(error) => check_error(&error),
    }
    match alipay_root_cert_sn(&key) {
        Ok(sns) => assert!(sns.split('_').all(is_sn), "{sns}"),
        Err(error) => check_error(&error),
    }

    let response = r#"{"alipay_system_oauth_token_response":{"user_id":"2088"},"sign":"AAAA"}"#;
    let verified = read_alipay_response(&response.into(), &"alipay.system.oauth.token".into(), &key);
    check_error(&verified.expect_err("no key signs so"));

    let sealed = Sealed { data: format!("{DATA}==").into(), ..Sealed::new(Platform::Douyin) };
    let keys = Keys { app_id: "tt0123456789abcdef".into(), private_key: key, ..Keys::default() };
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    if let Err(error) = open_phone(&sealed, &keys, &OpenOptions::at(now)) {
        check_error(&error);
    }
    for session_key in [&keys.private_key, &Input::List(vec![keys.private_key.clone()])] {
        if let Err(error) = mp_phone::sign_session(session_key, &"".into()) {
            check_error(&error);
        }
    }
});
