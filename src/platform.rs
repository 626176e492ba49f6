//! Opening payloads and reading responses, by platform.
//!
//! The first comment of a platform's file names the source of its format. "Documented, unproven" means: the format is
//! from the platform's documentation or from public code, and was not yet tested with real data.

#[cfg(feature = "diagnosis")]
pub(crate) mod action;
pub(crate) mod actions;
pub(crate) mod alipay;
pub(crate) mod baidu;
mod dingtalk;
mod douyin;
mod feishu;
mod huawei;
mod kuaishou;
mod name;
pub(crate) mod number_fields;
pub(crate) mod payload;
mod platform_error;
pub(crate) mod platforms;
mod session;
pub(crate) mod shape;
mod wechat;
mod wecom;
mod xiaohongshu;

pub use actions::Action;
pub use alipay::{
    certificate::{alipay_cert_sn, alipay_root_cert_sn},
    gateway::{read_alipay_response, sign_rsa2},
};
pub use name::ParsePlatformError;
pub use platforms::Platform;
#[cfg(feature = "diagnosis")]
pub(crate) use session::Scheme;

use crate::{Error, Input, Keys, OpenOptions, PhoneNumber, Sealed, json::Json};

/// The cipher of a platform that seals under a session key; `None` for the other platforms.
#[cfg(feature = "diagnosis")]
pub(crate) fn scheme(platform: Platform) -> Option<&'static Scheme> {
    match platform {
        Platform::Wechat | Platform::Douyin | Platform::Kuaishou | Platform::Wecom => Some(&Scheme::WECHAT),
        Platform::Baidu => Some(&baidu::SCHEME),
        Platform::Xiaohongshu => Some(&xiaohongshu::SCHEME),
        _ => None,
    }
}

/// The shape of a platform's phone payload; `None` if the platform does not seal under a session key. (Alipay's payload
/// has a signature, so its shape need not be checked.)
#[cfg(feature = "diagnosis")]
pub(crate) fn shape(platform: Platform) -> Option<&'static shape::Shape> {
    match platform {
        Platform::Wechat | Platform::Douyin => Some(&shape::WECHAT),
        Platform::Kuaishou | Platform::Xiaohongshu => Some(&shape::UNCERTAIN),
        Platform::Baidu => Some(&shape::BAIDU),
        Platform::Wecom => Some(&shape::WECOM),
        _ => None,
    }
}

/// Opens the payload of a phone button: decodes, verifies, decrypts, parses and checks it.
///
/// # Errors
/// Any [`Error`]. [`Error::Platform`] if the payload is an error response of Alipay.
pub fn open_phone(sealed: &Sealed, keys: &Keys, options: &OpenOptions) -> Result<PhoneNumber, Error> {
    options.validate()?;
    match sealed.platform {
        Platform::Wechat => wechat::open(sealed, keys, options),
        Platform::Alipay => alipay::open(sealed, keys, options),
        Platform::Baidu => baidu::open(sealed, keys),
        Platform::Douyin => douyin::open(sealed, keys, options),
        Platform::Kuaishou => kuaishou::open(sealed, keys, options),
        Platform::Xiaohongshu => xiaohongshu::open(sealed, keys, options),
        Platform::Wecom => wecom::open(sealed, keys),
        Platform::Qq | Platform::Jd | Platform::Huawei | Platform::Dingtalk | Platform::Feishu | Platform::Unionpay => {
            Err(Error::Input("platform"))
        }
    }
}

/// Reads the number of a platform's plain response, which the backend received for the button's code, or,
/// on WeChat, from a cloud call or for a CloudID.
///
/// `response` is the response's text, or an object as [`Input::Json`]. If `app_id` is set and the response names an app
/// (WeChat), the two must be equal. A response proves nothing by itself: pass only a response that the backend received
/// from the platform, never data from a client.
///
/// Responses of WeChat, Huawei, DingTalk and Feishu can contain a number. For the other platforms the result is always
/// an error.
///
/// # Errors
/// [`Error::Input`], [`Error::Length`], [`Error::Platform`], [`Error::NotPhone`], [`Error::AppMismatch`],
/// [`Error::Expired`].
pub fn read_phone(
    platform: Platform,
    response: &Input,
    app_id: &Input,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    options.validate()?;
    let app_id = app_id.optional_text("appId")?;
    let response = parse_response(response)?;
    check_parsed_response(platform, &response)?;
    match platform {
        Platform::Wechat => wechat::read(&response, app_id, options),
        Platform::Huawei => huawei::read(&response),
        Platform::Dingtalk => dingtalk::read(&response),
        Platform::Feishu => feishu::read(&response),
        _ => Err(Error::Input("answer")),
    }
}

/// Returns [`Error::Platform`] if a response of one of the platform's server APIs reports an error. `response` is the
/// response's text, or an object as [`Input::Json`]. Huawei's rest.php sends its error code in the HTTP header
/// `NSP_STATUS`: add the header to the object as a member.
///
/// # Errors
/// [`Error::Platform`] if the response reports an error. [`Error::Input`] if it is not one JSON object, and for QQ, JD
/// and UnionPay. [`Error::Length`].
pub fn check_response(platform: Platform, response: &Input) -> Result<(), Error> {
    check_parsed_response(platform, &parse_response(response)?)
}

fn parse_response<'a>(response: &'a Input<'_>) -> Result<Json<'a>, Error> {
    Json::object(response.text_or_json("answer")?).map_err(|_| Error::Input("answer"))
}

/// Returns an error if the parsed response reports one: see [`check_response`].
pub(crate) fn check_parsed_response(platform: Platform, response: &Json<'_>) -> Result<(), Error> {
    match platform {
        Platform::Wechat => wechat::check_parsed_response(response),
        Platform::Alipay => alipay::check_parsed_response(response),
        Platform::Baidu => baidu::check_parsed_response(response),
        Platform::Douyin => douyin::check_parsed_response(response),
        Platform::Kuaishou => kuaishou::check_parsed_response(response),
        Platform::Xiaohongshu => xiaohongshu::check_parsed_response(response),
        Platform::Wecom => wecom::check_parsed_response(response),
        Platform::Huawei => huawei::check_parsed_response(response),
        Platform::Dingtalk => dingtalk::check_parsed_response(response),
        Platform::Feishu => feishu::check_parsed_response(response),
        Platform::Qq | Platform::Jd | Platform::Unionpay => Err(Error::Input("platform")),
    }
}

/// The second code of an error response. Only Alipay has such a code.
#[cfg(feature = "diagnosis")]
pub(crate) fn sub_code(platform: Platform, response: &Json<'_>) -> Option<String> {
    match platform {
        Platform::Alipay => alipay::sub_code(response),
        _ => None,
    }
}
