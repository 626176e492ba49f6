//! The expected content of a field, and its actual content.

use zeroize::Zeroizing;

use super::report::{Mistake, Report};
use crate::crypto::{
    aes_cbc::BLOCK,
    base64::{self, Padding},
};

/// The expected content of a field.
#[derive(Clone, Copy)]
pub(super) struct Expectation {
    pub(super) field: &'static str,
    pub(super) lengths: Lengths,
    /// Whether the `=` at the end may be missing.
    pub(super) padding: Padding,
}

/// The possible numbers of bytes in a field.
#[derive(Clone, Copy)]
pub(super) enum Lengths {
    /// Blocks of AES, at least one.
    Blocks,
    /// One of these numbers.
    OneOf(&'static [usize]),
    /// The size of an RSA key.
    Rsa,
}

impl Lengths {
    pub(super) fn allow(self, bytes: usize) -> bool {
        match self {
            Self::Blocks => bytes > 0 && bytes.is_multiple_of(BLOCK),
            Self::OneOf(lengths) => lengths.contains(&bytes),
            Self::Rsa => RSA_LENGTHS.contains(&bytes),
        }
    }

    /// The lengths as a text.
    pub(super) fn description(self) -> String {
        let list = |lengths: &[usize]| lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" / ");
        match self {
            Self::Blocks => format!("n × {BLOCK}"),
            Self::OneOf(lengths) => list(lengths),
            Self::Rsa => list(&RSA_LENGTHS),
        }
    }
}

/// Keys of 1024 to 4096 bits.
const RSA_LENGTHS: [usize; 4] = [128, 256, 384, 512];

/// A field after decoding.
#[derive(Default)]
pub(super) struct DecodedField {
    /// The repaired text; `None` if the field could not be read. For base64: `bytes`, encoded again.
    pub(super) text: Option<Zeroizing<String>>,
    /// The bytes that the base64 (or hexadecimal, or a list of numbers) represents.
    pub(super) bytes: Option<Zeroizing<Vec<u8>>>,
    /// The damage of the text.
    pub(super) mistakes: Vec<Mistake>,
    /// The number of characters in the input.
    pub(super) length: usize,
}

impl DecodedField {
    /// Removes the places of the damage. They count from the start of the text, so they would be wrong if the text is
    /// only a part of the input.
    pub(super) fn without_places(mut self) -> Self {
        self.mistakes.iter_mut().for_each(|mistake| mistake.at.clear());
        self
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.as_ref().map_or(0, |bytes| bytes.len())
    }

    /// Reports the faults of the field: the damage of its text, otherwise its length.
    pub(super) fn report(&mut self, report: &mut Report, field: &'static str, lengths: Lengths) {
        let mistakes = core::mem::take(&mut self.mistakes);
        let is_explained = mistakes.iter().any(|mistake| mistake.code != "whitespace");
        let is_torn = mistakes.iter().any(|mistake| mistake.code == "cut");
        report.add_all(mistakes);
        if self.bytes.is_none() || lengths.allow(self.len()) {
            return;
        }
        if !matches!(lengths, Lengths::OneOf(_)) && self.len() > BLOCK {
            report.add_all((!is_torn).then(|| Mistake::new("cut", field)));
        } else if !is_explained {
            let actual = self.len().to_string();
            report.add(Mistake::new("wrong-length", field).actual(&actual).expected(&lengths.description()));
        }
    }

    pub(super) fn of(bytes: Zeroizing<Vec<u8>>, mistakes: Vec<Mistake>, length: usize) -> Self {
        Self { text: Some(Zeroizing::new(base64::encode(&bytes))), bytes: Some(bytes), mistakes, length }
    }

    pub(super) fn failed(mistake: Mistake) -> Self {
        Self { mistakes: vec![mistake], ..Self::default() }
    }
}
