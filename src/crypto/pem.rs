//! Keys and certificates in the forms that developers have: PEM, one line of base64, DER.

use zeroize::Zeroizing;

use crate::{
    Error, Input,
    crypto::base64::{self, Padding},
    search::split_once,
};

/// The DER of a key or certificate; of the first one if a file contains several.
pub(crate) fn der(key: &Input, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    match pem_text(key, field)? {
        Some(text) => first_block(text, field),
        None => key.bytes(field)?.map(|der| Zeroizing::new(der.to_vec())).ok_or(Error::Key(field)),
    }
}

/// The DER of every block of a PEM file that can be decoded.
pub(crate) fn blocks(file: &Input, field: &'static str) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
    let mut rest = pem_text(file, field)?.ok_or(Error::Key(field))?;
    let mut blocks = Vec::new();
    while let Some((_, behind)) = split_once(rest, "-----END ") {
        blocks.extend(first_block(rest, field));
        rest = behind;
    }
    Ok(blocks)
}

/// The PEM or base64 text of a key; `None` if the key is DER.
fn pem_text<'a>(key: &'a Input, field: &'static str) -> Result<Option<&'a str>, Error> {
    match key.bytes(field)? {
        // DER begins with the tag of a sequence, which as a text is the digit 0. Neither PEM nor the base64 of DER
        // begins with it.
        Some(bytes) => Ok(core::str::from_utf8(bytes).ok().filter(|text| !text.starts_with('0'))),
        None => key.required_text(field).map(Some),
    }
}

fn first_block(text: &str, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let body = match split_once(text, "-----BEGIN ") {
        Some((_, block)) => split_once(block, "-----")
            .and_then(|(_label, rest)| split_once(rest, "-----END "))
            .map(|(body, _)| body)
            .ok_or(Error::Key(field))?,
        None => text,
    };
    base64::decode(body, Padding::Required, field).map_err(|_| Error::Key(field))
}
