//! Alipay's gateway, as called for `alipay.system.oauth.token`: requests are signed with the app's key, responses with
//! Alipay's key. Signatures are proven by OpenSSL. Responses are verified as in the sample of Alipay's own SDK.
//!
//! Source: alipay-sdk-java-all `AlipaySignature`, alipay-sdk-nodejs-all `checkResponseSign`.

use super::{certificate, check_code};
use crate::{
    Error, Input,
    crypto::{
        base64::{self, Padding},
        pem,
        rsa::{Hash, PrivateKey, PublicKey},
    },
    json::{Json, Members},
};

/// Signs a text as `sign_type` RSA2 requires: base64 of the RSA signature, PKCS#1 v1.5 with SHA-256, of its UTF-8.
///
/// The text of a request is its parameters except `sign` and empty parameters, sorted by name, as `name=value` joined
/// by `&`, not percent-encoded. The private key is the app's: PKCS#1 or PKCS#8, as PEM, base64 or DER.
///
/// # Errors
/// [`Error::Input`], [`Error::Length`]; [`Error::Key`] if the key cannot be read or is too short to sign.
pub fn sign_rsa2(text: &Input, private_key: &Input) -> Result<String, Error> {
    let text = text.required_text("text")?;
    let signature = PrivateKey::read(private_key, "privateKey")?.sign(text.as_bytes(), "privateKey")?;
    Ok(base64::encode(&signature))
}

/// Verifies a response of the gateway, and returns the object in it that belongs to `method`, such as
/// `alipay.system.oauth.token`, as JSON.
///
/// `response` is the text of the HTTP body as received, in UTF-8. Alipay signs the object's text, which is lost when
/// the body is parsed and serialised again. The key is Alipay's: base64, PEM or a certificate file.
///
/// # Errors
/// [`Error::Platform`] if the response is an error, signed or not. [`Error::Signature`] if any other response is
/// not signed with this key. [`Error::Key`] if the key cannot be read, or if the response names another
/// certificate than the one in `alipay_public_key`: Alipay has a new certificate. [`Error::Input`], [`Error::Length`].
pub fn read_alipay_response(response: &Input, method: &Input, alipay_public_key: &Input) -> Result<String, Error> {
    let response = Members::read(response.required_text("answer")?).map_err(|_| Error::Input("answer"))?;
    let name = method.required_text("method")?.replace('.', "_") + "_response";
    if let Some(text) = response.raw("error_response") {
        check_code(&parse_response(text)?)?;
    }
    let text = response.raw(&name).ok_or(Error::Input("answer"))?;
    let node = parse_response(text)?;
    check_code(&node)?;
    let key = pem::der(alipay_public_key, "alipayPublicKey")?;
    // A key without a certificate has no SN to compare.
    let own_sn = certificate::of(&key);
    if let (Some(named), Some(own)) = (response.string("alipay_cert_sn"), own_sn)
        && named != own
    {
        return Err(Error::Key("alipayPublicKey"));
    }
    let key = PublicKey::from_der(&key, "alipayPublicKey")?;
    let sign = response.string("sign").ok_or(Error::Signature)?;
    let sign = base64::decode(&sign, Padding::Required, "sign").map_err(|_| Error::Signature)?;
    if key.verifies(text.as_bytes(), &sign, Hash::Sha256) { Ok(node.to_json()) } else { Err(Error::Signature) }
}

fn parse_response(text: &str) -> Result<Json<'_>, Error> {
    Json::object(text).map_err(|_| Error::Input("answer"))
}
