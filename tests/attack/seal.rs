//! Sealing with AES-CBC, and the knowledge that the owner of a sealed payload has about its blocks. Only the block
//! cipher is shared with the crate under test; chaining and padding are implemented separately.

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

    /// Seals complete blocks.
    pub(crate) fn seal(&self, iv: Block, plain: &[Block]) -> Vec<Block> {
        let mut before = iv;
        let seal = |block: &Block| {
            before = self.encrypt(xor(*block, before));
            before
        };
        plain.iter().map(seal).collect()
    }

    /// Decrypts a forgery, for the statistics.
    pub(crate) fn open(&self, iv: Block, sealed: &[Block]) -> Vec<u8> {
        let before = core::iter::once(&iv).chain(sealed);
        sealed.iter().zip(before).flat_map(|(block, before)| xor(self.decrypt(*block), *before)).collect()
    }
}

/// The text with PKCS#7 padding, in blocks.
pub(crate) fn padded(text: &[u8], pad_block: usize) -> Vec<Block> {
    let pad = pad_block - text.len() % pad_block;
    let bytes = [text, &vec![u8::try_from(pad).unwrap(); pad]].concat();
    bytes.chunks(BLOCK).map(|block| block.try_into().unwrap()).collect()
}

/// The length of the text without its padding, if the padding is valid.
pub(crate) fn unpadded_len(bytes: &[u8], pad_block: usize) -> Option<usize> {
    let pad = usize::from(*bytes.last()?);
    let length = bytes.len().checked_sub(pad)?;
    ((1..=pad_block).contains(&pad) && bytes[length..].iter().all(|byte| usize::from(*byte) == pad)).then_some(length)
}

/// A payload that the platform sealed for the attacker, and its plaintext, which the attacker knows.
pub(crate) struct KnownPayload {
    pub(crate) iv: Block,
    pub(crate) sealed: Vec<Block>,
    pub(crate) plain: Vec<Block>,
    /// The index of the first block whose plaintext the attacker knows: Baidu's first block is random.
    pub(crate) known_from: usize,
}

impl KnownPayload {
    pub(crate) fn new(cipher: &Cipher, plain: Vec<Block>, known_from: usize, random: &mut Random) -> Self {
        let iv = random.block();
        Self { iv, sealed: cipher.seal(iv, &plain), plain, known_from }
    }

    /// The block before a block; the iv before the first block.
    pub(crate) fn before(&self, at: usize) -> Block {
        at.checked_sub(1).map_or(self.iv, |before| self.sealed[before])
    }

    /// The output of the block cipher for a sealed block, which the attacker can compute without the key.
    pub(crate) fn opened(&self, at: usize) -> Block {
        assert!(at >= self.known_from);
        xor(self.plain[at], self.before(at))
    }

    /// The indices of the blocks that the attacker knows.
    pub(crate) fn known(&self) -> core::ops::Range<usize> {
        self.known_from..self.sealed.len()
    }

    /// The numbers of blocks after which a text may end, because the last block then ends with valid padding.
    pub(crate) fn ends(&self, pad_block: usize) -> Vec<usize> {
        let is_end = |end: &usize| unpadded_len(&self.plain[..*end].concat(), pad_block).is_some();
        (1..=self.plain.len()).filter(is_end).collect()
    }
}
