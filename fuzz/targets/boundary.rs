//! The buffer that carries the fields of a call from JavaScript to the module: each field is read as it was written, whatever
//! the other fields are. After a change of one word, no field is longer than its word says, and all together are not larger than
//! the buffer.
#![no_main]

#[allow(dead_code)]
#[path = "../../src/wasm/buffer.rs"]
mod buffer;

use libfuzzer_sys::fuzz_target;
use mp_phone::Input;

fuzz_target!(|data: &[u8]| {
    let mut any = buffer::Fields::of(data).unwrap_or_default();
    check_all(core::iter::repeat_with(|| any.next()), data.len(), None);

    let Some(([index, change @ ..], written)) = data.split_first_chunk::<5>() else { return };
    let fields = mp_phone_fuzz::Fields::of(written).all();
    let mut words = Buffer::default();
    fields.iter().for_each(|field| words.put(field));
    let change = u32::from_le_bytes(*change);
    let index = usize::from(*index) % words.words.len();
    words.words[index] ^= change;

    let buffer = words.to_bytes();
    let mut read = buffer::Fields::of(&buffer).expect("fields");
    if change == 0 {
        for field in &fields {
            assert!(same(field, &read.next()), "a field has changed");
        }
        assert!(matches!(read.next(), Input::Wrong), "nothing follows the last field");
    } else {
        check_all(core::iter::repeat_with(|| read.next()), buffer.len(), Some(&words.words));
    }
});

/// Reads more fields than a buffer can contain. Each field has the length in its word, or is wrong like all fields after it.
/// Together they are not larger than the buffer.
fn check_all<'a>(fields: impl Iterator<Item = Input<'a>>, length: usize, words: Option<&[u32]>) {
    let mut size = 0;
    let mut read = Vec::new();
    for field in fields.take(length / 4 + 1) {
        let (items, itself) = match field {
            Input::List(ref items) => (items.clone(), Some(items.len())),
            other => (vec![other], None),
        };
        read.extend(itself.map(Some));
        for item in &items {
            size += usize::from(itself.is_some()) * 4 + length_of(item).map_or(0, |(bytes, _)| bytes);
            read.push(length_of(item).map(|(_, units)| units));
        }
        assert!(size <= length, "{size} of {length} bytes");
    }
    for (word, units) in words.into_iter().flatten().zip(read) {
        assert!(
            units.is_none_or(|units| units == (word >> 3) as usize),
            "a field is longer or shorter than its word says"
        );
    }
}

/// The length of a text or of bytes, in bytes and in the unit of their word.
fn length_of(field: &Input<'_>) -> Option<(usize, usize)> {
    match field {
        Input::Text(text) | Input::Json(text) => Some((text.len(), text.encode_utf16().count())),
        Input::Bytes(bytes) => Some((bytes.len(), bytes.len())),
        _ => None,
    }
}

fn same(a: &Input<'_>, b: &Input<'_>) -> bool {
    match (a, b) {
        (Input::Text(a), Input::Text(b)) | (Input::Json(a), Input::Json(b)) => a == b,
        (Input::Bytes(a), Input::Bytes(b)) => a == b,
        (Input::List(a), Input::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => core::mem::discriminant(a) == core::mem::discriminant(b),
    }
}

/// Writes fields as js/core/bridge.ts does.
#[derive(Default)]
struct Buffer {
    words: Vec<u32>,
    texts: String,
    bytes: Vec<u8>,
}

impl Buffer {
    fn to_bytes(&self) -> Vec<u8> {
        let mut buffer = Vec::new();
        buffer.extend((self.words.len() as u32).to_le_bytes());
        buffer.extend((self.texts.len() as u32).to_le_bytes());
        buffer.extend(self.texts.as_bytes());
        buffer.resize(buffer.len().next_multiple_of(4), 0);
        buffer.extend(self.words.iter().flat_map(|word| word.to_le_bytes()));
        buffer.extend(&self.bytes);
        buffer.resize(buffer.len().next_multiple_of(4), 0);
        buffer
    }

    fn put(&mut self, field: &Input<'_>) {
        match field {
            Input::Absent => self.word(0, 0),
            Input::Text(text) => self.text(1, text),
            Input::Json(text) => self.text(2, text),
            Input::Bytes(bytes) => {
                self.word(3, bytes.len());
                self.bytes.extend_from_slice(bytes);
            }
            Input::List(items) => {
                self.word(4, items.len());
                items.iter().for_each(|item| self.put(item));
            }
            Input::TooLong => self.word(5, 0),
            _ => self.word(6, 0),
        }
    }

    fn text(&mut self, kind: u32, text: &str) {
        self.word(kind, text.encode_utf16().count());
        self.texts.push_str(text);
    }

    fn word(&mut self, kind: u32, length: usize) {
        self.words.push(length as u32 * 8 + kind);
    }
}
