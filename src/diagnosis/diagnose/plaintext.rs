//! The result of a decryption, whether it is right or not: which blocks are text, and what the text shows.

use zeroize::Zeroizing;

use super::report::{Block, Mistake, Report, State};
use crate::{
    Bilingual,
    crypto::aes_cbc::{BLOCK, unpadded_len},
    json::Json,
};

/// Baidu's frame: random bytes and a length, which are not text.
const FRAME_LEN: usize = 20;

/// The layout of the plaintext.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// The block size of the padding.
    pub(super) pad_block: u8,
    /// Whether it is in Baidu's frame.
    pub(super) framed: bool,
}

/// The readability of the blocks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All blocks are text, and the padding is right.
    Reads,
    /// All blocks are text, and the padding is missing: the end is cut off.
    NoEnd,
    /// All blocks except the first are text.
    AllButFirst,
    /// The blocks before this one are text, the others are not.
    Until(usize),
    /// These blocks are not text, and others are.
    AllBut(Vec<usize>),
    /// No block is text.
    Nothing,
}

/// A decrypted text with its padding.
pub(super) struct Plaintext {
    bytes: Zeroizing<Vec<u8>>,
    layout: Layout,
    text: Vec<bool>,
}

impl Plaintext {
    pub(super) fn new(bytes: Zeroizing<Vec<u8>>, layout: Layout) -> Self {
        let text = text_blocks(&bytes, layout);
        Self { bytes, layout, text }
    }

    pub(super) fn verdict(&self) -> Verdict {
        let garbage: Vec<usize> = self.text.iter().enumerate().filter(|(_, text)| !**text).map(|(i, _)| i).collect();
        let count = self.text.len();
        match (garbage.as_slice(), garbage.first()) {
            ([], _) if self.padding().is_some() => Verdict::Reads,
            ([], _) => Verdict::NoEnd,
            (garbage, _) if garbage.len() == count => Verdict::Nothing,
            ([0], _) => Verdict::AllButFirst,
            (garbage, Some(first)) if garbage.len() > 1 && first.saturating_add(garbage.len()) == count => {
                Verdict::Until(*first)
            }
            _ => Verdict::AllBut(garbage),
        }
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        self.text.iter().map(|text| if *text { Block::Text } else { Block::Garbage }).collect()
    }

    /// The number of blocks that are text.
    pub(super) fn readable(&self) -> usize {
        self.text.iter().filter(|text| **text).count()
    }

    /// The number of bytes of the padding, if it is right.
    pub(super) fn padding(&self) -> Option<usize> {
        self.bytes.len().checked_sub(unpadded_len(&self.bytes, self.layout.pad_block)?)
    }

    /// The bytes without their padding, or all bytes without a right padding.
    pub(super) fn unpadded(&self) -> &[u8] {
        let length = self.bytes.len().saturating_sub(self.padding().unwrap_or_default());
        self.bytes.get(..length).unwrap_or_default()
    }

    /// The plaintext with another first block.
    pub(super) fn beginning_with(&self, block: &[u8; BLOCK]) -> Self {
        let rest = self.bytes.get(BLOCK..).unwrap_or_default();
        Self::new(Zeroizing::new([block, rest].concat()), self.layout)
    }

    /// The text up to the first value: the name of a field, which is not secret.
    pub(super) fn first_words(&self) -> String {
        let from = if self.layout.framed { FRAME_LEN } else { 0 };
        let text = String::from_utf8_lossy(self.unpadded().get(from..).unwrap_or_default()).into_owned();
        let name = text.split_once("\":").map(|(name, _)| name).filter(|name| {
            name.len() <= 24 && name.starts_with("{\"") && name.bytes().skip(2).all(|b| b.is_ascii_alphabetic())
        });
        name.map_or_else(String::new, |name| format!("{name}\": …"))
    }
}

/// Which blocks are text: of 16 bytes at least 15 are printable characters or padding. About one random block in 15 000
/// passes. Therefore at least one block must pass with all 16 bytes; otherwise no block counts as text.
fn text_blocks(bytes: &[u8], layout: Layout) -> Vec<bool> {
    let mut prints = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            prints.extend(core::iter::repeat_n(
                (!c.is_control() || c.is_ascii_whitespace() || c == '\0') && c != '\u{fffd}',
                c.len_utf8(),
            ));
        }
        prints.extend(chunk.invalid().iter().map(|_| false));
    }
    let frame = if layout.framed { FRAME_LEN } else { 0 };
    prints.iter_mut().take(frame).for_each(|prints| *prints = true);
    // Padding, and the rest of a padding whose end is missing.
    let last = bytes.last().copied().filter(|byte| (1..=layout.pad_block).contains(byte));
    let padding = last.map_or(0, |last| bytes.iter().rev().take_while(|byte| **byte == last).count());
    prints.iter_mut().rev().take(padding).for_each(|prints| *prints = true);
    let good = |block: &[bool]| block.iter().filter(|prints| **prints).count();
    let certain = prints.chunks(BLOCK).skip(usize::from(layout.framed)).any(|block| good(block) == BLOCK);
    prints.chunks(BLOCK).map(|block| certain && good(block) >= BLOCK.saturating_sub(1)).collect()
}

/// Facts about a payload, even if it is incomplete.
pub(super) struct PayloadFacts {
    pub(super) app: Option<String>,
    pub(super) kind: Kind,
}

/// The kind of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Phone,
    User,
    Share,
    Other,
}

impl PayloadFacts {
    pub(super) fn by(text: &str) -> Self {
        let has = |names: &[&str]| names.iter().any(|name| text.contains(&format!("\"{name}\"")));
        let kind = if has(&["phoneNumber", "purePhoneNumber", "mobile"]) {
            Kind::Phone
        } else if has(&["openGId", "opengid"]) {
            Kind::Share
        } else if has(&["nickName", "nickname", "avatarUrl", "headimgurl", "openId", "openid"]) {
            Kind::User
        } else {
            Kind::Other
        };
        let app = text.split_once("\"appid\":\"").and_then(|(_, rest)| rest.split_once('"')).map(|(app, _)| app);
        Self { app: app.filter(|app| is_id(app)).map(str::to_owned), kind }
    }
}

/// Whether a text can be an app's id, and may therefore be shown.
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The names of a payload's fields, if they are valid names.
pub(super) fn names(payload: &Json<'_>) -> String {
    let Json::Object(_, members) = payload else { return String::new() };
    let names: Vec<&str> = members.iter().map(|(name, _)| &**name).filter(|name| is_id(name)).take(12).collect();
    names.join(", ")
}

/// The number of bytes in complete blocks.
pub(super) fn whole_blocks(bytes: usize) -> usize {
    bytes.saturating_sub(bytes % BLOCK)
}

/// Describes the blocks that are not readable.
pub(super) fn damaged(report: &mut Report, field: &'static str, verdict: &Verdict) {
    let (en, zh) = match verdict {
        Verdict::Until(first) => {
            let n = first.saturating_add(1);
            (format!("all blocks from block {n} on are unreadable"), format!("从第 {n} 块起不可读"))
        }
        Verdict::AllBut(blocks) => {
            let blocks: Vec<String> = blocks.iter().take(8).map(|block| block.saturating_add(1).to_string()).collect();
            (format!("block {} is not readable", blocks.join(", ")), format!("第 {} 块不可读", blocks.join("、")))
        }
        _ => ("block 1 is not readable".to_owned(), "第 1 块不可读".to_owned()),
    };
    if !report.has("damaged") {
        report.add(Mistake::new("damaged", field).actual_in_words(&Bilingual::new(en, zh)));
    }
}

/// Describes the result of the decryption; `mended` if its first block could be restored.
pub(super) fn step_decrypt(report: &mut Report, plaintext: &Plaintext, cut: bool, mended: bool) {
    let mut blocks = plaintext.blocks();
    let (readable, count) = (plaintext.readable(), blocks.len());
    if cut {
        blocks.push(Block::Cut);
    }
    let words = plaintext.first_words();
    let state = match plaintext.verdict() {
        _ if mended => State::Repaired,
        Verdict::Reads if cut || report.has_repairs() => State::Repaired,
        Verdict::Reads => State::Ok,
        _ => State::Failed,
    };
    let padding = plaintext.padding().filter(|_| readable > 0);
    let (pad_en, pad_zh) = match padding {
        Some(n) => (format!("padding {n} bytes"), format!("填充 {n} 字节")),
        None => ("no padding".to_owned(), "没有有效填充".to_owned()),
    };
    let (beginning_en, beginning_zh) = match words.as_str() {
        "" => (String::new(), String::new()),
        words => (format!(", beginning: {words}"), format!("，开头：{words}")),
    };
    report.step(
        "decrypt",
        state,
        format!("{readable} of {count} blocks read as text, {pad_en}{beginning_en}"),
        format!("{count} 块中有 {readable} 块可读，{pad_zh}{beginning_zh}"),
    );
    report.blocks(blocks);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Layout = Layout { pad_block: 16, framed: false };

    fn verdict(bytes: &[u8]) -> Verdict {
        Plaintext::new(Zeroizing::new(bytes.to_vec()), PLAIN).verdict()
    }

    #[test]
    fn readable_blocks_are_distinguished() {
        let good = [b"{\"phoneNumber\":\"13800138000\",\"n\":\"".as_slice(), "好".as_bytes(), b"\"}", &[9; 9]].concat();
        assert_eq!(good.len() % BLOCK, 0);
        let verdict_of_garbled = |blocks: &[usize]| {
            let mut bytes = good.clone();
            for block in blocks {
                bytes[block * BLOCK..(block + 1) * BLOCK]
                    .copy_from_slice(&[0x9d, 3, 0xc1, 7, 0x88, 1, 0xff, 0xf0, 0xa, 0x91, 2, 0xee, 0xb1, 0, 0xc0, 0x80]);
            }
            verdict(&bytes)
        };
        assert_eq!(verdict_of_garbled(&[]), Verdict::Reads);
        assert_eq!(verdict_of_garbled(&[0]), Verdict::AllButFirst);
        assert_eq!(verdict_of_garbled(&[1]), Verdict::AllBut(vec![1]));
        assert_eq!(verdict_of_garbled(&[1, 2]), Verdict::Until(1));
        assert_eq!(verdict_of_garbled(&[0, 1, 2]), Verdict::Nothing);
        assert_eq!(verdict(&good[..32]), Verdict::NoEnd);
    }

    #[test]
    fn only_a_member_name_is_shown() {
        let words = |text: &[u8]| Plaintext::new(Zeroizing::new(text.to_vec()), PLAIN).first_words();
        assert_eq!(words(b"{\"phoneNumber\":\"13800138000\"}"), "{\"phoneNumber\": …");
        assert_eq!(words(b"13800138000\":"), "");
    }
}
