//! Why a payload under a session key does not open: WeChat and those who seal as it does, Baidu, Xiaohongshu.

use zeroize::Zeroizing;

use super::{
    payload::{self, Own},
    plaintext::{Kind, Layout, Plaintext, Told, Verdict},
    report::{Block, Mistake, Report, State},
    text::{self, Lengths, Reading, Wanted},
};
use crate::{
    Error, Input, Keys, OpenOptions, Platform, Sealed,
    cipher::{self, BLOCK},
    encoding::{self, Padding},
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

/// The findings that are undone by reading the fields as this file does.
pub(super) const UNDONE: [&str; 15] = [
    "quoted",
    "escaped",
    "percent-encoded",
    "percent-encoded-twice",
    "lost-plus",
    "base64url",
    "missing-padding",
    "foreign-characters",
    "hex",
    "decimal-bytes",
    "swapped-iv-data",
    "swapped-key-iv",
    "swapped-key-data",
    "hex-decoded-key",
    "wrong-iv",
];

/// The three fields, each in the place where it belongs.
struct Fields {
    data: Reading,
    iv: Reading,
    keys: Vec<Reading>,
    exchanged: Option<Mistake>,
}

pub(super) fn look(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions, scheme: &'static Scheme) {
    report.no_step("verify");
    let ciphertext = match (&sealed.encrypted_data, &sealed.data) {
        (Input::Absent, data) if sealed.platform == Platform::Baidu && !data.is_absent() => (data, "data"),
        (encrypted_data, _) => (encrypted_data, "encryptedData"),
    };
    let mut fields = Fields::read(ciphertext, &sealed.iv, &keys.session_key, sealed.platform, scheme);
    fields.report(report, ciphertext.1, scheme);

    let whole_blocks = whole_blocks(fields.data.len());
    let cut = fields.data.len() != whole_blocks;
    let data = fields.data.bytes.take().map(|mut bytes| {
        bytes.truncate(whole_blocks);
        bytes
    });
    let iv = fields.iv.bytes.as_ref().and_then(|iv| <[u8; BLOCK]>::try_from(iv.as_slice()).ok());
    let layout = Layout { pad_block: scheme.pad_block, framed: sealed.platform == Platform::Baidu };
    let Some(data) = data.filter(|data| !data.is_empty()) else {
        unreadable(report, sealed, keys, options);
        return;
    };
    let decrypt = |key: &[u8], iv: &[u8; BLOCK]| {
        cipher::decrypt_cbc(key, iv, data.clone()).map(|plaintext| Plaintext::new(plaintext, layout))
    };
    let usable = |key: &&Reading| scheme.key_lengths.contains(&key.len());
    let tried = fields.keys.iter().enumerate().filter(|(_, key)| usable(key)).filter_map(|(index, key)| {
        let plaintext = decrypt(key.bytes.as_ref()?, &iv.unwrap_or_default())?;
        Some((index, plaintext))
    });
    let Some((index, mut plaintext)) = tried.max_by_key(|(index, text)| (text.readable(), core::cmp::Reverse(*index)))
    else {
        report.step("decrypt", State::Unreached, "no key to decrypt with", "没有可用的密钥");
        unreadable(report, sealed, keys, options);
        return;
    };
    if plaintext.verdict() == Verdict::Nothing
        && let Some(from_hex) = fields.keys.iter().find_map(|key| {
            let plaintext = decrypt(&text::hex_digits(key.text.as_ref()?)?, &iv.unwrap_or_default())?;
            (plaintext.verdict() != Verdict::Nothing).then_some(plaintext)
        })
    {
        // 32 of its digits are also the base64 of a longer key.
        report.add(Mistake::new("hex", "sessionKey").count(BLOCK));
        plaintext = from_hex;
    }
    if plaintext.verdict() == Verdict::Nothing
        && let (Some(iv), Some(key)) = (&fields.iv.bytes, fields.keys.get(index).and_then(|key| key.bytes.as_ref()))
        && let Ok(as_iv) = <[u8; BLOCK]>::try_from(key.as_slice())
        && let Some(exchanged) = decrypt(iv, &as_iv).filter(|text| text.verdict() != Verdict::Nothing)
    {
        report.add(Mistake::new("swapped-key-iv", "sessionKey"));
        plaintext = exchanged;
    }
    if index > 0 && plaintext.verdict() != Verdict::Nothing {
        report.add_all(fields.keys.get_mut(index).into_iter().flat_map(|key| key.mistakes.drain(..)));
        report.add(Mistake::new("older-session-key", "sessionKey").count(index.saturating_add(1)));
    }
    judge(report, sealed, keys, options, &Judged { plaintext, field: ciphertext.1, iv_known: iv.is_some(), cut });
}

/// How many bytes are whole blocks.
pub(super) fn whole_blocks(bytes: usize) -> usize {
    bytes.saturating_sub(bytes % BLOCK)
}

/// A plaintext on trial.
struct Judged {
    plaintext: Plaintext,
    field: &'static str,
    iv_known: bool,
    cut: bool,
}

fn judge(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions, judged: &Judged) {
    let Judged { plaintext, field, iv_known, cut } = judged;
    let mut mended = None;
    match plaintext.verdict() {
        Verdict::Reads => {}
        Verdict::NoEnd if report.has("cut") => {}
        Verdict::NoEnd => report.add(Mistake::new("cut", field)),
        Verdict::AllButFirst => {
            let begun = FIRST_BLOCKS.into_iter().find_map(|block| {
                let begun = plaintext.beginning_with(block);
                Some((payload::number_of(sealed.platform, begun.unpadded())?, begun))
            });
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
            step_decrypt(report, plaintext, *cut);
            unreadable(report, sealed, keys, options);
            // A text in one case opens with no key.
            if !report.has("wrong-platform") && !report.has("damaged") {
                report.add(Mistake::new("stale-session-key", "sessionKey"));
            }
            return;
        }
    }
    step_decrypt(report, plaintext, *cut);
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
        Platform::Baidu => (&keys.app_key, "appKey"),
        _ => (&keys.app_id, "appId"),
    };
    if payload::look(report, content, whole, &Own { platform: sealed.platform, app, owner, options }) {
        report.prove(&UNDONE);
    }
}

/// User info has a watermark too, and begins with whose it is.
fn about_user(plaintext: &Plaintext) -> bool {
    matches!(Told::by(&String::from_utf8_lossy(plaintext.unpadded())).kind, Kind::User | Kind::Share)
}

/// The blocks that do not read, in words.
pub(super) fn damaged(report: &mut Report, field: &'static str, verdict: &Verdict) {
    let (en, zh) = match verdict {
        Verdict::Until(first) => {
            let n = first.saturating_add(1);
            (format!("nothing reads from block {n} on"), format!("从第 {n} 块起不可读"))
        }
        Verdict::AllBut(blocks) => {
            let blocks: Vec<String> = blocks.iter().take(8).map(|block| block.saturating_add(1).to_string()).collect();
            let n = blocks.join(", ");
            (format!("block {n} does not read"), format!("第 {n} 块不可读"))
        }
        _ => ("block 1 does not read".to_owned(), "第 1 块不可读".to_owned()),
    };
    if !report.has("damaged") {
        report.add(Mistake::new("damaged", field).seen_in_words(&en, &zh));
    }
}

pub(super) fn step_decrypt(report: &mut Report, plaintext: &Plaintext, cut: bool) {
    let mut blocks = plaintext.blocks();
    let (readable, count) = (plaintext.readable(), blocks.len());
    if cut {
        blocks.push(Block::Cut);
    }
    let words = plaintext.first_words();
    let state = match plaintext.verdict() {
        Verdict::Reads if cut || report.undone() => State::Repaired,
        Verdict::Reads => State::Ok,
        _ => State::Failed,
    };
    let padding = plaintext.padding().filter(|_| readable > 0);
    let (pad_en, pad_zh) = match padding {
        Some(n) => (format!("padding {n} bytes"), format!("填充 {n} 字节")),
        None => ("no padding".to_owned(), "没有有效填充".to_owned()),
    };
    report.step(
        "decrypt",
        state,
        format!("{readable} of {count} blocks read as text, {pad_en} {words}").trim_end().to_owned(),
        format!("{count} 块中有 {readable} 块可读，{pad_zh} {words}").trim_end().to_owned(),
    );
    report.blocks(blocks);
}

/// Nothing was read. Perhaps another platform's way opens it.
fn unreadable(report: &mut Report, sealed: &Sealed, keys: &Keys, options: &OpenOptions) {
    if let Some(platform) = super::other_platform(sealed, keys, options) {
        let mistake = Mistake::new("wrong-platform", "platform").seen(platform.name()).wanted(sealed.platform.name());
        report.clear();
        report.add_first(mistake.proven());
    }
}

impl Fields {
    /// Reads the fields in the order that leaves the least to explain. As they are given comes first.
    fn read(
        ciphertext: (&Input, &'static str),
        iv: &Input,
        session_key: &Input,
        platform: Platform,
        scheme: &'static Scheme,
    ) -> Self {
        let (data, iv) = (ciphertext, (iv, "iv"));
        let list: Vec<&Input> = match session_key {
            Input::List(list) if !list.is_empty() => list.iter().collect(),
            one => vec![one],
        };
        let read = |data: (&Input, &'static str), iv: (&Input, &'static str), keys: &[(&Input, &'static str)]| Self {
            data: text::base64(data.0, Wanted { field: data.1, lengths: Lengths::Blocks, padding: Padding::Required }),
            iv: text::base64(
                iv.0,
                Wanted { field: iv.1, lengths: Lengths::OneOf(&[BLOCK]), padding: scheme.iv_padding },
            ),
            keys: keys.iter().map(|(key, field)| key_reading(key, field, platform, scheme)).collect(),
            exchanged: None,
        };
        let keys: Vec<(&Input, &'static str)> = list.iter().map(|key| (*key, "sessionKey")).collect();
        let mut best = read(data, iv, &keys);
        let mut others = vec![(read(iv, data, &keys), Mistake::new("swapped-iv-data", "iv"))];
        if let [key] = keys[..] {
            others.push((read(key, iv, &[data]), Mistake::new("swapped-key-data", "sessionKey")));
            others.push((read(data, key, &[iv]), Mistake::new("swapped-key-iv", "sessionKey")));
        }
        for (other, exchanged) in others {
            if other.is_possible(scheme) && other.explains_more_than(&best, scheme) {
                best = Self { exchanged: Some(exchanged), ..other };
            }
        }
        best
    }

    /// Whether this order leaves fewer lengths that are impossible. Of texts alone, one mistake less is no proof: an `=`
    /// may be missing in any of them.
    fn explains_more_than(&self, other: &Self, scheme: &Scheme) -> bool {
        let ((misfits, mistakes), (others_misfits, others_mistakes)) = (self.oddities(scheme), other.oddities(scheme));
        misfits < others_misfits || misfits == others_misfits && mistakes == 0 && others_mistakes > 1
    }

    fn is_possible(&self, scheme: &Scheme) -> bool {
        let key = |key: &Reading| scheme.key_lengths.contains(&key.len());
        // The ciphertext may be cut, yet not to the length of a key.
        self.data.len() > 32 && self.iv.len() == BLOCK && self.keys.iter().all(key)
    }

    /// How much is odd about the fields in this order.
    fn oddities(&self, scheme: &Scheme) -> (usize, usize) {
        let misfits = [
            self.data.len() < BLOCK.saturating_mul(2),
            self.iv.len() != BLOCK,
            self.keys.iter().any(|key| !scheme.key_lengths.contains(&key.len())),
        ];
        let mistakes = [&self.data, &self.iv].into_iter().chain(&self.keys).flat_map(|reading| &reading.mistakes);
        (misfits.iter().filter(|misfit| **misfit).count(), mistakes.filter(|one| one.code != "whitespace").count())
    }

    /// Tells what is wrong with the fields, and the first two steps.
    fn report(&mut self, report: &mut Report, ciphertext: &'static str, scheme: &'static Scheme) {
        let given = |reading: &Reading| reading.given;
        let (data, iv, key) = (given(&self.data), given(&self.iv), self.keys.first().map_or(0, given));
        report.add_all(self.exchanged.take());
        let key_lengths = Lengths::OneOf(scheme.key_lengths);
        let any_key = self.keys.iter().any(|key| key_lengths.allow(key.len()));
        let mut all =
            vec![(&mut self.data, ciphertext, Lengths::Blocks), (&mut self.iv, "iv", Lengths::OneOf(&[BLOCK]))];
        // Of a list, the key that is whole counts.
        let first_key = self.keys.iter_mut().find(|key| key_lengths.allow(key.len()) == any_key);
        all.extend(first_key.map(|key| (key, "sessionKey", key_lengths)));
        let mut missing = false;
        let mut misfit = false;
        let mut sizes = Vec::new();
        for (reading, field, lengths) in all {
            let bytes = reading.len();
            missing |= reading.mistakes.iter().any(|mistake| mistake.code == "missing");
            let mistakes = core::mem::take(&mut reading.mistakes);
            let explained = mistakes.iter().any(|mistake| mistake.code != "whitespace");
            let torn = mistakes.iter().any(|mistake| mistake.code == "cut");
            report.add_all(mistakes);
            if reading.bytes.is_some() && !lengths.allow(bytes) {
                misfit = true;
                if matches!(lengths, Lengths::Blocks) && bytes > BLOCK {
                    if !torn {
                        report.add(Mistake::new("cut", field));
                    }
                } else if !explained {
                    report.add(Mistake::new("wrong-length", field).seen(&bytes.to_string()).wanted(&lengths.named()));
                }
            }
            misfit |= reading.bytes.is_none();
            sizes.push(format!("{field} {bytes}"));
        }
        let state = if missing { State::Failed } else { State::Ok };
        report.step(
            "fields",
            state,
            format!("{ciphertext} {data} characters, iv {iv}, sessionKey {key}"),
            format!("{ciphertext} {data} 个字符，iv {iv}，sessionKey {key}"),
        );
        if !missing {
            let state = if misfit {
                State::Failed
            } else if report.undone() {
                State::Repaired
            } else {
                State::Ok
            };
            let sizes = sizes.join(", ");
            report.step("bytes", state, format!("{sizes} bytes"), format!("{sizes} 字节"));
        }
    }
}

fn key_reading(key: &Input, field: &'static str, platform: Platform, scheme: &'static Scheme) -> Reading {
    let wanted = Wanted { field, lengths: Lengths::OneOf(scheme.key_lengths), padding: Padding::Required };
    let as_text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok().filter(|text| text.len() >= 20);
    let mut reading = match key {
        Input::Bytes(bytes) => match encoding::symmetric_key(key, scheme.key_lengths, "sessionKey") {
            Ok(key) => Reading { bytes: Some(key), given: bytes.len(), ..Reading::default() },
            Err(_) => match as_text(bytes) {
                Some(text) => text::base64(&Input::from(text), wanted),
                None => Reading { bytes: Some(bytes.clone()), given: bytes.len(), ..Reading::default() },
            },
        },
        key => text::base64(key, wanted),
    };
    if platform == Platform::Baidu && reading.len() == BLOCK {
        // 32 hexadecimal digits, hex-decoded: back to the digits, which are base64.
        let digits: Zeroizing<String> =
            Zeroizing::new(reading.bytes.iter().flat_map(|bytes| bytes.iter()).map(|b| format!("{b:02x}")).collect());
        reading.bytes = encoding::decode(&digits, Padding::Required, "sessionKey").ok();
        reading.mistakes.retain(|mistake| mistake.code != "hex");
        reading.mistakes.push(Mistake::new("hex-decoded-key", field));
    }
    reading
}
