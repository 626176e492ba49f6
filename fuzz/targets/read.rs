//! The plain responses: `read_phone`, `check_response` and `read_alipay_response`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mp_phone::{Error, Platform, check_response, read_alipay_response, read_phone};
use mp_phone_fuzz::{Fields, assert_json, check_error, check_phone};

fuzz_target!(|data: &[u8]| {
    let mut fields = Fields::of(data);
    let options = fields.options();
    let platform = fields.platform();
    let [response, app_id, method, key] = core::array::from_fn(|_| fields.next());
    let checked = check_response(platform, &response);
    if let Err(error) = &checked {
        check_error(error);
    }
    match read_phone(platform, &response, &app_id, &options) {
        Ok(phone) => {
            check_phone(&phone);
            assert!(
                !matches!(checked, Err(Error::Platform { .. })),
                "read_phone returned a number for a response that check_response calls an error"
            );
        }
        Err(error) => check_error(&error),
    }
    if platform == Platform::Alipay {
        match read_alipay_response(&response, &method, &key) {
            Ok(node) => assert_json(&node),
            Err(error) => check_error(&error),
        }
    }
});
