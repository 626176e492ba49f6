//! A single field as it arrived: the damage of its text, which is repaired only to find the original text.

use zeroize::Zeroizing;

use super::{
    decoded_field::{DecodedField, Expectation, Lengths},
    report::{At, Mistake},
};
use crate::{
    Bilingual, Input,
    crypto::base64::{self, Padding},
    input::MAX_LEN,
};

/// The maximum number of layers of quotes, escapes and percent-encodings.
const MAX_LAYERS: usize = 6;

/// From this number of letters on, a base64 text whose letters are all in one case is not an accident: its probability is
/// below 2⁻¹⁶.
const FOLDED_LEN: usize = 22;

/// The base64 of the shortest key has 24 characters, 22 without its `=`; damage takes some away.
const SHORTEST_KEY_TEXT: usize = 20;

/// A character, and its position in the input, in UTF-16 units.
type Chars = Zeroizing<Vec<(char, u32, u32)>>;

/// Reads a field that is a text and not base64: an app id, a code, a key in PEM.
pub(super) fn plain(input: &Input, field: &'static str) -> DecodedField {
    match layers(input, field) {
        Ok((chars, mistakes, length)) => DecodedField { text: Some(text_of(&chars)), bytes: None, mistakes, length },
        Err(mistake) => DecodedField::failed(mistake),
    }
}

/// Reads a field that should be base64.
pub(super) fn base64(input: &Input, expectation: Expectation) -> DecodedField {
    match layers(input, expectation.field) {
        Ok((chars, mistakes, length)) => decode(&chars, mistakes, length, expectation),
        Err(mistake) => DecodedField::failed(mistake),
    }
}

/// Reads a symmetric key: base64, or bytes, which are the key or the bytes of its base64.
pub(super) fn symmetric_key(key: &Input, field: &'static str, lengths: &'static [usize]) -> DecodedField {
    let expectation = Expectation { field, lengths: Lengths::OneOf(lengths), padding: Padding::Required };
    let Input::Bytes(bytes) = key else { return base64(key, expectation) };
    let of_bytes = |key: &[u8]| DecodedField {
        length: bytes.len(),
        ..DecodedField::of(Zeroizing::new(key.to_vec()), Vec::new(), 0)
    };
    match (base64::symmetric_key(key, lengths, field), core::str::from_utf8(bytes)) {
        (Ok(key), _) => of_bytes(&key),
        (Err(_), Ok(text)) if text.len() >= SHORTEST_KEY_TEXT => base64(&Input::from(text), expectation),
        _ => of_bytes(bytes),
    }
}

/// The text without its quotes, escapes and percent-encodings, and the list of them. An error if there is no text.
fn layers(input: &Input, field: &'static str) -> Result<(Chars, Vec<Mistake>, usize), Mistake> {
    let text = match input {
        Input::Absent => return Err(Mistake::new("missing", field)),
        Input::List(list) if list.is_empty() => return Err(Mistake::new("missing", field)),
        Input::Text(text) if text.trim().is_empty() => return Err(Mistake::new("missing", field)),
        Input::Text(text) | Input::Json(text) if text.len() <= MAX_LEN => text,
        Input::Text(_) | Input::Json(_) | Input::TooLong => {
            return Err(Mistake::too_long(field));
        }
        Input::Bytes(_) | Input::List(_) | Input::Wrong => return Err(Mistake::new("wrong-type", field)),
    };
    let mut chars: Chars = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut end = 0_u32;
    for c in text.chars() {
        let start = end;
        end = end.saturating_add(u32::try_from(c.len_utf16()).unwrap_or(1));
        chars.push((c, start, end));
    }
    let length = chars.len();
    if is_placeholder(text.trim()) {
        return Err(Mistake::new("placeholder", field).at(range(&chars)));
    }
    let mut mistakes = Vec::new();
    let mut percents = 0_usize;
    for _ in 0..MAX_LAYERS {
        if let Some((inner, at)) = unquoted(&chars) {
            note(&mut mistakes, "quoted", field, at);
            chars = inner;
        } else if let Some((inner, at)) = percent_decoded(&chars) {
            percents = percents.saturating_add(1);
            note(&mut mistakes, "percent-encoded", field, at);
            chars = inner;
        } else if let Some((inner, at)) = unescaped(&chars) {
            note(&mut mistakes, "escaped", field, at);
            chars = inner;
        } else {
            break;
        }
    }
    if percents > 1 {
        for mistake in mistakes.iter_mut().filter(|mistake| mistake.code == "percent-encoded") {
            mistake.code = "percent-encoded-twice";
        }
    }
    if let Some(at) = mask(&chars) {
        return Err(Mistake::new("masked", field).at(at));
    }
    if chars.is_empty() {
        return Err(Mistake::new("missing", field));
    }
    Ok((chars, mistakes, length))
}

fn note(mistakes: &mut Vec<Mistake>, code: &'static str, field: &'static str, at: Vec<At>) {
    match mistakes.iter_mut().find(|mistake| mistake.code == code) {
        Some(known) => known.at.extend(at),
        None => mistakes.push(Mistake::new(code, field).at(at)),
    }
}

/// Texts that languages print for an absent value, and the mock code of WeChat's developer tools.
fn is_placeholder(text: &str) -> bool {
    let texts = ["undefined", "null", "none", "nan", "[object object]", "true", "false", "the code is a mock one"];
    texts.iter().any(|placeholder| text.eq_ignore_ascii_case(placeholder))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’')
}

fn unquoted(chars: &Chars) -> Option<(Chars, Vec<At>)> {
    let trimmed = trim(chars);
    let quote = |c: Option<&(char, u32, u32)>| c.copied().filter(|(c, ..)| is_quote(*c));
    let (first, last) = (quote(trimmed.first()), quote(trimmed.last()));
    let escaped = |c: Option<&(char, u32, u32)>| c.is_some_and(|(c, ..)| *c == '\\');
    // `\"…\"` is handled with the escapes, which leave plain quotes.
    if first.is_none() && (last.is_none() || escaped(trimmed.iter().rev().nth(1))) {
        return None;
    }
    let at = [first, last].into_iter().flatten().map(|(_, start, end)| At { start, end }).collect();
    let skip = usize::from(first.is_some());
    let keep = trimmed.len().saturating_sub(skip).saturating_sub(usize::from(last.is_some()));
    Some((Zeroizing::new(trimmed.iter().skip(skip).take(keep).copied().collect()), at))
}

/// `%2B` and other ASCII characters. A lone percent sign remains, and is reported as a foreign character.
fn percent_decoded(chars: &Chars) -> Option<(Chars, Vec<At>)> {
    replaced(chars, |rest| match rest {
        [('%', ..), (high, ..), (low, ..), ..] => {
            let byte = high.to_digit(16)?.checked_mul(16)?.checked_add(low.to_digit(16)?)?;
            Some((char::from_u32(byte).filter(char::is_ascii)?, 3))
        }
        _ => None,
    })
}

/// Escapes with a backslash, as in JSON.
fn unescaped(chars: &Chars) -> Option<(Chars, Vec<At>)> {
    replaced(chars, |rest| match rest {
        [('\\', ..), ('u', ..), hex @ ..] => {
            let digits: String = hex.get(..4)?.iter().map(|(c, ..)| *c).collect();
            Some((char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?, 6))
        }
        [('\\', ..), ('n' | 'r', ..), ..] => Some(('\n', 2)),
        [('\\', ..), ('t', ..), ..] => Some(('\t', 2)),
        [('\\', ..), (c @ ('/' | '"' | '\'' | '\\' | '='), ..), ..] => Some((*c, 2)),
        _ => None,
    })
}

/// The text with some runs of characters replaced by a character; None if there is nothing to replace.
fn replaced(chars: &Chars, find: impl Fn(&[(char, u32, u32)]) -> Option<(char, usize)>) -> Option<(Chars, Vec<At>)> {
    let mut out: Chars = Zeroizing::new(Vec::with_capacity(chars.len()));
    let mut at = Vec::new();
    let mut rest = chars.as_slice();
    while let Some((&(c, start, end), behind)) = rest.split_first() {
        match find(rest) {
            Some((replacement, length)) => {
                let end = rest.get(length.saturating_sub(1)).map_or(end, |(_, _, end)| *end);
                at.push(At { start, end });
                out.push((replacement, start, end));
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                out.push((c, start, end));
                rest = behind;
            }
        }
    }
    (!at.is_empty()).then_some((out, at))
}

/// The places in which a log or a person masked a value.
fn mask(chars: &Chars) -> Option<Vec<At>> {
    let blots: Vec<At> = chars
        .iter()
        .filter(|(c, ..)| matches!(c, '*' | '…' | '•' | '█' | '●' | '■'))
        .map(|(_, start, end)| At { start: *start, end: *end })
        .collect();
    if !blots.is_empty() {
        return Some(blots);
    }
    let text = text_of(chars);
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    let redactions = ["...", "REDACTED", "<HIDDEN>", "MASKED", "XXXXXXXX", "[HIDDEN]", "FILTERED", "<SECRET>"];
    let (from, name) = redactions.iter().find_map(|name| Some((upper.find(name)?, name)))?;
    let before = text.get(..from)?.chars().count();
    let marked = chars.iter().skip(before).take(name.len());
    Some(marked.map(|(_, start, end)| At { start: *start, end: *end }).collect())
}

fn decode(chars: &Chars, mut mistakes: Vec<Mistake>, length: usize, expectation: Expectation) -> DecodedField {
    let field = expectation.field;
    let text = text_of(chars);
    if let Some(bytes) = numbers(&text) {
        mistakes.push(Mistake::new("decimal-bytes", field));
        return DecodedField::of(bytes, mistakes, length);
    }
    let digits = text.trim();
    if digits.len() > 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
        // Without separators, the numbers cannot be distinguished.
        mistakes.push(Mistake::new("decimal-bytes", field));
        return DecodedField { text: Some(text), bytes: None, mistakes, length };
    }
    if let Some(bytes) = hex(&text, expectation) {
        mistakes.push(Mistake::new("hex", field).count(bytes.len()));
        return DecodedField::of(bytes, mistakes, length);
    }
    if text.trim_start().starts_with(['{', '[']) {
        mistakes.push(Mistake::new("wrong-type", field));
        return DecodedField { text: Some(text), bytes: None, mistakes, length };
    }
    let (mut body, lost_pluses) = without_whitespace(chars, expectation.lengths);
    if !lost_pluses.is_empty() {
        mistakes.push(Mistake::new("lost-plus", field).count(lost_pluses.len()).at(lost_pluses));
    } else if chars.len() != body.len() {
        mistakes.push(Mistake::new("whitespace", field));
    }
    let url: Vec<At> = spans(&body, |c| matches!(c, '-' | '_'));
    if !url.is_empty() {
        mistakes.push(Mistake::new("base64url", field).count(url.len()).at(url));
        body.iter_mut().for_each(|(c, ..)| match c {
            '-' => *c = '+',
            '_' => *c = '/',
            _ => {}
        });
    }
    while body.last().is_some_and(|(c, ..)| *c == '=') {
        body.pop();
    }
    let foreign = spans(&body, |c| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/')));
    if !foreign.is_empty() {
        mistakes.push(Mistake::new("foreign-characters", field).count(foreign.len()).at(foreign));
        body.retain(|(c, ..)| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
    }
    // A single character after complete groups represents no byte.
    let torn = body.len() % 4 == 1;
    let core = text_of(&body);
    let complete = if torn { core.get(..core.len().saturating_sub(1)).unwrap_or_default() } else { &core };
    let decoded = base64::decode(complete, Padding::Optional, field).unwrap_or_default();
    let fits = !torn && expectation.lengths.allow(decoded.len());
    let ends_at = body.last().map_or(0, |(_, _, end)| *end);
    if torn {
        mistakes.push(Mistake::new("cut", field).at(vec![At { start: ends_at, end: ends_at }]));
    }
    if is_folded(&core) {
        let actual = Bilingual::new("its letters are all in one case", "所有字母都变成了大写，或都变成了小写");
        mistakes.push(Mistake::new("damaged", field).actual_in_words(&actual));
    } else if fits && expectation.padding == Padding::Required && !is_padded(&text, &core) {
        let at = vec![At { start: ends_at, end: ends_at }];
        mistakes.push(Mistake::new("missing-padding", field).at(at));
    }
    DecodedField::of(decoded, mistakes, length)
}

/// Whether all letters of a text were converted to lower or upper case.
fn is_folded(text: &str) -> bool {
    let one_case = |letter: fn(&u8) -> bool| !text.as_bytes().iter().any(letter);
    let varied = ('a'..='z').filter(|c| text.contains([*c, c.to_ascii_uppercase()])).count() >= 8;
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    letters >= FOLDED_LEN && varied && (one_case(u8::is_ascii_uppercase) || one_case(u8::is_ascii_lowercase))
}

/// Whether the text ends with exactly the `=` that its length requires.
fn is_padded(text: &str, core: &str) -> bool {
    let due = core.len().next_multiple_of(4).saturating_sub(core.len());
    text.bytes().rev().filter(|b| !b.is_ascii_whitespace()).take_while(|b| *b == b'=').count() == due
}

/// The text without the whitespace that formats it, and with a `+` for each space that replaced a `+`.
///
/// Line breaks and indentation are formatting. Spaces are ambiguous: a single space was a `+`; a run of spaces, or
/// spaces at the ends, may have been `+` as well. We try the three interpretations and take the first that gives a
/// possible length, otherwise the first with complete groups of four.
fn without_whitespace(chars: &Chars, lengths: Lengths) -> (Chars, Vec<At>) {
    let trimmed = trim(chars);
    let mut interpretations: Vec<(Chars, Vec<At>)> =
        [(trimmed, false), (trimmed, true), (chars.as_slice(), true)].map(|(chars, runs)| pluses(chars, runs)).into();
    let fits = |(body, _): &(Chars, Vec<At>)| {
        let digits = body.iter().filter(|(c, ..)| *c != '=').count();
        digits % 4 != 1 && lengths.allow(digits.saturating_mul(3) / 4)
    };
    let is_whole = |(body, _): &(Chars, Vec<At>)| body.len().is_multiple_of(4);
    let best =
        interpretations.iter().position(fits).or_else(|| interpretations.iter().position(is_whole)).unwrap_or_default();
    interpretations.swap_remove(best)
}

fn pluses(chars: &[(char, u32, u32)], runs: bool) -> (Chars, Vec<At>) {
    let mut body: Chars = Zeroizing::new(Vec::with_capacity(chars.len()));
    let mut at = Vec::new();
    for run in chars.chunk_by(|a, b| a.0.is_ascii_whitespace() == b.0.is_ascii_whitespace()) {
        let is_spaces = run.iter().all(|(c, ..)| *c == ' ');
        if run.first().is_none_or(|(c, ..)| !c.is_ascii_whitespace()) {
            body.extend_from_slice(run);
        } else if is_spaces && (runs || run.len() == 1) {
            body.extend(run.iter().map(|(_, start, end)| ('+', *start, *end)));
            at.extend(run.iter().map(|(_, start, end)| At { start: *start, end: *end }));
        }
    }
    (body, at)
}

/// Whether a text is the JSON of a Node Buffer.
pub(super) fn is_buffer(text: &str) -> bool {
    text.contains("\"Buffer\"") && text.contains("\"data\"")
}

/// Bytes printed as numbers: `18,52,86`, `[18, 52, 86]`, Java's with signs, or a Buffer's JSON.
fn numbers(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim();
    let inner = match (text.split_once('['), text.rsplit_once(']')) {
        (Some((head, tail)), Some((_, end))) if head.is_empty() || head.contains("\"data\"") => {
            let length = tail.len().checked_sub(end.len())?.checked_sub(1)?;
            tail.get(..length)?
        }
        _ if text.contains(',') => text,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = inner
        .split(',')
        .map(|number| {
            let number: i16 = number.trim().parse().ok()?;
            // Java prints bytes with a sign.
            u8::try_from(number).ok().or_else(|| i8::try_from(number).ok().map(i8::cast_unsigned))
        })
        .collect();
    bytes.filter(|bytes| bytes.len() > 1).map(Zeroizing::new)
}

/// Hexadecimal digits. Such a text is also base64. If it is short, the expected length of the field decides. A random
/// ciphertext never consists of hexadecimal digits alone.
fn hex(text: &str, expectation: Expectation) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Zeroizing<String> =
        Zeroizing::new(text.chars().filter(|c| !c.is_ascii_whitespace() && *c != ':').collect());
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    let bytes = hex_digits(digits)?;
    let as_base64 = digits.len().saturating_mul(3) / 4;
    let long = digits.len() > 64;
    (long || expectation.lengths.allow(bytes.len()) && !expectation.lengths.allow(as_base64)).then_some(bytes)
}

/// The bytes of hexadecimal digits, at least 16 of them.
pub(super) fn hex_digits(digits: &str) -> Option<Zeroizing<Vec<u8>>> {
    if digits.len() < 32 || !digits.len().is_multiple_of(2) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    digits.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>().map(Zeroizing::new)
}

fn spans(chars: &[(char, u32, u32)], is: impl Fn(char) -> bool) -> Vec<At> {
    chars.iter().filter(|(c, ..)| is(*c)).map(|(_, start, end)| At { start: *start, end: *end }).collect()
}

fn range(chars: &Chars) -> Vec<At> {
    match (chars.first(), chars.last()) {
        (Some((_, start, _)), Some((_, _, end))) => vec![At { start: *start, end: *end }],
        _ => Vec::new(),
    }
}

fn trim(chars: &Chars) -> &[(char, u32, u32)] {
    let is_whitespace = |c: &(char, u32, u32)| c.0.is_ascii_whitespace();
    let start = chars.iter().take_while(|c| is_whitespace(c)).count();
    let end = chars.len().saturating_sub(chars.iter().rev().take_while(|c| is_whitespace(c)).count());
    chars.get(start..end).unwrap_or_default()
}

fn text_of(chars: &[(char, u32, u32)]) -> Zeroizing<String> {
    Zeroizing::new(chars.iter().map(|(c, ..)| *c).collect())
}
