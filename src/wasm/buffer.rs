//! The buffer in which everything crosses the border: a call's fields on the way in, its answer on the way out.
//! js/core/border.ts is the other side.
//!
//! In: a word with the number of fields, one with the length of their texts, the texts, filled up to whole words, a word a
//! field, the bytes. Out: a word a text, the texts. A word is 32 bits, little-endian. Texts are UTF-8, and the lengths in
//! words those that JavaScript knows, in units of UTF-16.

use core::cell::RefCell;

use zeroize::Zeroize;

use crate::Input;

/// In the place of a text's length: there is none.
const NONE: u32 = u32::MAX;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes the buffer at least so long, and gives its place in the memory.
pub(super) fn reserve(length: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        grow(buffer, length);
        buffer.as_mut_ptr()
    })
}

/// What a smaller buffer held must not stay behind.
fn grow(buffer: &mut Vec<u8>, length: usize) {
    if buffer.len() < length {
        buffer.zeroize();
        *buffer = vec![0; length];
    }
}

/// Reads the fields of a call.
pub(super) fn read<T>(call: impl FnOnce(&mut Fields<'_>) -> T) -> T {
    BUFFER.with_borrow(|buffer| call(&mut Fields::of(buffer).unwrap_or_default()))
}

/// Writes an answer, and gives its length.
pub(super) fn write(texts: &[Option<&str>]) -> usize {
    let words = texts.len().saturating_mul(size_of::<u32>());
    let length = texts.iter().flatten().fold(words, |length, text| length.saturating_add(text.len()));
    BUFFER.with_borrow_mut(|buffer| {
        grow(buffer, length);
        let (head, mut tail) = buffer.split_at_mut_checked(words).unwrap_or_default();
        for (word, text) in head.chunks_exact_mut(size_of::<u32>()).zip(texts) {
            word.copy_from_slice(&text.map_or(NONE, utf16_len).to_le_bytes());
            let text = text.unwrap_or_default().as_bytes();
            if let Some((place, rest)) = core::mem::take(&mut tail).split_at_mut_checked(text.len()) {
                place.copy_from_slice(text);
                tail = rest;
            }
        }
    });
    length
}

fn utf16_len(text: &str) -> u32 {
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    u32::try_from(units).unwrap_or_default()
}

/// The fields of a call, in the order in which they were written.
#[derive(Default)]
pub(super) struct Fields<'a> {
    words: &'a [[u8; 4]],
    texts: &'a str,
    is_ascii: bool,
    bytes: &'a [u8],
}

impl<'a> Fields<'a> {
    fn of(buffer: &'a [u8]) -> Option<Self> {
        let ([fields, texts], rest) = buffer.as_chunks::<4>().0.split_first_chunk::<2>()?;
        let [fields, length] = [fields, texts].map(|word| u32::from_le_bytes(*word) as usize);
        let (texts, rest) = rest.split_at_checked(length.div_ceil(4))?;
        let (words, bytes) = rest.split_at_checked(fields)?;
        let texts = core::str::from_utf8(texts.as_flattened().get(..length)?).ok()?;
        Some(Self { words, texts, is_ascii: texts.is_ascii(), bytes: bytes.as_flattened() })
    }

    /// The next field.
    pub(super) fn next(&mut self) -> Input<'a> {
        let Some((word, rest)) = self.words.split_first() else { return Input::Wrong };
        self.words = rest;
        let word = u32::from_le_bytes(*word);
        let length = (word >> 3) as usize;
        match word & 7 {
            0 => Input::Absent,
            1 => self.text(length).map_or(Input::Wrong, Input::from),
            2 => self.text(length).map_or(Input::Wrong, |json| Input::Json(json.into())),
            3 => match self.bytes.split_at_checked(length) {
                Some((bytes, rest)) => {
                    self.bytes = rest;
                    bytes.into()
                }
                None => Input::Wrong,
            },
            4 => Input::List((0..length).map(|_| self.next()).collect()),
            5 => Input::TooLong,
            _ => Input::Wrong,
        }
    }

    fn text(&mut self, length: usize) -> Option<&'a str> {
        let end = if self.is_ascii { length } else { self.end_of(length) };
        let (text, rest) = self.texts.split_at_checked(end)?;
        self.texts = rest;
        Some(text)
    }

    /// Where so many units of UTF-16 end.
    fn end_of(&self, length: usize) -> usize {
        let mut units = 0_usize;
        let mut chars = self.texts.chars();
        while units < length
            && let Some(c) = chars.next()
        {
            units = units.saturating_add(c.len_utf16());
        }
        self.texts.len().saturating_sub(chars.as_str().len())
    }
}
