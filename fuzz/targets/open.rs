//! `open_phone`, on every platform: the result is a number, or an error that contains no input.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use mp_phone::{Error, open_phone};
use mp_phone_fuzz::{Fields, check_error, check_phone};

fuzz_target!(|data: &[u8]| {
    let mut fields = Fields::of(data);
    let options = fields.options();
    let (sealed, keys) = fields.sealed();
    let opened = open_phone(&sealed, &keys, &options);
    match &opened {
        Ok(phone) => {
            check_phone(phone);
            assert_eq!(phone.platform, sealed.platform);
            let stricter = options.max_age(Duration::ZERO);
            if let Err(error) = open_phone(&sealed, &keys, &stricter) {
                assert_eq!(error, Error::Expired, "only the age was changed");
            }
        }
        Err(error) => check_error(error),
    }
    assert_eq!(
        opened,
        open_phone(&sealed, &keys, &options),
        "the second call, with the key from the cache, gives the same result"
    );
});
