//! `explain`: its texts are bounded, and no error is explained as a success.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mp_phone::{Error, check_response, explain};
use mp_phone_fuzz::Fields;

fuzz_target!(|data: &[u8]| {
    let mut fields = Fields::of(data);
    let platform = fields.platform();
    let response = fields.next();
    let explained = explain(platform, &response);
    assert_eq!(explained.platform, platform);
    for text in [&explained.meaning, &explained.fix] {
        assert!((1..2000).contains(&text.en.len()) && (1..2000).contains(&text.zh.len()), "{text:?}");
    }
    for text in [&explained.code, &explained.sub_code, &explained.rid].into_iter().flatten() {
        assert!(text.len() < 1000, "{} bytes", text.len());
    }
    assert!(explained.error || !explained.retry);
    if let Err(Error::Platform { .. }) = check_response(platform, &response) {
        assert!(explained.error, "check_response says that it is an error");
    }
});
