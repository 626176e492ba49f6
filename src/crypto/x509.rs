//! X.509 certificates (RFC 5280, section 4.1), of which only a few fields are read: neither dates nor chain. The caller
//! configures Alipay's certificate, and thereby vouches for it.

use der::{
    Decode, Reader, SliceReader,
    asn1::{AnyRef, UintRef},
};

/// The DER tag of a certificate's version.
const VERSION_TAG: u8 = 0xa0;

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
        let fields = match fields.first()?.first() {
            Some(&VERSION_TAG) => fields.get(1..)?,
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

/// The value of a DER INTEGER, big-endian and without leading zeros; `None` if it is negative or invalid.
pub(crate) fn number(element: &[u8]) -> Option<&[u8]> {
    UintRef::from_der(element).ok().map(|number| number.as_bytes())
}

/// The content of a DER element; `None` if the element is invalid.
pub(crate) fn value(element: &[u8]) -> Option<&[u8]> {
    AnyRef::from_der(element).ok().map(|element| element.value())
}

/// The DER elements in the content of a sequence or a set, up to the first invalid element.
pub(crate) fn elements(content: &[u8]) -> Vec<&[u8]> {
    let Ok(mut reader) = SliceReader::new(content) else { return Vec::new() };
    core::iter::from_fn(|| reader.tlv_bytes().ok()).collect()
}
