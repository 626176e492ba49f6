//! Opens and verifies the payload that the phone button of a Chinese mini-program sends to its backend. The result is a
//! [`PhoneNumber`].
//!
//! # Functions
//!
//! - [`open_phone`] opens a sealed payload (a ciphertext or a signed envelope) with the keys. [`read_phone`] reads a
//!   plain response that the backend received from the platform. Both return a [`PhoneNumber`], or an [`Error`] with a
//!   stable [`Error::code`] and a text that never contains input.
//! - For the requests to the platforms' servers: [`check_response`] returns the error that a response contains.
//!   [`sign_rsa2`], [`read_alipay_response`], [`alipay_cert_sn`] and [`alipay_root_cert_sn`] are for Alipay's gateway.
//!   [`sign_session`] signs a request with a session key.
//! - [`verify_raw_data`] checks the signature of the user data (`rawData`) that a client sends.
//! - `"weixin".parse()` converts the name or alias of a platform to a [`Platform`].
//! - [`diagnose`] finds out why a payload does not open, without network. [`explain`] says what a platform's error
//!   response means and what to do about it.
//!
//! # Features
//!
//! - `diagnosis` (default): [`diagnose`] and [`explain`], with their texts in English and Chinese.
//! - `serde` (not default): `serde::Serialize` for the types that functions return and for [`Error`]. The members have
//!   the names that the npm package uses: `{"platform": "wechat", "e164": "+8613800138000", "countryCode": "86", …}`.
//!   An error has no member `platform`: the caller knows the platform.
//!
//! The functions for JavaScript are in the module `wasm`, which exists only on `wasm32`, like its dependency
//! wasm-bindgen.
//!
//! # Time
//!
//! The crate does not read the clock. [`OpenOptions`] takes the current time as [`SystemTime`](std::time::SystemTime)
//! and the maximum age of a payload as [`Duration`](std::time::Duration); [`PhoneNumber::issued_at`] returns a
//! `SystemTime`. Serialised times are whole seconds since 1970.
//!
//! # Example
//!
//! ```
//! use std::time::SystemTime;
//! use mp_phone::{Keys, OpenOptions, Platform, Sealed, open_phone};
//!
//! let sealed = Sealed {
//!     encrypted_data: "MIpRZ/AW7g8sCVF1yGRRLk9+tY/1iTNdJSn1poo6Uh28Wky7Y3cqwPgqaP+hiRchlKx0UqWIsHaoKYvezTqB2Sv41HRLntLTNuM3ZCZPPrJAQjSBEtVL95mULDj3jUeu".into(),
//!     iv: "nPGWHOPfrfiMhqQ4LZMVrA==".into(),
//!     ..Sealed::new(Platform::Baidu)
//! };
//! let keys = Keys {
//!     app_key: "SyntheticAppKey0123456789abcdefg".into(),
//!     session_key: "cfcbf4076da2a793eeba492db7893be2".into(),
//!     ..Keys::default()
//! };
//! let phone = open_phone(&sealed, &keys, &OpenOptions::at(SystemTime::now()))?;
//! assert_eq!(phone.e164.as_deref(), Some("+8615000000000"));
//! # Ok::<(), mp_phone::Error>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, clippy::print_stdout))]

mod catalog;
mod crypto;
#[cfg(feature = "diagnosis")]
mod diagnosis;
mod error;
mod input;
mod json;
mod phone;
mod platform;
mod search;
#[cfg(any(feature = "serde", target_arch = "wasm32"))]
mod serialize;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use crypto::digest::{sign_session, verify_raw_data};
#[cfg(feature = "diagnosis")]
pub use diagnosis::*;
pub use error::Error;
pub use input::{Input, Keys, OpenOptions, Sealed};
pub use phone::PhoneNumber;
#[cfg(feature = "diagnosis")]
pub use platform::action::Responsible;
pub use platform::{
    Action, ParsePlatformError, Platform, alipay_cert_sn, alipay_root_cert_sn, check_response, open_phone,
    read_alipay_response, read_phone, sign_rsa2,
};
