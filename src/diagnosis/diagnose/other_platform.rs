//! Payloads of another platform than the named platform: recognised by their fields, or because they open.

use crate::{Error, Input, Keys, OpenOptions, Platform, Sealed, open_phone, platform::scheme};

/// The platform that has these fields, if it is not the named platform.
pub(super) fn platform_of_fields(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Option<Platform> {
    let is_present = |field: &Input| !field.is_absent();
    let (iv, ciphertext) = (is_present(&sealed.iv), is_present(&sealed.encrypted_data));
    let (response, sign) = (is_present(&sealed.response), is_present(&sealed.sign));
    match sealed.platform {
        Platform::Alipay if iv && ciphertext && !response && !sign => {
            other_platform(sealed, keys, options).or(Some(Platform::Wechat))
        }
        Platform::Alipay => None,
        Platform::Douyin if is_present(&sealed.data) && iv => other_platform(sealed, keys, options),
        Platform::Douyin if is_present(&sealed.data) => None,
        _ if scheme(sealed.platform).is_none() || iv => None,
        _ if response || sign => Some(Platform::Alipay),
        _ if !ciphertext && is_rsa(&sealed.data) => Some(Platform::Douyin),
        _ => None,
    }
}

/// Whether a text is as long as the base64 of an RSA ciphertext of 1024 or 2048 bits.
fn is_rsa(data: &Input) -> bool {
    matches!(data, Input::Text(text) if matches!(text.trim().len(), 172 | 344))
}

/// Tries the payload with the schemes of other platforms, and returns the platform with which it opens.
pub(super) fn other_platform(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Option<Platform> {
    let own = scheme(sealed.platform);
    let keys = Keys {
        app_id: first_present(&keys.app_id, &keys.app_key),
        app_key: first_present(&keys.app_key, &keys.app_id),
        ..keys.clone()
    };
    let data = first_present(&sealed.encrypted_data, &sealed.data);
    [Platform::Wechat, Platform::Baidu, Platform::Xiaohongshu].into_iter().find(|&platform| {
        let differs = own.is_none_or(|own| scheme(platform).is_some_and(|other| !core::ptr::eq(own, other)));
        let sealed = Sealed { platform, encrypted_data: data.clone(), data: Input::Absent, ..sealed.clone() };
        differs && open_phone(&sealed, &keys, options).map_or_else(|error| opened(&error), |_| true)
    })
}

/// `first`, or `other` if `first` is absent. If both are absent, a dummy value, because a missing field must not stop
/// the attempt.
fn first_present<'a>(first: &Input<'a>, other: &Input<'a>) -> Input<'a> {
    match (first, other) {
        (Input::Absent, Input::Absent) => Input::from("-"),
        (Input::Absent, other) => other.clone(),
        (first, _) => first.clone(),
    }
}

/// Whether a payload was decrypted before it was rejected.
fn opened(error: &Error) -> bool {
    matches!(error, Error::AppMismatch | Error::NotPhone | Error::Expired)
}
