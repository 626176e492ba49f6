//! X.509 certificates (RFC 5280, section 4.1), of which only a few fields are read: neither dates nor chain. The caller
//! configures Alipay's certificate, and thereby vouches for it.

use der::{
    Decode, Reader, SliceReader,
    asn1::{AnyRef, UintRef},
};

/// The fields of a certificate, as in its DER.
pub(crate) struct Certificate<'a> {
    /// The number's bytes, most significant first.
    pub(crate) serial_number: &'a [u8],
    /// The content of the algorithm's object identifier.
    pub(crate) signature_algorithm: &'a [u8],
    /// The content of the name: a sequence of sets of attributes.
    pub(crate) issuer: &'a [u8],
    /// The complete SubjectPublicKeyInfo.
    pub(crate) public_key: &'a [u8],
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let [signed_part, ..] = elements(value(der)?)[..] else { return None };
        let fields = elements(value(signed_part)?);
        // The version comes first, unless it is 1.
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

/// A non-negative number, big-endian and without leading zeros.
pub(crate) fn number(element: &[u8]) -> Option<&[u8]> {
    UintRef::from_der(element).ok().map(|number| number.as_bytes())
}

/// The content of an element.
pub(crate) fn value(element: &[u8]) -> Option<&[u8]> {
    AnyRef::from_der(element).ok().map(|element| element.value())
}

/// The elements of a content, up to the first invalid element.
pub(crate) fn elements(content: &[u8]) -> Vec<&[u8]> {
    let Ok(mut reader) = SliceReader::new(content) else { return Vec::new() };
    core::iter::from_fn(|| reader.tlv_bytes().ok()).collect()
}
