//! Forgeries whose garbled blocks happen to look like text.
//!
//! A chosen block in the middle garbles the previous block: 16 bytes that the attacker neither chooses nor knows. These
//! bytes are all printable ASCII without quotes and backslashes once in (256 / 93)¹⁶ tries, which is 11 million; they
//! are all characters of ids once in (256 / 66)¹⁶ tries, which is 2.6 billion. Requests are cheap. And if the
//! attacker joins two of their own payloads without a chosen block, the garbled block is known before anything is sent:
//! joining each of 50,000 payloads with each of 50,000 others gives 2.5 billion tries. So these tests assume the
//! lucky case: no member of a phone payload may accept a garbled block.

use mp_phone::Platform;
use serde_json::Value;

use crate::{
    lab::{Lab, Reach},
    payloads::Order,
    random::Random,
    seal::{BLOCK, Block, KnownPayload},
};

/// How many garbled blocks are tried in each forgery.
const TRIES: usize = 200;

enum Piece {
    /// A chosen first block. Its ciphertext is the block that preceded the next piece in its own payload, so the next
    /// piece decrypts correctly.
    Head(&'static str),
    /// The beginning of a phone payload, up to and including the block that begins with this text.
    Begin(&'static str),
    /// A garbled block that ends with this text.
    Garbled(&'static str),
    /// A chosen block after a garbled block. Its ciphertext is chosen by the same rule as that of `Head`.
    Chosen(&'static str),
    /// This number of blocks of a payload, from the block that begins with this text; with `None` up to valid padding.
    Run(&'static str, Option<usize>),
}
use Piece::{Begin, Chosen, Garbled, Head, Run};

/// Another country code for the attacker's own digits.
const OTHER_COUNTRY: &[Piece] = &[
    Begin("15112345678\",\"co"),
    Garbled(""),
    Chosen("\":1,\"countryCode"),
    Run("\":49,          \"", Some(1)),
    Garbled(""),
    Run("untryCode\":\"86\",", None),
];

/// Another country code by joining two phone payloads, without a chosen block.
const JOINED: &[Piece] = &[Begin("15112345678\",\"co"), Garbled(""), Run("ePhoneNumber\":\"2", None)];

/// Any number, after an invalid country code.
const NO_COUNTRY: &[Piece] =
    &[Head("{\"countryCode\":\""), Garbled(""), Chosen("\",\"phoneNumber\":"), Run("13912345678}    ", None)];

/// Any number, with a garbled block whose last byte happens to be the closing quote: a hundred times as rare.
const NO_COUNTRY_SHORT: &[Piece] =
    &[Head("{\"countryCode\":\""), Garbled("\""), Chosen(",\"phoneNumber\":1"), Run("3912345678}     ", None)];

/// Any number, if the user's text is the last member.
const NO_COUNTRY_TEXT_LAST: &[Piece] =
    &[Head("{\"countryCode\":\""), Garbled(""), Chosen("\",\"phoneNumber\":"), Run("\"13912345678\"}", None)];

/// Any number, between a garbled user id and a garbled member.
const LONG_USER_ID: &[Piece] = &[
    Begin("userid\":\"uuuuuuu"),
    Garbled(""),
    Chosen("\",\"mobile\":13912"),
    Run("345678,        \"", Some(1)),
    Garbled(""),
    Run("der\":\"1\"}", None),
];

/// Four digits, after a garbled user id.
const FOUR_DIGITS: &[Piece] =
    &[Begin("userid\":\"uuuuuuu"), Garbled(""), Chosen("\",\"mobile\":\"1999"), Run("2345678\"}", None)];

/// The plaintext of a forgery from payloads that the platform sealed.
fn plaintext(lab: &Lab, pieces: &[Piece], allowed_bytes: &[u8], random: &mut Random) -> Option<Vec<Block>> {
    let block = |text: &str| -> Block { text.as_bytes().try_into().unwrap() };
    let mut plain = Vec::new();
    for piece in pieces {
        match piece {
            Head(text) | Chosen(text) => plain.push(block(text)),
            Garbled(end) => {
                let mut garbled = random.block().map(|byte| allowed_bytes[usize::from(byte) % allowed_bytes.len()]);
                garbled[BLOCK - end.len()..].copy_from_slice(end.as_bytes());
                plain.push(garbled);
            }
            Begin(last) => {
                let ends =
                    |payload: &KnownPayload| payload.plain.iter().position(|plain| plain.starts_with(last.as_bytes()));
                let (payload, at) = lab.phones.iter().find_map(|payload| Some((payload, ends(payload)?)))?;
                plain.extend(&payload.plain[..=at]);
            }
            Run(first, blocks) => {
                // The block in front of this run is reused as a chosen block. To choose its plaintext, the attacker
                // must know the plaintext that it has now.
                let starts = |payload: &KnownPayload| {
                    (payload.known_from + 1..payload.plain.len())
                        .find(|at| payload.plain[*at].starts_with(first.as_bytes()))
                };
                let (payload, at) = lab.known_payloads().find_map(|payload| Some((payload, starts(payload)?)))?;
                let end = match blocks {
                    Some(blocks) => at + blocks,
                    None => payload.ends(lab.pad_block).into_iter().find(|end| *end > at)?,
                };
                plain.extend(&payload.plain[at..end]);
            }
        }
    }
    Some(plain)
}

/// Printable ASCII except the quote and the backslash.
fn printable(byte: &u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')
}

/// The characters of ids. <https://developer.work.weixin.qq.com/document/path/90195>
fn is_id_character(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-@.".contains(byte)
}

/// Whether the user id in a payload of WeCom has only the characters of user ids. No rule about shapes can detect a
/// garbled block of such characters before a chosen block.
fn has_user_id(raw: &str) -> bool {
    let payload: Value = serde_json::from_str(raw).unwrap();
    payload["userid"].as_str().is_some_and(|id| id.as_bytes().iter().all(is_id_character))
}

#[test]
fn a_garbled_block_that_looks_like_text_gives_no_number() {
    let mut successes = Vec::new();
    let texts: Vec<u8> = (0..=u8::MAX).filter(printable).collect();
    let ids: Vec<u8> = (0..=u8::MAX).filter(is_id_character).collect();
    for (platform, orders, kind, pieces) in [
        (Platform::Wechat, &[Order::Known][..], "another country", OTHER_COUNTRY),
        (Platform::Douyin, &[Order::Known], "another country", OTHER_COUNTRY),
        (Platform::Wechat, &[Order::Known], "another country, joined", JOINED),
        (Platform::Douyin, &[Order::Known], "another country, joined", JOINED),
        (Platform::Kuaishou, &[Order::TextLast], "any number", NO_COUNTRY_TEXT_LAST),
        (Platform::Xiaohongshu, &[Order::Known], "any number", NO_COUNTRY),
        (Platform::Xiaohongshu, &[Order::Known], "any number, short text", NO_COUNTRY_SHORT),
        (Platform::Xiaohongshu, &[Order::TextLast], "any number, text last", NO_COUNTRY_TEXT_LAST),
        (Platform::Wecom, &[Order::Known], "any number", LONG_USER_ID),
        (Platform::Wecom, &[Order::Known], "four digits", FOUR_DIGITS),
    ] {
        let lab = Lab::new(platform, orders);
        let mut random = Random::new(2_000);
        let mut accepted = 0;
        let mut last = String::new();
        for attempt in 0..2 * TRIES {
            let allowed_bytes = if attempt % 2 == 0 { &texts } else { &ids };
            let plain = plaintext(&lab, pieces, allowed_bytes, &mut random)
                .unwrap_or_else(|| panic!("{} {kind}", platform.name()));
            let iv = random.block();
            let sealed = lab.cipher.seal(iv, &plain);
            assert!(lab.reach(iv, &sealed) >= Reach::Json, "{}", String::from_utf8_lossy(plain.as_flattened()));
            if let Ok(phone) = lab.open(iv, &sealed)
                && !lab.is_genuine(&phone)
                && !(kind == "four digits" && has_user_id(&phone.raw))
            {
                accepted += 1;
                last = format!("{:?} from {}", phone.e164, phone.raw);
            }
        }
        let garbled = pieces.iter().filter(|piece| matches!(piece, Garbled(_))).count();
        println!(
            "{}: {kind}, {garbled} garbled: {} lucky forgeries ran, {accepted} accepted {last}",
            platform.name(),
            2 * TRIES
        );
        if accepted > 0 {
            successes.push((platform, kind));
        }
    }
    assert!(successes.is_empty(), "{successes:?}");
}
