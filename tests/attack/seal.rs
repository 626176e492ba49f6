//! AES-CBC as a platform seals with it, and what the owner of a sealed payload knows of its blocks. Of the crate under
//! test only the block cipher is shared; chaining and padding are written again here.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

use crate::random::Random;

pub(crate) const BLOCK: usize = 16;
pub(crate) type Block = [u8; BLOCK];

pub(crate) fn xor(a: Block, b: Block) -> Block {
    core::array::from_fn(|at| a[at] ^ b[at])
}

/// The block cipher under a session key.
pub(crate) enum Cipher {
    Aes128(Aes128),
    Aes192(Aes192),
    Aes256(Aes256),
}

impl Cipher {
    pub(crate) fn new(key: &[u8]) -> Self {
        match key.len() {
            16 => Self::Aes128(Aes128::new_from_slice(key).unwrap()),
            24 => Self::Aes192(Aes192::new_from_slice(key).unwrap()),
            _ => Self::Aes256(Aes256::new_from_slice(key).unwrap()),
        }
    }

    fn encrypt(&self, mut block: Block) -> Block {
        match self {
            Self::Aes128(aes) => aes.encrypt_block((&mut block).into()),
            Self::Aes192(aes) => aes.encrypt_block((&mut block).into()),
            Self::Aes256(aes) => aes.encrypt_block((&mut block).into()),
        }
        block
    }

    fn decrypt(&self, mut block: Block) -> Block {
        match self {
            Self::Aes128(aes) => aes.decrypt_block((&mut block).into()),
            Self::Aes192(aes) => aes.decrypt_block((&mut block).into()),
            Self::Aes256(aes) => aes.decrypt_block((&mut block).into()),
        }
        block
    }

    /// Seals whole blocks.
    pub(crate) fn seal(&self, iv: Block, plain: &[Block]) -> Vec<Block> {
        let mut before = iv;
        let seal = |block: &Block| {
            before = self.encrypt(xor(*block, before));
            before
        };
        plain.iter().map(seal).collect()
    }

    /// What a forgery decrypts to, for the statistics.
    pub(crate) fn open(&self, iv: Block, sealed: &[Block]) -> Vec<u8> {
        let before = core::iter::once(&iv).chain(sealed);
        sealed.iter().zip(before).flat_map(|(block, before)| xor(self.decrypt(*block), *before)).collect()
    }
}

/// Whole blocks, with PKCS#7 padding behind the text.
pub(crate) fn padded(text: &[u8], pad_block: usize) -> Vec<Block> {
    let pad = pad_block - text.len() % pad_block;
    let bytes = [text, &vec![u8::try_from(pad).unwrap(); pad]].concat();
    bytes.chunks(BLOCK).map(|block| block.try_into().unwrap()).collect()
}

/// How long a text is without its padding, if it has a good one.
pub(crate) fn unpadded_len(bytes: &[u8], pad_block: usize) -> Option<usize> {
    let pad = usize::from(*bytes.last()?);
    let length = bytes.len().checked_sub(pad)?;
    ((1..=pad_block).contains(&pad) && bytes[length..].iter().all(|byte| usize::from(*byte) == pad)).then_some(length)
}

/// A payload that the platform sealed for the attacker, and its plaintext, which he knows.
pub(crate) struct KnownPayload {
    pub(crate) iv: Block,
    pub(crate) sealed: Vec<Block>,
    pub(crate) plain: Vec<Block>,
    /// The first block whose plaintext he knows: Baidu's first is random.
    pub(crate) known_from: usize,
}

impl KnownPayload {
    pub(crate) fn new(cipher: &Cipher, plain: Vec<Block>, known_from: usize, random: &mut Random) -> Self {
        let iv = random.block();
        Self { iv, sealed: cipher.seal(iv, &plain), plain, known_from }
    }

    /// The block in front of another one, the iv in front of the first.
    pub(crate) fn before(&self, at: usize) -> Block {
        at.checked_sub(1).map_or(self.iv, |before| self.sealed[before])
    }

    /// What the block cipher makes of a sealed block: the attacker knows it without the key.
    pub(crate) fn opened(&self, at: usize) -> Block {
        assert!(at >= self.known_from);
        xor(self.plain[at], self.before(at))
    }

    /// The blocks that he knows.
    pub(crate) fn known(&self) -> core::ops::Range<usize> {
        self.known_from..self.sealed.len()
    }

    /// Behind which blocks the text may end, because what then is its end is a good padding.
    pub(crate) fn ends(&self, pad_block: usize) -> Vec<usize> {
        let is_end = |end: &usize| unpadded_len(&self.plain[..*end].concat(), pad_block).is_some();
        (1..=self.plain.len()).filter(is_end).collect()
    }
}
