//! Opens, verifies and reads what the phone button of a Chinese mini-program hands its backend, and turns it into one
//! verified [`PhoneNumber`].
//!
//! [`open_phone`] takes a sealed payload (ciphertext, or a signed envelope) and the keys; [`read_phone`] takes a plain
//! answer that the platform itself gave the server. Both end in the same [`PhoneNumber`], or in an [`Error`] whose
//! [`Error::code`] is stable and whose text never holds any input.
//!
//! Whoever speaks to the platforms' servers has [`check_answer`] for their errors, and for Alipay's gateway [`sign_rsa2`],
//! [`alipay_answer`], [`alipay_cert_sn`] and [`alipay_root_cert_sn`].
//!
//! [`diagnose`] says why a payload does not open, from the inputs alone; [`explain`] what a platform's answer means, and what
//! is to be done about it. They and their texts are the feature `diagnosis`, which is on by default; without it the crate
//! opens, verifies and reads.
//!
//! The logic knows nothing of WebAssembly: only the `wasm` module does, and it exists on `wasm32` alone.
//!
//! ```
//! use std::time::SystemTime;
//! use mp_phone::{Input, Keys, OpenOptions, Platform, Sealed, open_phone};
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
    Action, ParsePlatformError, Platform, alipay_answer, alipay_cert_sn, alipay_root_cert_sn, check_answer, open_phone,
    read_phone, sign_rsa2,
};
