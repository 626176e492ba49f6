//! Alipay's gateway, as `alipay.system.oauth.token` is called with it: requests signed with the app's key, answers signed
//! with Alipay's. Signatures are proven by OpenSSL; the rule for answers agrees with the sample in Alipay's own SDK.
//!
//! Source: alipay-sdk-java-all `AlipaySignature`, alipay-sdk-nodejs-all `checkResponseSign`.

use super::{certificate, refuse_code};
use crate::{
    Error, Input,
    crypto::{
        base64::{self, Padding},
        pem,
        rsa::{Hash, PrivateKey, PublicKey},
    },
    json::{Json, Members},
};

/// Signs a text as `sign_type` RSA2 does: base64 of RSA with PKCS#1 v1.5 and SHA-256 over UTF-8.
///
/// The text of a request is its parameters without `sign` and without empty ones, sorted by name, `name=value` joined by
/// `&`, not percent-encoded. The private key is the app's: PKCS#1 or PKCS#8, PEM, base64 or DER.
///
/// # Errors
/// [`Error::Input`], [`Error::Length`]; [`Error::Key`] where the key cannot be read or is too short to sign.
pub fn sign_rsa2(text: &Input, private_key: &Input) -> Result<String, Error> {
    let text = text.required_text("text")?;
    let signature = PrivateKey::read(private_key, "privateKey")?.sign(text.as_bytes(), "privateKey")?;
    Ok(base64::encode(&signature))
}

/// Verifies an answer of the gateway, and gives the object in it, as JSON, that answers `method`, such as
/// `alipay.system.oauth.token`.
///
/// `answer` is the text of the HTTP body as it came, in UTF-8: what is signed is the text of that object, which an object
/// parsed and serialised again has lost. The key is Alipay's: base64, PEM or a certificate file.
///
/// # Errors
/// [`Error::Platform`] where the answer is an error, signed or not: it grants nothing. [`Error::Signature`] where
/// anything else is not signed with this key. [`Error::Key`] where the key cannot be read, or where the answer names
/// another certificate than this one: Alipay has a new one. [`Error::Input`], [`Error::Length`].
pub fn alipay_answer(answer: &Input, method: &Input, alipay_public_key: &Input) -> Result<String, Error> {
    let answer = Members::read(answer.required_text("answer")?).map_err(|_| Error::Input("answer"))?;
    let name = method.required_text("method")?.replace('.', "_") + "_response";
    if let Some(text) = answer.raw("error_response") {
        refuse_code(&parse_response(text)?)?;
    }
    let text = answer.raw(&name).ok_or(Error::Input("answer"))?;
    let node = parse_response(text)?;
    refuse_code(&node)?;
    let key = pem::der(alipay_public_key, "alipayPublicKey")?;
    // Without a certificate there is nothing to compare.
    let own_sn = certificate::of(&key);
    if let (Some(named), Some(own)) = (answer.string("alipay_cert_sn"), own_sn)
        && named != own
    {
        return Err(Error::Key("alipayPublicKey"));
    }
    let key = PublicKey::from_der(&key, "alipayPublicKey")?;
    let sign = answer.string("sign").ok_or(Error::Signature)?;
    let sign = base64::decode(&sign, Padding::Required, "sign").map_err(|_| Error::Signature)?;
    if key.verifies(text.as_bytes(), &sign, Hash::Sha256) { Ok(node.to_json()) } else { Err(Error::Signature) }
}

fn parse_response(text: &str) -> Result<Json<'_>, Error> {
    Json::object(text).map_err(|_| Error::Input("answer"))
}
