//! The three fields of a payload under a session key, each in the place where it belongs.

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
pub(super) struct SessionFields<'a> {
    pub(super) ciphertext: FieldValue<'a>,
    pub(super) iv: &'a Input<'a>,
    pub(super) session_key: &'a Input<'a>,
    pub(super) platform: Platform,
    pub(super) scheme: &'static Scheme,
}

/// Ciphertext, IV and session keys, after reading.
pub(super) struct Fields {
    data: DecodedField,
    iv: DecodedField,
    keys: Vec<DecodedField>,
    exchanged: Option<Mistake>,
}

/// The plaintext under one of the keys.
pub(super) struct Attempt {
    pub(super) plaintext: Plaintext,
    /// The position of the key in the list.
    pub(super) key: usize,
    /// Whether the key's text was read as hexadecimal digits.
    pub(super) from_hex: bool,
}

impl Fields {
    /// Assigns the values to the fields in the order that has the fewest faults. The original order is tried first.
    pub(super) fn read(session_fields: &SessionFields<'_>) -> Self {
        let (data, iv) = (session_fields.ciphertext, (session_fields.iv, "iv"));
        let keys: Vec<FieldValue<'_>> = match session_fields.session_key {
            Input::List(list) if !list.is_empty() => list.iter().map(|key| (key, "sessionKey")).collect(),
            single => vec![(single, "sessionKey")],
        };
        let mut best = Self::of(data, iv, &keys, session_fields);
        let mut others = vec![(Self::of(iv, data, &keys, session_fields), "swapped-iv-data", "iv")];
        if let [key] = keys[..] {
            others.push((Self::of(key, iv, &[data], session_fields), "swapped-key-data", "sessionKey"));
            others.push((Self::of(data, key, &[iv], session_fields), "swapped-key-iv", "sessionKey"));
        }
        for (other, code, field) in others {
            // A value that is no longer than a key is not the ciphertext of a phone number.
            if other.data.len() > 32 && other.explains_more_than(&best, session_fields.scheme) {
                best = Self { exchanged: Some(Mistake::new(code, field)), ..other };
            }
        }
        best
    }

    /// If key and IV have the same length, only a decryption shows that they are exchanged.
    pub(super) fn with_key_and_iv_exchanged(session_fields: &SessionFields<'_>) -> Option<Self> {
        let key = match session_fields.session_key {
            Input::List(list) => list.first().filter(|_| list.len() == 1)?,
            single => single,
        };
        let exchanged =
            Self::of(session_fields.ciphertext, (key, "sessionKey"), &[(session_fields.iv, "iv")], session_fields);
        Some(Self { exchanged: Some(Mistake::new("swapped-key-iv", "sessionKey")), ..exchanged })
    }

    fn of(
        data: FieldValue<'_>,
        iv: FieldValue<'_>,
        keys: &[FieldValue<'_>],
        session_fields: &SessionFields<'_>,
    ) -> Self {
        let (lengths, padding) = (Lengths::Blocks, Padding::Required);
        let data = text::base64(data.0, Expectation { field: data.1, lengths, padding });
        let (lengths, padding) = (Lengths::OneOf(&[BLOCK]), session_fields.scheme.iv_padding);
        let iv = text::base64(iv.0, Expectation { field: iv.1, lengths, padding });
        let keys = keys.iter().map(|(key, field)| key_reading(key, field, session_fields)).collect();
        Self { data, iv, keys, exchanged: None }
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
    pub(super) fn decrypt(&self, session_fields: &SessionFields<'_>) -> Option<Attempt> {
        let blocks = whole_blocks(self.data.len());
        let data = self.data.bytes.as_ref()?.get(..blocks).filter(|data| !data.is_empty())?;
        let iv = self.iv().unwrap_or_default();
        let layout =
            Layout { pad_block: session_fields.scheme.pad_block, framed: session_fields.platform == Platform::Baidu };
        let under = |(index, key): (usize, &[u8]), from_hex| {
            let plaintext = aes_cbc::decrypt_cbc(key, &iv, Zeroizing::new(data.to_vec()))?;
            Some(Attempt { plaintext: Plaintext::new(plaintext, layout), key: index, from_hex })
        };
        let fits = |key: &&[u8]| session_fields.scheme.key_lengths.contains(&key.len());
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

    /// Whether this order has fewer impossible lengths. A smaller number of damaged texts is not a proof: an `=` may be
    /// missing in any of them.
    fn explains_more_than(&self, other: &Self, scheme: &Scheme) -> bool {
        let ((misfits, mistakes), (others_misfits, others_mistakes)) = (self.oddities(scheme), other.oddities(scheme));
        misfits < others_misfits || misfits == others_misfits && mistakes.saturating_add(1) < others_mistakes
    }

    /// The number of faults in this order of the fields.
    fn oddities(&self, scheme: &Scheme) -> (usize, usize) {
        let misfits = [
            self.data.len() < BLOCK.saturating_mul(2),
            self.iv.len() != BLOCK,
            self.keys.iter().any(|key| !scheme.key_lengths.contains(&key.len())),
        ];
        let mistakes = [&self.data, &self.iv].into_iter().chain(&self.keys).flat_map(|reading| &reading.mistakes);
        (
            misfits.iter().filter(|misfit| **misfit).count(),
            mistakes.filter(|single| single.code != "whitespace").count(),
        )
    }

    /// Reports the faults of the fields, and the first two steps. Of several keys, the key that opened the payload is
    /// reported, or else a damaged key.
    pub(super) fn report(&mut self, report: &mut Report, session_fields: &SessionFields<'_>, key: Option<usize>) {
        let ciphertext = session_fields.ciphertext.1;
        let is_damaged = |key: &DecodedField| key.mistakes.iter().any(|mistake| mistake.code != "whitespace");
        let key = key.or_else(|| self.keys.iter().position(is_damaged)).unwrap_or_default();
        let key = self.keys.get_mut(key);
        let lengths = [self.data.length, self.iv.length, key.as_ref().map_or(0, |key| key.length)];
        report.add_all(self.exchanged.take());
        let one_block = Lengths::OneOf(&[BLOCK]);
        let mut fields = vec![(&mut self.data, ciphertext, Lengths::Blocks), (&mut self.iv, "iv", one_block)];
        fields.extend(key.map(|key| (key, "sessionKey", Lengths::OneOf(session_fields.scheme.key_lengths))));
        let mut missing = false;
        let mut misfit = false;
        let mut sizes = Vec::new();
        for (reading, field, lengths) in fields {
            missing |= reading.mistakes.iter().any(|mistake| mistake.code == "missing");
            misfit |= !lengths.allow(reading.len());
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
            let state = report.state_unless(misfit);
            let [en, zh] = [", ", "，"].map(|separator| sizes.join(separator));
            report.step("bytes", state, format!("{en} bytes"), format!("{zh} 字节"));
        }
    }
}

fn key_reading(key: &Input, field: &'static str, session_fields: &SessionFields<'_>) -> DecodedField {
    let mut reading = text::symmetric_key(key, field, session_fields.scheme.key_lengths);
    if session_fields.platform == Platform::Baidu && reading.len() == BLOCK {
        // 32 hexadecimal digits that were hex-decoded: restores the digits, which are base64.
        let digits: Zeroizing<String> =
            Zeroizing::new(reading.bytes.iter().flat_map(|bytes| bytes.iter()).map(|b| format!("{b:02x}")).collect());
        reading.bytes = base64::decode(&digits, Padding::Required, "sessionKey").ok();
        reading.mistakes.retain(|mistake| mistake.code != "hex");
        reading.mistakes.push(Mistake::new("hex-decoded-key", field));
    }
    reading
}
