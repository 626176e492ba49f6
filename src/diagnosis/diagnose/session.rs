//! Why a payload under a session key does not open: WeChat and platforms with the same scheme, Baidu, Xiaohongshu.

use super::{
    fields::{Attempt, DecodedFields, RawFields},
    other_platform::other_platform,
    payload::{self, ExpectedApp},
    plaintext::{Kind, PayloadFacts, Plaintext, Verdict, damaged, step_decrypt},
    report::{Mistake, Report},
};
use crate::{
    Error, Input, Keys, OpenOptions, Platform, Sealed,
    crypto::aes_cbc::BLOCK,
    platform::{Scheme, baidu},
};

/// The possible first 16 bytes of a payload in WeChat's shape: one for each member that may come first. `watermark`
/// has two, because its own members may be in either order. The IV affects only this block.
const FIRST_BLOCKS: [&[u8; BLOCK]; 5] = [
    b"{\"phoneNumber\":\"",
    b"{\"purePhoneNumbe",
    b"{\"countryCode\":\"",
    b"{\"watermark\":{\"t",
    b"{\"watermark\":{\"a",
];

/// The results of a decryption, from which the report is written.
struct Evidence {
    plaintext: Plaintext,
    first_block: FirstBlock,
    /// The field with the ciphertext, by its name in the API.
    field: &'static str,
    /// Whether the IV could be decoded. Without an IV the first block has no meaning.
    has_iv: bool,
    /// Whether the ciphertext ended within a block.
    is_cut: bool,
    /// The position of the key in the list of session keys.
    key: usize,
    /// Whether the key's text was read as hexadecimal digits, although it is also the base64 of a longer key.
    is_key_from_hex: bool,
}

/// The state of the first block, if all blocks after it are text. The IV determines only this block.
enum FirstBlock {
    /// It is text, or other blocks are garbage, too.
    Irrelevant,
    /// The plaintext with a known beginning in place of the first block; it has a phone number.
    Mended(Plaintext),
    /// A known beginning fits, and the members after it do not: characters of the second block changed, too.
    Damaged,
    /// The rest has a watermark, and no known beginning fits: the start of the ciphertext is missing.
    Missing,
    /// Nothing else is known.
    Unknown,
}

impl FirstBlock {
    fn of(plaintext: &Plaintext, platform: Platform) -> Self {
        if plaintext.verdict() != Verdict::AllButFirst {
            return Self::Irrelevant;
        }
        let beginnings = if platform == Platform::Wecom { &[] } else { FIRST_BLOCKS.as_slice() };
        let candidates = beginnings.iter().filter_map(|block| {
            let candidate = plaintext.beginning_with(block);
            Some((payload::number_of(platform, candidate.unpadded())?, candidate))
        });
        // The two beginnings with `watermark` differ only in one letter, of `timestamp` or `appid`; the right one gives
        // a watermark with both members.
        match candidates.max_by_key(|(_, candidate)| payload::has_watermark(candidate.unpadded())) {
            Some((Ok(_), mended)) => Self::Mended(mended),
            Some((Err(Error::Decrypt(_)), _)) => Self::Damaged,
            None if plaintext.padding().is_some() && has_phone_watermark(plaintext) => Self::Missing,
            _ => Self::Unknown,
        }
    }
}

impl Evidence {
    fn of(attempt: Attempt, fields: &DecodedFields, raw: &RawFields<'_>) -> Self {
        let Attempt { plaintext, key, from_hex } = attempt;
        Self {
            first_block: FirstBlock::of(&plaintext, raw.platform),
            plaintext,
            field: raw.ciphertext.1,
            has_iv: fields.iv().is_some(),
            is_cut: fields.is_cut(),
            key,
            is_key_from_hex: from_hex,
        }
    }

    /// Whether the complete payload is readable, possibly with a restored first block.
    fn is_whole(&self) -> bool {
        !self.is_cut && (self.mended().is_some() || self.plaintext.verdict() == Verdict::Reads)
    }

    fn mended(&self) -> Option<&Plaintext> {
        match &self.first_block {
            FirstBlock::Mended(plaintext) => Some(plaintext),
            _ => None,
        }
    }
}

pub(super) fn inspect(
    report: &mut Report,
    sealed: &Sealed,
    keys: &Keys,
    options: &OpenOptions,
    scheme: &'static Scheme,
) {
    report.no_step("verify");
    let ciphertext = match (&sealed.encrypted_data, &sealed.data) {
        (Input::Absent, data) if sealed.platform == Platform::Baidu && !data.is_absent() => (data, "data"),
        (encrypted_data, _) => (encrypted_data, "encryptedData"),
    };
    let raw =
        RawFields { ciphertext, iv: &sealed.iv, session_key: &keys.session_key, platform: sealed.platform, scheme };
    let (mut fields, attempt) = decrypt(&raw);
    let opened = attempt.as_ref().filter(|attempt| is_legible(attempt));
    fields.report(report, &raw, opened.map(|attempt| attempt.key));
    let Some(attempt) = attempt else {
        suggest_platform(report, sealed, keys, options);
        return;
    };
    let evidence = Evidence::of(attempt, &fields, &raw);
    let verdict = evidence.plaintext.verdict();
    if verdict != Verdict::Nothing {
        report_key(report, &evidence);
        report_blocks(report, &evidence, &verdict);
    }
    step_decrypt(report, &evidence.plaintext, evidence.is_cut, evidence.mended().is_some());
    if verdict == Verdict::Nothing {
        suggest_platform(report, sealed, keys, options);
        // A ciphertext whose letters are all in one case (the finding "damaged") cannot be opened with any key: then
        // the key is not to blame.
        if !report.has("wrong-platform") && !report.has("damaged") {
            report.add(Mistake::new("stale-session-key", "sessionKey"));
        }
        return;
    }
    inspect_payload(report, sealed, keys, options, &evidence);
}

/// Decrypts with the fields as named, or with key and IV swapped if only that order gives text.
fn decrypt(raw: &RawFields<'_>) -> (DecodedFields, Option<Attempt>) {
    let fields = DecodedFields::read(raw);
    let attempt = fields.decrypt(raw);
    if attempt.as_ref().is_some_and(|attempt| !is_legible(attempt))
        && let Some(swapped) = DecodedFields::with_key_and_iv_swapped(raw)
        && let Some(other) = swapped.decrypt(raw).filter(is_legible)
    {
        return (swapped, Some(other));
    }
    (fields, attempt)
}

fn is_legible(attempt: &Attempt) -> bool {
    attempt.plaintext.verdict() != Verdict::Nothing
}

fn report_key(report: &mut Report, evidence: &Evidence) {
    if evidence.is_key_from_hex {
        report.add(Mistake::new("hex", "sessionKey").count(BLOCK));
    }
    if evidence.key > 0 {
        report.add(Mistake::new("older-session-key", "sessionKey").count(evidence.key.saturating_add(1)));
    }
}

/// Reports the damage of the ciphertext and of the IV that the unreadable blocks show.
fn report_blocks(report: &mut Report, evidence: &Evidence, verdict: &Verdict) {
    let is_cut = match verdict {
        Verdict::NoEnd => !report.has("cut"),
        _ => matches!(evidence.first_block, FirstBlock::Missing),
    };
    if is_cut {
        report.add(Mistake::new("cut", evidence.field));
    }
    if matches!(verdict, Verdict::Until(_) | Verdict::AllBut(_)) {
        damaged(report, evidence.field, verdict);
    }
    // A changed ciphertext garbles a block and single characters of the next block.
    if matches!(evidence.first_block, FirstBlock::Damaged) {
        damaged(report, evidence.field, &Verdict::AllBut(vec![0]));
    }
    if *verdict == Verdict::AllButFirst && evidence.has_iv && !report.has("damaged") && !report.has("cut") {
        report.add(Mistake::new("wrong-iv", "iv"));
    }
}

fn inspect_payload(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions, evidence: &Evidence) {
    let plaintext = evidence.mended().unwrap_or(&evidence.plaintext);
    let is_whole = evidence.is_whole();
    let is_baidu = sealed.platform == Platform::Baidu;
    if is_baidu && plaintext.unpadded().starts_with(b"{\"") {
        // In Baidu's frame random bytes come first.
        suggest_platform(report, sealed, keys, options);
        return;
    }
    if let Some(n) = plaintext.padding().filter(|n| is_baidu && *n > BLOCK) {
        report.add(Mistake::of_payload("padded-to-32").count(n));
    }
    let unframed = baidu::unframe(plaintext.unpadded()).filter(|_| is_baidu);
    let (content, named_app) = unframed.unwrap_or((plaintext.unpadded(), &[]));
    let named_app = String::from_utf8(named_app.to_vec()).ok().filter(|named_app| !named_app.is_empty() && is_whole);
    let app = match sealed.platform {
        // If the end is missing, there is no App Key to compare.
        Platform::Baidu if !is_whole => (&Input::Absent, "appKey"),
        Platform::Baidu => (&keys.app_key, "appKey"),
        _ => (&keys.app_id, "appId"),
    };
    if payload::inspect(report, content, is_whole, &ExpectedApp { platform: sealed.platform, app, named_app, options })
    {
        report.prove();
    }
}

/// Whether a watermark is in the text, and the text is not user info, which has a watermark, too.
fn has_phone_watermark(plaintext: &Plaintext) -> bool {
    let text = String::from_utf8_lossy(plaintext.unpadded());
    text.contains("\"watermark\"") && !matches!(PayloadFacts::by(&text).kind, Kind::User | Kind::Share)
}

/// Nothing is readable: reports another platform, if the fields open as a payload of that platform.
fn suggest_platform(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    if let Some(platform) = other_platform(sealed, keys, options) {
        let mistake = Mistake::new("wrong-platform", "platform").platforms(platform, sealed.platform);
        report.clear();
        report.add_first(mistake.proven());
    }
}
