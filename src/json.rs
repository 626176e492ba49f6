//! JSON read strictly, because neither CBC nor a plain answer protects what is in it: one object and nothing after it,
//! no key twice, no `__proto__`, bounded depth, and integers above 2⁵³ kept exact, as text.

use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// How deep a payload may be nested. Real ones have three levels.
const MAX_DEPTH: usize = 32;

/// How many members an object may have. Real ones have a dozen.
const MAX_MEMBERS: usize = 256;

/// The largest integer that a JavaScript number holds exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A JSON value. It serialises to what a JavaScript caller expects.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer that a JavaScript number holds exactly.
    Int(i64),
    /// Any other number of the range of a JavaScript number.
    Float(f64),
    /// A text, or a number that no JavaScript number holds, in its own digits.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, its keys in the order of the text.
    Object(Vec<(String, Json)>),
}

/// What is wrong with a text that should be one JSON object. Which of it, no caller needs to know.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotStrict;

impl Json {
    /// Reads one JSON object.
    pub(crate) fn object(text: &str) -> Result<Self, NotStrict> {
        match Self::value(text, MAX_DEPTH)? {
            object @ Self::Object(_) => Ok(object),
            _ => Err(NotStrict),
        }
    }

    fn value(text: &str, depth: usize) -> Result<Self, NotStrict> {
        let deeper = depth.checked_sub(1).ok_or(NotStrict)?;
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        match text.bytes().next() {
            Some(b'{') => Members::read(text)?
                .into_iter()
                .map(|(key, raw)| Ok((key, Self::value(raw.get(), deeper)?)))
                .collect::<Result<_, _>>()
                .map(Self::Object),
            Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(text)
                .map_err(|_| NotStrict)?
                .into_iter()
                .map(|raw| Self::value(raw.get(), deeper))
                .collect::<Result<_, _>>()
                .map(Self::List),
            Some(b'"') => serde_json::from_str(text).map(Self::Text).map_err(|_| NotStrict),
            Some(b'-' | b'0'..=b'9') => Self::number(text),
            _ => match text {
                "null" => Ok(Self::Null),
                "true" => Ok(Self::Bool(true)),
                "false" => Ok(Self::Bool(false)),
                _ => Err(NotStrict),
            },
        }
    }

    fn number(text: &str) -> Result<Self, NotStrict> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|_| NotStrict)?;
        let text = raw.get();
        if text.contains(['.', 'e', 'E']) {
            return Ok(serde_json::from_str(text).map_or_else(|_| Self::Text(text.to_owned()), Self::Float));
        }
        Ok(match text.parse::<i64>() {
            Ok(int) if int.unsigned_abs() <= MAX_SAFE_INTEGER => Self::Int(int),
            _ => Self::Text(text.to_owned()),
        })
    }

    /// A member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The first of several members that is there and not `null`.
    pub(crate) fn any(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().filter_map(|key| self.get(key)).find(|value| **value != Self::Null)
    }

    /// A text, or an integer in its digits: platforms send codes and numbers as either.
    pub(crate) fn to_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Int(int) => Some(int.to_string()),
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
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => out.serialize_unit(),
            Self::Bool(value) => out.serialize_bool(*value),
            Self::Int(int) => out.serialize_i64(*int),
            Self::Float(float) => out.serialize_f64(*float),
            Self::Text(text) => out.serialize_str(text),
            Self::List(items) => out.collect_seq(items),
            Self::Object(members) => out.collect_map(members.iter().map(|(k, v)| (k, v))),
        }
    }
}

/// The members of an object with their values as they stand in the text. Alipay signs exactly that text.
pub(crate) struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Self, NotStrict> {
        serde_json::from_str(text).map_err(|_| NotStrict)
    }

    pub(crate) fn raw(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, raw)| raw.get())
    }

    /// A member that is a text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.raw(key)?).ok()
    }
}

impl<'a> IntoIterator for Members<'a> {
    type Item = (String, &'a RawValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Strict;
        impl<'de> Visitor<'de> for Strict {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Self::Value = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, &RawValue>()? {
                    // As a key of a plain JavaScript object `__proto__` would replace the object's prototype.
                    if members.len() == MAX_MEMBERS || key == "__proto__" || members.iter().any(|(k, _)| *k == key) {
                        return Err(A::Error::custom("key"));
                    }
                    members.push((key, value));
                }
                Ok(members)
            }
        }
        from.deserialize_map(Strict).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_object_and_nothing_else() {
        for text in [
            "",
            "[]",
            "1",
            "null",
            "{} {}",
            "{}x",
            "{\"a\":1,}",
            "{\"a\":01}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":1,\"a\":2}",
            "{\"x\":{\"a\":1,\"a\":1}}",
            "{\"__proto__\":1}",
            "{\"\\u005f_proto__\":1}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":tru}",
            "{\"a\":\"\n\"}",
            "\u{feff}{}",
        ] {
            assert_eq!(Json::object(text), Err(NotStrict), "{text}");
        }
        assert_eq!(Json::object(" {\"a\" : [1, {}]}\n").unwrap().get("a").unwrap().items().unwrap().len(), 2);
    }

    #[test]
    fn integers_stay_exact() {
        let json = Json::object("{\"a\":9007199254740991,\"b\":6648491577574883592,\"c\":123456789012345678901234567890,\"d\":-9007199254740993,\"e\":1.5,\"f\":1e999}").unwrap();
        assert_eq!(json.get("a"), Some(&Json::Int(9_007_199_254_740_991)));
        assert_eq!(json.get("b"), Some(&Json::Text("6648491577574883592".into())));
        assert_eq!(json.get("c"), Some(&Json::Text("123456789012345678901234567890".into())));
        assert_eq!(json.get("d"), Some(&Json::Text("-9007199254740993".into())));
        assert_eq!(json.get("e"), Some(&Json::Float(1.5)));
        assert_eq!(json.get("f"), Some(&Json::Text("1e999".into())));
    }

    #[test]
    fn depth_is_bounded_without_recursion_running_away() {
        let deep = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(Json::object(&deep(MAX_DEPTH - 1)).is_ok());
        assert_eq!(Json::object(&deep(MAX_DEPTH)), Err(NotStrict));
        assert_eq!(Json::object(&deep(30_000)), Err(NotStrict));
    }

    #[test]
    fn the_text_of_a_member_is_kept_as_it_stands() {
        let members = Members::read("{\"response\": {\"b\":\"\\/\", \"a\" :1} ,\"sign\":\"x\"}").unwrap();
        assert_eq!(members.raw("response"), Some("{\"b\":\"\\/\", \"a\" :1}"));
    }
}
