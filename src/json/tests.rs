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
        assert_eq!(Json::object(text), Err(JsonError), "{text}");
    }
    assert_eq!(Json::object(" {\"a\" : [1, {}]}\n").unwrap().get("a").unwrap().items().unwrap().len(), 2);
}

#[test]
fn integers_stay_exact() {
    let json = Json::object("{\"a\":9007199254740991,\"b\":6648491577574883592,\"c\":123456789012345678901234567890,\"d\":-9007199254740993,\"e\":1.5,\"f\":1e999}").unwrap();
    assert_eq!(json.get("a"), Some(&Json::Int(9_007_199_254_740_991)));
    assert_eq!(json.get("b"), Some(&Json::Digits("6648491577574883592")));
    assert_eq!(json.get("c"), Some(&Json::Digits("123456789012345678901234567890")));
    assert_eq!(json.get("d"), Some(&Json::Digits("-9007199254740993")));
    assert_eq!(json.get("e"), Some(&Json::Float("1.5")));
    assert_eq!(json.get("f"), Some(&Json::Digits("1e999")));
}

#[test]
fn objects_nested_too_deeply_are_rejected() {
    let deep = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
    assert!(Json::object(&deep(MAX_DEPTH - 1)).is_ok());
    assert_eq!(Json::object(&deep(MAX_DEPTH)), Err(JsonError));
    assert_eq!(Json::object(&deep(30_000)), Err(JsonError));
}

#[test]
fn the_text_of_a_member_is_kept_as_it_stands() {
    let members = Members::read("{\"response\": {\"b\":\"\\/\", \"a\" :1} ,\"sign\":\"x\"}").unwrap();
    assert_eq!(members.raw("response"), Some("{\"b\":\"\\/\", \"a\" :1}"));
}

/// Parses with serde_json and a few additional rules. The tests below compare our parser's result with it.
struct Strict(serde_json::Value);

impl<'de> serde::Deserialize<'de> for Strict {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Rules).map(Self)
    }
}

struct Rules;

impl<'de> serde::de::Visitor<'de> for Rules {
    type Value = serde_json::Value;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(serde_json::Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        let is_exact = value.unsigned_abs() <= MAX_SAFE_INTEGER;
        Ok(if is_exact { value.into() } else { value.to_string().into() })
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(if value <= MAX_SAFE_INTEGER { value.into() } else { value.to_string().into() })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        // A zero is a zero, with or without a minus or a point.
        Ok(if value == 0.0 { 0.into() } else { value.into() })
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = serde_json::Map::new();
        while let Some((key, Strict(value))) = map.next_entry::<String, _>()? {
            if key == "__proto__" || members.insert(key, value).is_some() {
                return Err(serde::de::Error::custom("key"));
            }
        }
        Ok(members.into())
    }
}

/// Texts with one to three characters changed, removed, doubled or inserted: our parser accepts and rejects the same
/// texts as serde_json.
#[test]
fn it_reads_what_serde_json_reads() {
    let texts = [
        r#"{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86","watermark":{"timestamp":1477314187,"appid":"wx4f4bc4dec97d474b"}}"#,
        r#"{ "a" : [1, -2.5e-3 ,true , false,null,{}, [] ], "b\u00e9\ud83d\ude00\n\/":"\"\\好" , "big": 9007199254740991, "e":1E+2}"#,
        r#"{"response":{"code":"10000","mobile":"138","n":0.10,"list":[[[{"x":"y"}]]]},"sign":"A+/=","-":-0}"#,
    ];
    let inserted: Vec<char> = "\"\\{}[]:,0123456789.eE+-truefalsn u/bd8\n\tà\u{0}".chars().collect();
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read, mut rejected) = (0, 0);
    for _ in 0..60_000 {
        let mut chars: Vec<char> = texts[random(texts.len())].chars().collect();
        for _ in 0..=random(3) {
            let at = random(chars.len());
            match random(4) {
                0 => drop(chars.remove(at)),
                1 => chars[at] = inserted[random(inserted.len())],
                2 => chars.insert(at, chars[at]),
                _ => chars.insert(at, inserted[random(inserted.len())]),
            }
        }
        let text: String = chars.into_iter().collect();
        let expected = serde_json::from_str::<Strict>(&text).ok().map(|strict| strict.0).filter(|v| v.is_object());
        match (Json::object(&text), expected) {
            // Numbers that JavaScript cannot represent: serde_json rejects some and rounds others.
            (Ok(json), _) if !json.fits_javascript() => {}
            (Ok(json), Some(expected)) => {
                let mut written = String::new();
                json.write(&mut written);
                assert_eq!(serde_json::from_str::<Strict>(&written).unwrap().0, expected, "{text}");
                read += 1;
            }
            (Err(JsonError), None) => rejected += 1,
            (ours, _) => panic!("{text}: {ours:?}"),
        }
    }
    assert!(read > 5_000 && rejected > 5_000, "{read} read, {rejected} rejected");
}
