//! The buffer between JavaScript and the module. JavaScript writes a call's fields into it, and the module writes the
//! result. js/core/bridge.ts is the other side.
//!
//! Fields: a word with the number of fields; a word with the byte length of all texts; the texts, padded to complete
//! words; a word for each field, with its kind and its length; the bytes. Result: a word with the length of each text;
//! the texts. A word has 32 bits and is little-endian. Texts are UTF-8. The length of a single text is in UTF-16 units,
//! as in JavaScript.

use core::cell::RefCell;

use zeroize::Zeroize;

use crate::Input;

/// The length that stands for a missing text.
const NONE: u32 = u32::MAX;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes the buffer at least `length` bytes long, and returns its address. If the buffer grows, its content is lost.
pub(super) fn reserve(length: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        grow(buffer, length);
        buffer.as_mut_ptr()
    })
}

/// Replaces a buffer that is too small, and wipes the old one, because it may contain keys.
fn grow(buffer: &mut Vec<u8>, length: usize) {
    if buffer.len() < length {
        buffer.zeroize();
        *buffer = vec![0; length];
    }
}

/// Passes the fields in the buffer to `consume`, and returns the result of `consume`.
pub(super) fn read<T>(consume: impl FnOnce(&mut Fields<'_>) -> T) -> T {
    BUFFER.with_borrow(|buffer| consume(&mut Fields::of(buffer).unwrap_or_default()))
}

/// Writes a result, and returns its length in bytes.
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

/// The fields of a call that are still to be read, in the order in which JavaScript wrote them.
#[derive(Default)]
pub(super) struct Fields<'a> {
    words: &'a [[u8; 4]],
    texts: &'a str,
    is_ascii: bool,
    bytes: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn of(buffer: &'a [u8]) -> Option<Self> {
        let ([fields, texts], rest) = buffer.as_chunks::<4>().0.split_first_chunk::<2>()?;
        let [fields, length] = [fields, texts].map(|word| u32::from_le_bytes(*word) as usize);
        let (texts, rest) = rest.split_at_checked(length.div_ceil(4))?;
        let (words, bytes) = rest.split_at_checked(fields)?;
        let texts = core::str::from_utf8(texts.as_flattened().get(..length)?).ok()?;
        Some(Self { words, texts, is_ascii: texts.is_ascii(), bytes: bytes.as_flattened() })
    }

    /// The next field.
    pub(super) fn next(&mut self) -> Input<'a> {
        self.field(true)
    }

    fn field(&mut self, may_be_list: bool) -> Input<'a> {
        let Some((word, rest)) = self.words.split_first() else { return Input::Wrong };
        self.words = rest;
        let word = u32::from_le_bytes(*word);
        let length = (word >> 3) as usize;
        let field = match word & 7 {
            0 => Some(Input::Absent),
            1 => self.read_text(length).map(Input::from),
            2 => self.read_text(length).map(|json| Input::Json(json.into())),
            3 => self.bytes(length).map(Input::from),
            4 if may_be_list => self.list(length),
            5 => Some(Input::TooLong),
            6 => Some(Input::Wrong),
            _ => None,
        };
        field.unwrap_or_else(|| {
            // The remaining fields would be read from the wrong position.
            *self = Self::default();
            Input::Wrong
        })
    }

    fn list(&mut self, length: usize) -> Option<Input<'a>> {
        (length <= self.words.len()).then(|| Input::List((0..length).map(|_| self.field(false)).collect()))
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(bytes)
    }

    fn read_text(&mut self, length: usize) -> Option<&'a str> {
        let end = if self.is_ascii { length } else { self.end_of(length)? };
        let (text, rest) = self.texts.split_at_checked(end)?;
        self.texts = rest;
        Some(text)
    }

    /// The byte position after `length` UTF-16 units; `None` if it is inside a character or after the end of the texts.
    fn end_of(&self, length: usize) -> Option<usize> {
        let mut rest = length;
        let mut chars = self.texts.chars();
        while rest > 0 {
            rest = rest.checked_sub(chars.next()?.len_utf16())?;
        }
        self.texts.len().checked_sub(chars.as_str().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A buffer with texts, words (kind and length) and bytes.
    fn buffer(texts: &str, words: &[(u32, u32)], bytes: &[u8]) -> Vec<u8> {
        let mut buffer = Vec::new();
        buffer.extend((words.len() as u32).to_le_bytes());
        buffer.extend((texts.len() as u32).to_le_bytes());
        buffer.extend(texts.as_bytes());
        buffer.resize(buffer.len().next_multiple_of(4), 0);
        buffer.extend(words.iter().flat_map(|(kind, length)| (length * 8 + kind).to_le_bytes()));
        buffer.extend(bytes);
        buffer.resize(buffer.len().next_multiple_of(4), 0);
        buffer
    }

    /// The fields in a short notation.
    fn fields(buffer: &[u8], count: usize) -> String {
        fn notation(field: &Input<'_>) -> String {
            match field {
                Input::Absent => "-".into(),
                Input::Text(text) => format!("'{text}'"),
                Input::Json(text) => (**text).into(),
                Input::Bytes(bytes) => format!("{bytes:?}"),
                Input::List(items) => format!("({})", items.iter().map(notation).collect::<Vec<_>>().join(" ")),
                Input::TooLong => "long".into(),
                Input::Wrong => "wrong".into(),
            }
        }
        let mut fields = Fields::of(buffer).unwrap_or_default();
        (0..count).map(|_| notation(&fields.next())).collect::<Vec<_>>().join(" ")
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn fields_of_every_kind_are_read_in_their_order() {
        let buffer = buffer(
            "wx{}\u{1f600}é",
            &[(1, 2), (0, 0), (4, 3), (1, 2), (3, 2), (6, 0), (2, 2), (1, 1), (5, 0), (3, 1)],
            &[1, 2, 3],
        );
        assert_eq!(fields(&buffer, 9), "'wx' - ('{}' [1, 2] wrong) 😀 'é' long [3] wrong wrong");
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn a_wrong_length_makes_the_remaining_fields_wrong() {
        let all_wrong = "wrong wrong wrong";
        for (texts, words, bytes, expected) in [
            // A length that ends inside a character, or after the last one.
            ("\u{1f600}key", &[(1, 1), (1, 3)][..], &[][..], all_wrong),
            ("x\u{1f600}key", &[(1, 2), (0, 0), (1, 3)], &[], all_wrong),
            ("é", &[(1, 2), (1, 0)], &[], all_wrong),
            ("key", &[(1, 4), (1, 3)], &[], all_wrong),
            ("", &[(3, 5), (3, 4)], &[1, 2, 3, 4], all_wrong),
            // A list without its items, a list inside a list, and an empty list.
            ("", &[(4, 3), (0, 0), (0, 0)], &[], all_wrong),
            ("", &[(4, (1 << 29) - 1)], &[], all_wrong),
            ("", &[(4, 2), (4, 1), (0, 0), (0, 0)], &[], "(wrong wrong) wrong wrong"),
            ("", &[(4, 0), (0, 0)], &[], "() - wrong"),
            ("", &[(7, 0), (0, 0)], &[], all_wrong),
        ] {
            assert_eq!(fields(&buffer(texts, words, bytes), 3), expected, "{texts} {words:?}");
        }
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn a_malformed_buffer_has_no_fields() {
        for bytes in [&[][..], &[1, 0, 0, 0], &[255; 64], &[1, 0, 0, 0, 1, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0]] {
            assert_eq!(fields(bytes, 2), "wrong wrong");
        }
    }
}
