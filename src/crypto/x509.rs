//! X.509 certificates (RFC 5280, section 4.1), of which only a few fields are looked at: neither dates nor chain. That a
//! certificate is Alipay's, the caller vouches by configuring it.

use der::{
    Decode, Reader, SliceReader,
    asn1::{AnyRef, UintRef},
};

/// The fields of a certificate, as they stand in its DER.
pub(crate) struct Certificate<'a> {
    /// The number's bytes, most significant first.
    pub(crate) serial_number: &'a [u8],
    /// The content of the algorithm's object identifier.
    pub(crate) signature_algorithm: &'a [u8],
    /// The content of the name: a sequence of sets of attributes.
    pub(crate) issuer: &'a [u8],
    /// The whole SubjectPublicKeyInfo.
    pub(crate) public_key: &'a [u8],
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let [signed_part, ..] = elements(value(der)?)[..] else { return None };
        let fields = elements(value(signed_part)?);
        // The version comes first where it is not 1.
        let version = 0xa0;
        let fields = match fields.first()?.first() {
            Some(&tag) if tag == version => fields.get(1..)?,
            _ => &fields,
        };
        let [serial_number, algorithm, issuer, _validity, _subject, public_key, ..] = *fields else { return None };
        Some(Self {
            serial_number: value(serial_number)?,
            signature_algorithm: value(elements(value(algorithm)?).first()?)?,
            issuer: value(issuer)?,
            public_key,
        })
    }
}

/// A number that is not negative, big-endian and without zeros in front.
pub(crate) fn number(element: &[u8]) -> Option<&[u8]> {
    UintRef::from_der(element).ok().map(|number| number.as_bytes())
}

/// The content of an element.
pub(crate) fn value(element: &[u8]) -> Option<&[u8]> {
    AnyRef::from_der(element).ok().map(|element| element.value())
}

/// The elements that a content consists of, up to the first that is none.
pub(crate) fn elements(content: &[u8]) -> Vec<&[u8]> {
    let Ok(mut reader) = SliceReader::new(content) else { return Vec::new() };
    core::iter::from_fn(|| reader.tlv_bytes().ok()).collect()
}
