//! The values of the three fields of a payload under a session key, each assigned to the right field even if the caller
//! swapped them.

use core::cmp::Reverse;

use zeroize::Zeroizing;

use super::{
    decoded_field::{DecodedField, Expectation, Lengths},
    plaintext::{Layout, Plaintext, Verdict, whole_blocks},
    report::{Mistake, Report, State},
    text,
};
use crate::{
    Input, Platform,
    crypto::{
        aes_cbc::{self, BLOCK},
        base64::{self, Padding},
    },
    platform::Scheme,
};

/// A field, and the name under which it was passed.
type FieldValue<'a> = (&'a Input<'a>, &'static str);

/// The fields as they were passed.
pub(super) struct RawFields<'a> {
    pub(super) ciphertext: FieldValue<'a>,
    pub(super) iv: &'a Input<'a>,
    pub(super) session_key: &'a Input<'a>,
    pub(super) platform: Platform,
    pub(super) scheme: &'static Scheme,
}

/// Ciphertext, IV and session keys, after decoding.
pub(super) struct DecodedFields {
    data: DecodedField,
    iv: DecodedField,
    keys: Vec<DecodedField>,
    swapped: Option<Mistake>,
}

/// The result of decrypting with one of the keys.
pub(super) struct Attempt {
    pub(super) plaintext: Plaintext,
    /// The position of the key in the list.
    pub(super) key: usize,
    /// Whether the key's text was read as hexadecimal digits.
    pub(super) from_hex: bool,
}

/// How many faults the fields have in one order.
struct Faults {
    wrong_lengths: usize,
    text_mistakes: usize,
}

impl DecodedFields {
    /// Assigns the values to the fields in the order that has the fewest faults. The original order wins if no other is
    /// clearly better.
    pub(super) fn read(raw: &RawFields<'_>) -> Self {
        let (data, iv) = (raw.ciphertext, (raw.iv, "iv"));
        let keys: Vec<FieldValue<'_>> = match raw.session_key {
            Input::List(list) if !list.is_empty() => list.iter().map(|key| (key, "sessionKey")).collect(),
            single => vec![(single, "sessionKey")],
        };
        let mut best = Self::of(data, iv, &keys, raw);
        let mut others = vec![(Self::of(iv, data, &keys, raw), "swapped-iv-data", "iv")];
        if let [key] = keys[..] {
            others.push((Self::of(key, iv, &[data], raw), "swapped-key-data", "sessionKey"));
            others.push((Self::of(data, key, &[iv], raw), "swapped-key-iv", "sessionKey"));
        }
        for (other, code, field) in others {
            // A value that is no longer than a key is not the ciphertext of a phone number.
            if other.data.len() > 32 && other.explains_more_than(&best, raw.scheme) {
                best = Self { swapped: Some(Mistake::new(code, field)), ..other };
            }
        }
        best
    }

    /// The fields with key and IV swapped. (If both have the same length, only a decryption shows the swap.) `None` if
    /// there is more than one key.
    pub(super) fn with_key_and_iv_swapped(raw: &RawFields<'_>) -> Option<Self> {
        let key = match raw.session_key {
            Input::List(list) => list.first().filter(|_| list.len() == 1)?,
            single => single,
        };
        let swapped = Self::of(raw.ciphertext, (key, "sessionKey"), &[(raw.iv, "iv")], raw);
        Some(Self { swapped: Some(Mistake::new("swapped-key-iv", "sessionKey")), ..swapped })
    }

    fn of(data: FieldValue<'_>, iv: FieldValue<'_>, keys: &[FieldValue<'_>], raw: &RawFields<'_>) -> Self {
        let (lengths, padding) = (Lengths::Blocks, Padding::Required);
        let data = text::base64(data.0, Expectation { field: data.1, lengths, padding });
        let (lengths, padding) = (Lengths::OneOf(&[BLOCK]), raw.scheme.iv_padding);
        let iv = text::base64(iv.0, Expectation { field: iv.1, lengths, padding });
        let keys = keys.iter().map(|(key, field)| key_reading(key, field, raw)).collect();
        Self { data, iv, keys, swapped: None }
    }

    /// The IV, if it is valid.
    pub(super) fn iv(&self) -> Option<[u8; BLOCK]> {
        self.iv.bytes.as_ref().and_then(|iv| iv.as_slice().try_into().ok())
    }

    /// Whether the ciphertext ends within a block.
    pub(super) fn is_cut(&self) -> bool {
        self.data.len() != whole_blocks(self.data.len())
    }

    /// Decrypts the complete blocks under each key, and returns the most readable result. An invalid IV garbles only
    /// the first block.
    pub(super) fn decrypt(&self, raw: &RawFields<'_>) -> Option<Attempt> {
        let blocks = whole_blocks(self.data.len());
        let data = self.data.bytes.as_ref()?.get(..blocks).filter(|data| !data.is_empty())?;
        let iv = self.iv().unwrap_or_default();
        let layout = Layout { pad_block: raw.scheme.pad_block, framed: raw.platform == Platform::Baidu };
        let under = |(index, key): (usize, &[u8]), from_hex| {
            let plaintext = aes_cbc::decrypt_cbc(key, &iv, Zeroizing::new(data.to_vec()))?;
            Some(Attempt { plaintext: Plaintext::new(plaintext, layout), key: index, from_hex })
        };
        let fits = |key: &&[u8]| raw.scheme.key_lengths.contains(&key.len());
        let keys = self.keys.iter().enumerate();
        let bytes = keys.clone().filter_map(|(index, key)| Some((index, key.bytes.as_deref().map(Vec::as_slice)?)));
        let best = bytes
            .filter(|(_, key)| fits(key))
            .filter_map(|key| under(key, false))
            .max_by_key(|attempt| (attempt.plaintext.readable(), Reverse(attempt.key)));
        let hex = || {
            keys.filter_map(|(index, key)| Some((index, text::hex_digits(key.text.as_ref()?)?)))
                .filter_map(|(index, key)| under((index, &key), true))
                .find(|attempt| attempt.plaintext.verdict() != Verdict::Nothing)
        };
        match best {
            Some(best) if best.plaintext.verdict() == Verdict::Nothing => hex().or(Some(best)),
            best => best,
        }
    }

    /// Whether this order has fewer wrong lengths, or the same number and at least two text mistakes fewer. One mistake
    /// fewer is not a proof: an `=` may be missing in any text.
    fn explains_more_than(&self, other: &Self, scheme: &Scheme) -> bool {
        let (own, others) = (self.faults(scheme), other.faults(scheme));
        own.wrong_lengths < others.wrong_lengths
            || own.wrong_lengths == others.wrong_lengths && own.text_mistakes.saturating_add(1) < others.text_mistakes
    }

    /// The faults of the fields in this order.
    fn faults(&self, scheme: &Scheme) -> Faults {
        let wrong_lengths = [
            self.data.len() < BLOCK.saturating_mul(2),
            self.iv.len() != BLOCK,
            self.keys.iter().any(|key| !scheme.key_lengths.contains(&key.len())),
        ];
        let mistakes = [&self.data, &self.iv].into_iter().chain(&self.keys).flat_map(|field| &field.mistakes);
        Faults {
            wrong_lengths: wrong_lengths.iter().filter(|is_wrong| **is_wrong).count(),
            text_mistakes: mistakes.filter(|mistake| mistake.code != "whitespace").count(),
        }
    }

    /// Reports the faults of the fields, and the first two steps. If there are several keys, only one is described in
    /// the report: the key that opened the payload, otherwise the first damaged one.
    pub(super) fn report(&mut self, report: &mut Report, raw: &RawFields<'_>, key: Option<usize>) {
        let ciphertext = raw.ciphertext.1;
        let is_damaged = |key: &DecodedField| key.mistakes.iter().any(|mistake| mistake.code != "whitespace");
        let key = key.or_else(|| self.keys.iter().position(is_damaged)).unwrap_or_default();
        let key = self.keys.get_mut(key);
        let lengths = [self.data.length, self.iv.length, key.as_ref().map_or(0, |key| key.length)];
        report.add_all(self.swapped.take());
        let one_block = Lengths::OneOf(&[BLOCK]);
        let mut fields = vec![(&mut self.data, ciphertext, Lengths::Blocks), (&mut self.iv, "iv", one_block)];
        fields.extend(key.map(|key| (key, "sessionKey", Lengths::OneOf(raw.scheme.key_lengths))));
        let mut missing = false;
        let mut has_wrong_length = false;
        let mut sizes = Vec::new();
        for (reading, field, lengths) in fields {
            missing |= reading.mistakes.iter().any(|mistake| mistake.code == "missing");
            has_wrong_length |= !lengths.allow(reading.len());
            sizes.push(format!("{field} {}", reading.len()));
            reading.report(report, field, lengths);
        }
        let [data, iv, key] = lengths;
        report.step(
            "fields",
            if missing { State::Failed } else { State::Ok },
            format!("{ciphertext} {data} characters, iv {iv}, sessionKey {key}"),
            format!("{ciphertext} {data} 个字符，iv {iv}，sessionKey {key}"),
        );
        if !missing {
            let state = report.state_unless(has_wrong_length);
            let [en, zh] = [", ", "，"].map(|separator| sizes.join(separator));
            report.step("bytes", state, format!("{en} bytes"), format!("{zh} 字节"));
        }
    }
}

fn key_reading(key: &Input, field: &'static str, raw: &RawFields<'_>) -> DecodedField {
    let mut reading = text::symmetric_key(key, field, raw.scheme.key_lengths);
    if raw.platform == Platform::Baidu && reading.len() == BLOCK {
        // The key's 32 characters were hex-decoded, although they are base64: this restores the characters.
        let digits: Zeroizing<String> =
            Zeroizing::new(reading.bytes.iter().flat_map(|bytes| bytes.iter()).map(|b| format!("{b:02x}")).collect());
        reading.bytes = base64::decode(&digits, Padding::Required, "sessionKey").ok();
        reading.mistakes.retain(|mistake| mistake.code != "hex");
        reading.mistakes.push(Mistake::new("hex-decoded-key", field));
    }
    reading
}
