//! A strict JSON parser: a single object with nothing after it, no duplicate key, no `__proto__`, bounded depth, and
//! exact integers above 2⁵³, as strings. It is strict because neither CBC nor a plain response protects its content.
//!
//! We do not use a library, because the original text matters: Alipay signs the exact text of a member, integers that
//! JavaScript cannot represent keep their digits, and strings without escapes are not copied. The parser follows RFC
//! 8259.

use std::borrow::Cow;

/// The deepest nesting of a payload. Real payloads have three levels.
const MAX_DEPTH: usize = 32;

/// The largest number of members of an object. Real objects have a dozen.
const MAX_MEMBERS: usize = 256;

/// The largest integer up to which a JavaScript number represents every integer exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The largest power of ten that a JavaScript number represents.
const MAX_EXPONENT: i64 = 308;

/// A value in a JSON text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// An integer that a JavaScript number represents exactly.
    Int(i64),
    /// Any other number in the range of a JavaScript number, in the spelling of the JSON text.
    Float(&'a str),
    /// An integer above 2⁵³ − 1, or a number beyond the range of a JavaScript number, in the spelling of the JSON text.
    /// JavaScript receives it as a string.
    Digits(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// The text of an object, and its members in the order of the text.
    Object(&'a str, Vec<(Cow<'a, str>, Self)>),
}

/// The text is not a valid JSON object. There is only one error, because no caller needs to distinguish the causes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct JsonError;

impl<'a> Json<'a> {
    /// Reads a JSON object.
    pub(crate) fn object(text: &'a str) -> Result<Self, JsonError> {
        match Reader::parse_all(text, |reader| reader.value(MAX_DEPTH))? {
            object @ Self::Object(..) => Ok(object),
            _ => Err(JsonError),
        }
    }

    /// A member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(_, members) => members.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The first of several members that exists and is not `null`.
    pub(crate) fn first_of(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().filter_map(|key| self.get(key)).find(|value| **value != Self::Null)
    }

    /// A string, or the digits of an integer: platforms send codes and numbers as either.
    pub(crate) fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Digits(digits) => Some(Cow::Borrowed(digits)),
            Self::Int(int) => Some(Cow::Owned(int.to_string())),
            _ => None,
        }
    }

    /// The elements of a list.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The JSON text for a JavaScript caller: numbers that JavaScript cannot represent ([`Self::Digits`]) are written
    /// as strings.
    pub(crate) fn to_json(&self) -> String {
        match self {
            Self::Object(text, _) if self.fits_javascript() => (*text).to_owned(),
            _ => {
                let mut out = String::new();
                self.write(&mut out);
                out
            }
        }
    }

    /// Whether JavaScript can represent every number in this value.
    fn fits_javascript(&self) -> bool {
        match self {
            Self::Digits(_) => false,
            Self::List(items) => items.iter().all(Self::fits_javascript),
            Self::Object(_, members) => members.iter().all(|(_, value)| value.fits_javascript()),
            _ => true,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Int(int) => out.push_str(&int.to_string()),
            Self::Float(digits) => out.push_str(digits),
            Self::Digits(text) => write_text(text, out),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => write_all(['[', ']'], items, out, Self::write),
            Self::Object(_, members) => write_all(['{', '}'], members, out, |(key, value), out| {
                write_text(key, out);
                out.push(':');
                value.write(out);
            }),
        }
    }
}

fn write_all<T>([open, close]: [char; 2], all: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (index, item) in all.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(close);
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some((plain, special)) = rest.bytes().position(is_special).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some(quoted @ ('"' | '\\')) => out.extend(['\\', quoted]),
            Some(control) => {
                let digit = |value| char::from_digit(value, 16).unwrap_or_default();
                out.push_str("\\u00");
                out.extend([digit(u32::from(control) >> 4), digit(u32::from(control) & 15)]);
            }
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Characters that need an escape within quotes.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// The text of a JSON string.
pub(crate) fn parse_string(json: &str) -> Option<Cow<'_, str>> {
    Reader::parse_all(json, Reader::string).ok()
}

/// The members of an object, each with the exact text of its value, because Alipay signs this text.
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Members<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Self, JsonError> {
        let raw = |reader: &mut Reader<'a>| {
            reader.skip_whitespace();
            reader.spanned(|reader| reader.value(MAX_DEPTH)).map(|(raw, _)| raw)
        };
        Reader::parse_all(text, |reader| reader.members(raw)).map(Self)
    }

    pub(crate) fn raw(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, raw)| *raw)
    }

    /// A member that is a string.
    pub(crate) fn string(&self, key: &str) -> Option<Cow<'a, str>> {
        parse_string(self.raw(key)?)
    }
}

/// A reader with the part of the input that is still unread.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Reads the whole text with `read`. An error if anything but whitespace follows.
    fn parse_all<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Result<T, JsonError>) -> Result<T, JsonError> {
        let mut reader = Self { rest: text };
        let read = read(&mut reader)?;
        reader.skip_whitespace();
        if reader.rest.is_empty() { Ok(read) } else { Err(JsonError) }
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, JsonError> {
        let deeper = depth.checked_sub(1).ok_or(JsonError)?;
        self.skip_whitespace();
        match self.rest.as_bytes().first().ok_or(JsonError)? {
            b'{' => {
                let (text, members) = self.spanned(|reader| reader.members(|reader| reader.value(deeper)))?;
                Ok(Json::Object(text, members))
            }
            b'[' => self.list(deeper).map(Json::List),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    /// Reads a value, and also returns its text.
    fn spanned<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, JsonError>) -> Result<(&'a str, T), JsonError> {
        let from = self.rest;
        let read = read(self)?;
        let text = from.len().checked_sub(self.rest.len()).and_then(|length| from.get(..length)).ok_or(JsonError)?;
        Ok((text, read))
    }

    fn members<V>(
        &mut self,
        read: impl Fn(&mut Self) -> Result<V, JsonError>,
    ) -> Result<Vec<(Cow<'a, str>, V)>, JsonError> {
        let mut members: Vec<(Cow<'a, str>, V)> = Vec::new();
        self.expect(b'{')?;
        if self.take(b'}') {
            return Ok(members);
        }
        loop {
            let key = self.string()?;
            // `__proto__` as a key of a plain JavaScript object would replace the object's prototype.
            if members.len() == MAX_MEMBERS || key == "__proto__" || members.iter().any(|(k, _)| *k == key) {
                return Err(JsonError);
            }
            self.expect(b':')?;
            members.push((key, read(self)?));
            if self.take(b'}') {
                return Ok(members);
            }
            self.expect(b',')?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Json<'a>>, JsonError> {
        let mut items = Vec::new();
        self.expect(b'[')?;
        if self.take(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            if self.take(b']') {
                return Ok(items);
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.expect(b'"')?;
        let mut unescaped = String::new();
        loop {
            let plain = self.take_until(is_special);
            match self.next()? {
                b'"' if unescaped.is_empty() => return Ok(Cow::Borrowed(plain)),
                b'"' => return Ok(Cow::Owned(unescaped + plain)),
                b'\\' => {
                    unescaped.push_str(plain);
                    unescaped.push(self.escape()?);
                }
                _ => return Err(JsonError),
            }
        }
    }

    /// The character of an escape after its backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        Ok(match self.next()? {
            quoted @ (b'"' | b'\\' | b'/') => char::from(quoted),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.utf16_unit()?;
                // The second half of a surrogate pair must follow the first half.
                let second = if (0xd800..0xdc00).contains(&unit) && self.rest.starts_with("\\u") {
                    self.next()?;
                    self.next()?;
                    Some(self.utf16_unit()?)
                } else {
                    None
                };
                let mut chars = char::decode_utf16([unit].into_iter().chain(second));
                match (chars.next(), chars.next()) {
                    (Some(Ok(c)), None) => c,
                    _ => return Err(JsonError),
                }
            }
            _ => return Err(JsonError),
        })
    }

    fn utf16_unit(&mut self) -> Result<u16, JsonError> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = u16::from_str_radix(digits.ok_or(JsonError)?, 16).map_err(|_| JsonError)?;
        self.rest = self.rest.get(4..).unwrap_or_default();
        Ok(unit)
    }

    fn number(&mut self) -> Result<Json<'a>, JsonError> {
        let text = self.take_until(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (text, None),
        };
        let (integer, fraction) = match mantissa.split_once('.') {
            Some((integer, fraction)) => (integer, Some(fraction)),
            None => (mantissa, None),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let digits = integer.strip_prefix('-').unwrap_or(integer);
        let power = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
        let no_zeros_in_front = digits == "0" || !digits.starts_with('0');
        if !is_digits(digits) || !no_zeros_in_front || ![fraction, power].into_iter().flatten().all(is_digits) {
            return Err(JsonError);
        }
        if fraction.is_none() && exponent.is_none() {
            return Ok(match text.parse::<i64>() {
                Ok(int) if int.unsigned_abs() <= MAX_SAFE_INTEGER => Json::Int(int),
                _ => Json::Digits(text),
            });
        }
        // Close to the limit this estimate is too strict: some numbers that JavaScript could represent become strings,
        // which does no harm.
        let exponent = exponent.map_or(Ok(0), str::parse::<i64>).unwrap_or(i64::MAX);
        let is_in_range = exponent.saturating_add_unsigned(digits.len() as u64) <= MAX_EXPONENT;
        Ok(if is_in_range { Json::Float(text) } else { Json::Digits(text) })
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Result<Json<'a>, JsonError> {
        self.rest = self.rest.strip_prefix(word).ok_or(JsonError)?;
        Ok(value)
    }

    /// Reads an expected byte, after whitespace.
    fn expect(&mut self, mark: u8) -> Result<(), JsonError> {
        if self.take(mark) { Ok(()) } else { Err(JsonError) }
    }

    fn take(&mut self, mark: u8) -> bool {
        self.skip_whitespace();
        let is_next = self.rest.as_bytes().first() == Some(&mark);
        if is_next {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        is_next
    }

    /// The next byte, which must be ASCII.
    fn next(&mut self) -> Result<u8, JsonError> {
        let byte = *self.rest.as_bytes().first().ok_or(JsonError)?;
        self.rest = self.rest.get(1..).ok_or(JsonError)?;
        Ok(byte)
    }

    /// The text before the first terminating byte, which is ASCII.
    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let end = self.rest.bytes().position(ends).unwrap_or(self.rest.len());
        let (prefix, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        prefix
    }

    fn skip_whitespace(&mut self) {
        self.take_until(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    }
}

#[cfg(test)]
mod tests;
