//! Why a payload under a session key does not open: WeChat and those who seal as it does, Baidu, Xiaohongshu.

use super::{
    fields::{Attempt, Fields, SessionFields},
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

/// How a payload of WeChat's shape begins, whichever field comes first: one block, and the iv touches nothing but this.
const FIRST_BLOCKS: [&[u8; BLOCK]; 5] = [
    b"{\"phoneNumber\":\"",
    b"{\"purePhoneNumbe",
    b"{\"countryCode\":\"",
    b"{\"watermark\":{\"t",
    b"{\"watermark\":{\"a",
];

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
    let session_fields =
        SessionFields { ciphertext, iv: &sealed.iv, session_key: &keys.session_key, platform: sealed.platform, scheme };
    let mut fields = Fields::read(&session_fields);
    let mut attempt = fields.decrypt(&session_fields);
    if attempt.as_ref().is_some_and(|attempt| attempt.plaintext.verdict() == Verdict::Nothing)
        && let Some(exchanged) = Fields::with_key_and_iv_exchanged(&session_fields)
        && let Some(other) =
            exchanged.decrypt(&session_fields).filter(|other| other.plaintext.verdict() != Verdict::Nothing)
    {
        (fields, attempt) = (exchanged, Some(other));
    }
    let opened = attempt.as_ref().filter(|attempt| attempt.plaintext.verdict() != Verdict::Nothing);
    fields.report(report, &session_fields, opened.map(|attempt| attempt.key));
    let Some(Attempt { plaintext, key, from_hex }) = attempt else {
        unreadable(report, sealed, keys, options);
        return;
    };
    if plaintext.verdict() != Verdict::Nothing {
        // 32 of its digits are also the base64 of a longer key, so that the text alone did not show it.
        report.add_all(from_hex.then(|| Mistake::new("hex", "sessionKey").count(BLOCK)));
        let older = || Mistake::new("older-session-key", "sessionKey").count(key.saturating_add(1));
        report.add_all((key > 0).then(older));
    }
    let cut = fields.is_cut();
    report_plaintext(
        report,
        sealed,
        keys,
        options,
        &PlaintextEvidence { plaintext, field: ciphertext.1, iv_known: fields.iv().is_some(), cut },
    );
}

/// A plaintext on trial.
struct PlaintextEvidence {
    plaintext: Plaintext,
    field: &'static str,
    iv_known: bool,
    cut: bool,
}

fn report_plaintext(
    report: &mut Report,
    sealed: &Sealed,
    keys: &Keys,
    options: &OpenOptions,
    evidence: &PlaintextEvidence,
) {
    let PlaintextEvidence { plaintext, field, iv_known, cut } = evidence;
    let mut mended = None;
    match plaintext.verdict() {
        Verdict::Reads => {}
        Verdict::NoEnd if report.has("cut") => {}
        Verdict::NoEnd => report.add(Mistake::new("cut", field)),
        Verdict::AllButFirst => {
            let known = if sealed.platform == Platform::Wecom { &[] } else { FIRST_BLOCKS.as_slice() };
            let begun = known.iter().filter_map(|block| {
                let begun = plaintext.beginning_with(block);
                Some((payload::number_of(sealed.platform, begun.unpadded())?, begun))
            });
            // Of two blocks that differ in a letter of a name, the one that makes it a name of the watermark's.
            let begun = begun.max_by_key(|(_, begun)| payload::has_watermark(begun.unpadded()));
            let has_watermark = String::from_utf8_lossy(plaintext.unpadded()).contains("\"watermark\"");
            match begun {
                Some((Ok(_), begun)) => mended = Some(begun),
                // A changed ciphertext spoils a block and single characters of the next one.
                Some((Err(Error::Decrypt(_)), _)) => damaged(report, field, &Verdict::AllBut(vec![0])),
                // A whole payload of that shape begins with one of the blocks above.
                None if has_watermark && plaintext.padding().is_some() && !about_user(plaintext) => {
                    report.add(Mistake::new("cut", field));
                }
                _ => {}
            }
            if *iv_known && !report.has("damaged") && !report.has("cut") {
                report.add(Mistake::new("wrong-iv", "iv"));
            }
        }
        Verdict::Until(_) | Verdict::AllBut(_) => damaged(report, field, &plaintext.verdict()),
        Verdict::Nothing => {
            step_decrypt(report, plaintext, *cut, false);
            unreadable(report, sealed, keys, options);
            // A text in one case opens with no key.
            if !report.has("wrong-platform") && !report.has("damaged") {
                report.add(Mistake::new("stale-session-key", "sessionKey"));
            }
            return;
        }
    }
    step_decrypt(report, plaintext, *cut, mended.is_some());
    let whole = !cut && (mended.is_some() || plaintext.verdict() == Verdict::Reads);
    let plaintext = mended.as_ref().unwrap_or(plaintext);
    let is_baidu = sealed.platform == Platform::Baidu;
    if is_baidu && plaintext.unpadded().starts_with(b"{\"") {
        // In Baidu's frame random bytes come first.
        unreadable(report, sealed, keys, options);
        return;
    }
    let unframed = baidu::unframe(plaintext.unpadded()).filter(|_| is_baidu);
    if let Some(n) = plaintext.padding().filter(|n| is_baidu && *n > BLOCK) {
        report.add(Mistake::of_payload("padded-to-32").count(n));
    }
    let (content, owner) = unframed.unwrap_or((plaintext.unpadded(), &[]));
    let owner = String::from_utf8(owner.to_vec()).ok().filter(|owner| !owner.is_empty() && whole);
    let app = match sealed.platform {
        // Without the end there is nothing to compare the App Key with.
        Platform::Baidu if !whole => (&Input::Absent, "appKey"),
        Platform::Baidu => (&keys.app_key, "appKey"),
        _ => (&keys.app_id, "appId"),
    };
    if payload::inspect(report, content, whole, &ExpectedApp { platform: sealed.platform, app, owner, options }) {
        report.prove();
    }
}

/// User info has a watermark too, and begins with whose it is.
fn about_user(plaintext: &Plaintext) -> bool {
    matches!(PayloadFacts::by(&String::from_utf8_lossy(plaintext.unpadded())).kind, Kind::User | Kind::Share)
}

/// Nothing was read. Perhaps another platform's way opens it.
fn unreadable(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    if let Some(platform) = other_platform(sealed, keys, options) {
        let mistake = Mistake::new("wrong-platform", "platform").seen(platform.name()).wanted(sealed.platform.name());
        report.clear();
        report.add_first(mistake.proven());
    }
}
