//! Cryptography and encodings. Nothing here depends on a platform.

pub(crate) mod aes_cbc;
pub(crate) mod base64;
pub(crate) mod digest;
pub(crate) mod pem;
pub(crate) mod rsa;
pub(crate) mod x509;
