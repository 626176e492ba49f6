//! The buffer in which a call's fields cross the border: each comes back as it was written, whatever its neighbours are; and
//! of bytes that no JavaScript wrote come fields, too, never more than there is.
#![no_main]

#[allow(dead_code)]
#[path = "../../src/wasm/buffer.rs"]
mod buffer;

use libfuzzer_sys::fuzz_target;
use mp_phone::Input;

fuzz_target!(|data: &[u8]| {
    let (arbitrary, written) = data.split_at(data.len().min(data.first().copied().unwrap_or_default().into()));
    let mut fields = buffer::Fields::of(arbitrary).unwrap_or_default();
    let size: usize = (0..arbitrary.len() + 1).map(|_| size(&fields.next())).sum();
    assert!(size <= arbitrary.len(), "{size} of {} bytes", arbitrary.len());
    assert!(matches!(fields.next(), Input::Wrong), "there is an end");

    let fields = mp_phone_fuzz::Fields::of(written).all();
    let buffer = Buffer::of(&fields);
    let mut read = buffer::Fields::of(&buffer).expect("fields");
    for field in &fields {
        assert!(same(field, &read.next()), "a field is another");
    }
    assert!(matches!(read.next(), Input::Wrong));
});

/// How many bytes of the buffer a field is.
fn size(field: &Input<'_>) -> usize {
    match field {
        Input::Text(text) | Input::Json(text) => text.len(),
        Input::Bytes(bytes) => bytes.len(),
        // An item has a word of its own.
        Input::List(items) => items.iter().map(|item| size(item) + usize::from(matches!(item, Input::Absent))).sum(),
        _ => 0,
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

/// Writes fields as js/core/border.ts does.
#[derive(Default)]
struct Buffer {
    words: Vec<u32>,
    texts: String,
    bytes: Vec<u8>,
}

impl Buffer {
    fn of(fields: &[Input<'_>]) -> Vec<u8> {
        let mut all = Self::default();
        fields.iter().for_each(|field| all.put(field));
        let mut buffer = Vec::new();
        buffer.extend((all.words.len() as u32).to_le_bytes());
        buffer.extend((all.texts.len() as u32).to_le_bytes());
        buffer.extend(all.texts.as_bytes());
        buffer.resize(buffer.len().next_multiple_of(4), 0);
        buffer.extend(all.words.iter().flat_map(|word| word.to_le_bytes()));
        buffer.extend(&all.bytes);
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
