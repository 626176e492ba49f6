//! `serde::Serialize` with the member names of the JavaScript API, for the types that cannot derive it.

use serde::{Serialize, Serializer};

use crate::{Action, Platform};

impl Serialize for Platform {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

#[cfg(feature = "serde")]
pub(crate) use results::json_object;

#[cfg(feature = "serde")]
mod results {
    use serde::{Serialize, Serializer, ser::Error as _};

    use crate::{Action, Error, json::Json};

    /// The members of JavaScript's `PhoneError` that an [`Error`] has.
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ErrorMembers<'a> {
        code: &'static str,
        message: String,
        action: Action,
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        platform_code: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rid: Option<&'a str>,
    }

    impl Serialize for Error {
        fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
            let (platform_code, rid) = match self {
                Self::Platform { code, rid, .. } => (Some(&**code), rid.as_deref()),
                _ => (None, None),
            };
            let (code, message, action, field) = (self.code(), self.to_string(), self.action(), self.field());
            ErrorMembers { code, message, action, field, platform_code, rid }.serialize(out)
        }
    }

    impl Serialize for Json<'_> {
        fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Null => out.serialize_unit(),
                Self::Bool(value) => out.serialize_bool(*value),
                Self::Int(integer) => out.serialize_i64(*integer),
                Self::Float(digits) => out.serialize_f64(digits.parse().map_err(S::Error::custom)?),
                Self::Digits(text) => out.serialize_str(text),
                Self::Text(text) => out.serialize_str(text),
                Self::List(items) => out.collect_seq(items),
                Self::Object(_, members) => out.collect_map(members.iter().map(|(name, value)| (name, value))),
            }
        }
    }

    /// Serialises the text of a JSON object as the object.
    pub(crate) fn json_object<S: Serializer>(text: &str, out: S) -> Result<S::Ok, S::Error> {
        Json::object(text).map_err(|_| S::Error::custom("raw is not a JSON object"))?.serialize(out)
    }
}
