//! Opening payloads and reading responses, by platform.

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
pub(crate) mod platforms;
mod refusal;
mod session;
pub(crate) mod shape;
mod wechat;
mod wecom;
mod xiaohongshu;

pub use actions::Action;
pub use alipay::{
    certificate::{alipay_cert_sn, alipay_root_cert_sn},
    gateway::{alipay_answer, sign_rsa2},
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

/// The shape of a platform's phone payload, where it is sealed under a session key. Alipay's payload is protected by
/// its signature instead.
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
/// Any [`Error`]. [`Error::Platform`] where the payload is an error response of Alipay.
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

/// Reads the number of a platform's plain response, which the backend received for a code, a cloud call or a CloudID.
///
/// `answer` is the response's text, or an object as [`Input::Json`]. If `app_id` is set and the response names an app
/// (WeChat), the two must be equal. A response proves nothing by itself: pass only a response that the backend received
/// from the platform, never data from a client.
///
/// Responses of WeChat, Huawei, DingTalk and Feishu can have a number. For the other platforms the result is always an
/// error.
///
/// # Errors
/// [`Error::Input`], [`Error::Length`], [`Error::Platform`], [`Error::NotPhone`], [`Error::AppMismatch`],
/// [`Error::Expired`].
pub fn read_phone(
    platform: Platform,
    answer: &Input,
    app_id: &Input,
    options: &OpenOptions,
) -> Result<PhoneNumber, Error> {
    options.validate()?;
    let app_id = app_id.optional_text("appId")?;
    let answer = parse_answer(answer)?;
    refuse_error(platform, &answer)?;
    match platform {
        Platform::Wechat => wechat::read(&answer, app_id, options),
        Platform::Huawei => huawei::read(&answer),
        Platform::Dingtalk => dingtalk::read(&answer),
        Platform::Feishu => feishu::read(&answer),
        _ => Err(Error::Input("answer")),
    }
}

/// Checks whether a response of any of a platform's server APIs is an error. `answer` is the response's text, or an
/// object as [`Input::Json`]. Huawei's rest.php sends its error code in the HTTP header `NSP_STATUS`: add the header to
/// the object as a member.
///
/// # Errors
/// [`Error::Platform`] where the response is an error. [`Error::Input`] where it is not one JSON object, and for QQ, JD
/// and UnionPay. [`Error::Length`].
pub fn check_answer(platform: Platform, answer: &Input) -> Result<(), Error> {
    refuse_error(platform, &parse_answer(answer)?)
}

fn parse_answer<'a>(answer: &'a Input<'_>) -> Result<Json<'a>, Error> {
    Json::object(answer.text_or_json("answer")?).map_err(|_| Error::Input("answer"))
}

/// Returns the error that a response is: see [`check_answer`].
pub(crate) fn refuse_error(platform: Platform, answer: &Json<'_>) -> Result<(), Error> {
    match platform {
        Platform::Wechat => wechat::refuse_error(answer),
        Platform::Alipay => alipay::refuse_error(answer),
        Platform::Baidu => baidu::refuse_error(answer),
        Platform::Douyin => douyin::refuse_error(answer),
        Platform::Kuaishou => kuaishou::refuse_error(answer),
        Platform::Xiaohongshu => xiaohongshu::refuse_error(answer),
        Platform::Wecom => wecom::refuse_error(answer),
        Platform::Huawei => huawei::refuse_error(answer),
        Platform::Dingtalk => dingtalk::refuse_error(answer),
        Platform::Feishu => feishu::refuse_error(answer),
        Platform::Qq | Platform::Jd | Platform::Unionpay => Err(Error::Input("platform")),
    }
}

/// The second code of an error response. Only Alipay has such a code.
#[cfg(feature = "diagnosis")]
pub(crate) fn sub_code(platform: Platform, answer: &Json<'_>) -> Option<String> {
    match platform {
        Platform::Alipay => alipay::sub_code(answer),
        _ => None,
    }
}
