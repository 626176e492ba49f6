//! The parts of a diagnosis, and their texts.

use crate::{Bilingual, Platform, json::Json};

/// The result of a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnosis {
    /// Whether [`crate::open_phone`] returns a number for the same arguments; for a code, whether no mistake was found.
    pub ok: bool,
    /// The most probable cause first.
    pub findings: Vec<Finding>,
    /// All six stages, in the order in which a payload passes through them.
    pub steps: Vec<Step>,
}

/// A known mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Finding {
    /// The stable name of the finding.
    pub code: &'static str,
    /// The field at fault, by its name in the API.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<&'static str>,
    /// The severity.
    pub severity: Severity,
    /// The mistake, and what it means.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(flatten))]
    pub text: Bilingual,
    /// What to do.
    pub fix: Bilingual,
    /// Whether the mistake is proven: the stage passes after the repair.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "core::ops::Not::not"))]
    pub repaired: bool,
    /// The places of the damage in the field's text.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Vec::is_empty"))]
    pub at: Vec<At>,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// The payload does not open.
    Error,
    /// The payload opens, but should be examined.
    Warning,
    /// Harmless.
    Info,
}

/// A range of a field's text, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
pub struct At {
    /// The first unit.
    pub start: u32,
    /// The unit after the last.
    pub end: u32,
}

/// A stage of opening a payload, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Step {
    /// The name of the stage.
    pub name: &'static str,
    /// The outcome of the stage.
    pub state: State,
    /// The observations of the stage.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(flatten))]
    pub text: Bilingual,
    /// Every block of an AES ciphertext.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Vec::is_empty"))]
    pub blocks: Vec<Block>,
}

/// The outcome of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum State {
    /// The stage passed.
    Ok,
    /// The stage passes after the repair of the damage.
    Repaired,
    /// The stage failed.
    Failed,
    /// An earlier stage failed.
    Unreached,
    /// The stage is not needed for this input.
    None,
}

/// The content of a block of 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Block {
    /// Text, or its padding.
    Text,
    /// Not text.
    Garbage,
    /// The block is incomplete.
    Cut,
}

/// A recognised mistake, before it is put into words.
pub(super) struct Mistake {
    pub(super) code: &'static str,
    pub(super) field: Option<&'static str>,
    pub(super) at: Vec<At>,
    pub(super) repaired: bool,
    /// The replacements for a name in braces, in English and in Chinese.
    values: Vec<(&'static str, Bilingual)>,
}

impl Mistake {
    pub(super) fn new(code: &'static str, field: &'static str) -> Self {
        Self { code, field: Some(field), at: Vec::new(), repaired: false, values: Vec::new() }
    }

    /// A text that is longer than any text that is read.
    pub(super) fn too_long(field: &'static str) -> Self {
        let most = Bilingual::new("at most 65,536", "不超过 65,536 字节");
        Self::new("wrong-length", field).actual("> 65,536").expected_in_words(&most)
    }

    /// A mistake that is not in a single field.
    pub(super) fn of_payload(code: &'static str) -> Self {
        Self { code, field: None, at: Vec::new(), repaired: false, values: Vec::new() }
    }

    pub(super) fn at(mut self, at: Vec<At>) -> Self {
        self.at = at;
        self
    }

    pub(super) fn proven(mut self) -> Self {
        self.repaired = true;
        self
    }

    /// The replacement for `{n}`.
    pub(super) fn count(self, n: usize) -> Self {
        let n = n.to_string();
        self.value("n", &n, &n)
    }

    /// The replacement for `{actual}`. Never a secret.
    pub(super) fn actual(self, actual: &str) -> Self {
        self.value("actual", actual, actual)
    }

    /// The replacement for `{actual}`, if it differs between English and Chinese.
    pub(super) fn actual_in_words(self, actual: &Bilingual) -> Self {
        self.value("actual", &actual.en, &actual.zh)
    }

    /// The replacements for `{actual}` and `{expected}`: the titles of two platforms.
    pub(super) fn platforms(self, actual: Platform, expected: Platform) -> Self {
        let (en, zh) = expected.title();
        self.actual_platform(actual).value("expected", en, zh)
    }

    /// The replacement for `{actual}`: the title of a platform.
    pub(super) fn actual_platform(self, actual: Platform) -> Self {
        let (en, zh) = actual.title();
        self.value("actual", en, zh)
    }

    /// The replacement for `{expected}`. Never a secret.
    pub(super) fn expected(self, expected: &str) -> Self {
        self.value("expected", expected, expected)
    }

    /// The replacement for `{expected}`, if it differs between English and Chinese.
    pub(super) fn expected_in_words(self, expected: &Bilingual) -> Self {
        self.value("expected", &expected.en, &expected.zh)
    }

    fn value(mut self, name: &'static str, en: &str, zh: &str) -> Self {
        self.values.push((name, Bilingual::new(en, zh)));
        self
    }

    /// The mistake as a finding. `is_server_field`: whether the field must not come from a client.
    fn in_words(self, words: &Json<'_>, is_server_field: bool) -> Finding {
        let entry = words.get(self.code);
        let text = |of: Option<&Json<'_>>| {
            Bilingual::new(self.filled(of, "en", |value| &value.en), self.filled(of, "zh", |value| &value.zh))
        };
        let severity = match entry.and_then(|entry| entry.get("severity")).and_then(Json::to_text).as_deref() {
            Some("info") => Severity::Info,
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        };
        let fix = |name| entry.and_then(|entry| entry.get(name));
        Finding {
            code: self.code,
            field: self.field,
            severity,
            text: text(entry),
            fix: text(fix("fix-on-server").filter(|_| is_server_field).or_else(|| fix("fix"))),
            repaired: self.repaired,
            at: self.at,
        }
    }

    /// The text of a language with its placeholders replaced.
    fn filled(&self, words: Option<&Json<'_>>, language: &str, of: impl Fn(&Bilingual) -> &String) -> String {
        let template = words.and_then(|words| words.get(language)).and_then(Json::to_text).unwrap_or_default();
        let filled = template.replace("{field}", self.field.unwrap_or_default());
        self.values.iter().fold(filled, |text, (name, value)| text.replace(&format!("{{{name}}}"), of(value)))
    }
}

/// A diagnosis during its creation.
pub(super) struct Report {
    mistakes: Vec<Mistake>,
    steps: Vec<Step>,
    /// A field of the payload that the server itself requests, so that it counts as one of [`SERVER_FIELDS`].
    server_field: Option<&'static str>,
}

/// Fields that only the server has. The advice for these fields must not mention the client; otherwise developers would
/// send keys from there.
const SERVER_FIELDS: [&str; 6] = ["appId", "appKey", "sessionKey", "aesKey", "privateKey", "alipayPublicKey"];

/// The findings that do not prevent a payload from opening.
const HARMLESS: [&str; 4] = ["whitespace", "older-session-key", "padded-to-32", "masked-number"];

/// The findings whose damage is repaired before the payload is checked: if the payload is then readable, they are
/// proven.
const REPAIRABLE: [&str; 15] = [
    "quoted",
    "escaped",
    "percent-encoded",
    "percent-encoded-twice",
    "lost-plus",
    "base64url",
    "missing-padding",
    "foreign-characters",
    "hex",
    "decimal-bytes",
    "swapped-iv-data",
    "swapped-key-iv",
    "swapped-key-data",
    "hex-decoded-key",
    "wrong-iv",
];

/// The stages in the order in which a payload passes through them.
const STEPS: [&str; 6] = ["fields", "bytes", "verify", "decrypt", "parse", "check"];

impl Report {
    pub(super) fn new() -> Self {
        let unreached = |name| Step {
            name,
            state: State::Unreached,
            text: Bilingual::new("not reached", "未执行"),
            blocks: Vec::new(),
        };
        Self { mistakes: Vec::new(), steps: STEPS.map(unreached).into(), server_field: None }
    }

    /// Marks this field of the payload as requested by the server itself.
    pub(super) fn mark_server_field(&mut self, field: &'static str) {
        self.server_field = Some(field);
    }

    pub(super) fn add(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    pub(super) fn add_all(&mut self, mistakes: impl IntoIterator<Item = Mistake>) {
        self.mistakes.extend(mistakes);
    }

    /// Adds a mistake before all others.
    pub(super) fn add_first(&mut self, mistake: Mistake) {
        self.mistakes.insert(0, mistake);
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.code == code)
    }

    /// Whether the field has a mistake other than whitespace.
    pub(super) fn has_mistake(&self, field: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.field == Some(field) && mistake.code != "whitespace")
    }

    /// The number of mistakes that prevent the payload from opening.
    pub(super) fn errors(&self) -> usize {
        self.mistakes.iter().filter(|mistake| !HARMLESS.contains(&mistake.code)).count()
    }

    /// Whether any damage was repaired up to this stage.
    pub(super) fn has_repairs(&self) -> bool {
        self.mistakes.iter().any(|mistake| REPAIRABLE.contains(&mistake.code))
    }

    /// The outcome of a stage that failed or passed.
    pub(super) fn state_unless(&self, failed: bool) -> State {
        match failed {
            true => State::Failed,
            false if self.has_repairs() => State::Repaired,
            false => State::Ok,
        }
    }

    /// Whether the field has a mistake that is not proven.
    pub(super) fn has_unproven_mistake(&self, field: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.field == Some(field) && !mistake.repaired)
    }

    pub(super) fn clear(&mut self) {
        self.mistakes.clear();
    }

    /// Marks the repairs as proven, because the payload is readable.
    pub(super) fn prove(&mut self) {
        for mistake in self.mistakes.iter_mut().filter(|mistake| REPAIRABLE.contains(&mistake.code)) {
            mistake.repaired = true;
        }
    }

    /// Marks the repairs of one field as proven, even if the other fields are not readable.
    pub(super) fn prove_field(&mut self, field: &str) {
        for mistake in self.mistakes.iter_mut().filter(|mistake| mistake.field == Some(field)) {
            mistake.repaired = true;
        }
    }

    pub(super) fn step(&mut self, name: &str, state: State, en: impl Into<String>, zh: impl Into<String>) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.name == name) {
            step.state = state;
            step.text = Bilingual::new(en, zh);
        }
    }

    pub(super) fn no_step(&mut self, name: &str) {
        self.step(name, State::None, "not needed for this input", "此数据不需要这一步");
    }

    pub(super) fn blocks(&mut self, blocks: Vec<Block>) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.name == "decrypt") {
            step.blocks = blocks;
        }
    }

    /// Finishes the diagnosis. `failure` is the code and the field of the error of [`crate::open_phone`]; if it is set,
    /// the findings contain at least one error.
    pub(super) fn finish(mut self, failure: Option<(&'static str, Option<&'static str>)>) -> Diagnosis {
        let words = Json::object(include_str!("findings.json")).unwrap_or(Json::Null);
        let server_field = self.server_field;
        let is_server_field = |field: &str| SERVER_FIELDS.contains(&field) || server_field == Some(field);
        let in_words = |mistake: Mistake| {
            let is_server_field = mistake.field.is_some_and(is_server_field);
            mistake.in_words(&words, is_server_field)
        };
        let mut findings: Vec<Finding> = self.mistakes.drain(..).map(&in_words).collect();
        let ok = failure.is_none();
        if ok {
            findings.retain(|finding| finding.severity != Severity::Error);
        }
        if let Some((code, field)) = failure
            && findings.iter().all(|finding| finding.severity != Severity::Error)
        {
            let mut mistake = Mistake::of_payload("unexplained").actual(code);
            mistake.field = field;
            findings.push(in_words(mistake));
        }
        let mut ranked = Vec::with_capacity(findings.len());
        for (severity, is_whitespace) in
            [(Severity::Error, false), (Severity::Warning, false), (Severity::Info, false), (Severity::Info, true)]
        {
            let is_next =
                |finding: &mut Finding| finding.severity == severity && (finding.code == "whitespace") == is_whitespace;
            ranked.extend(findings.extract_if(.., is_next));
        }
        Diagnosis { ok, findings: ranked, steps: self.steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_its_words() {
        let Json::Object(_, words) = Json::object(include_str!("findings.json")).unwrap() else { panic!() };
        for (code, entry) in &words {
            let text = |of: &Json<'_>, language| of.get(language).and_then(Json::to_text).unwrap().into_owned();
            for of in [Some(entry), entry.get("fix"), entry.get("fix-on-server")].into_iter().flatten() {
                let (en, zh) = (text(of, "en"), text(of, "zh"));
                let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                assert!(en.len() > 10 && !en.contains(is_chinese), "{code}: {en}");
                assert!(zh.contains(is_chinese), "{code}: {zh}");
                for name in ["{field}", "{n}", "{actual}", "{expected}"] {
                    assert_eq!(en.contains(name), zh.contains(name), "{code}: {name}");
                }
            }
            assert!(entry.get("fix").is_some(), "{code}");
            let severity = text(entry, "severity");
            assert!(["error", "warning", "info"].contains(&&*severity), "{code}");
            assert_eq!(severity != "error", HARMLESS.contains(&&**code), "{code}");
        }
    }

    #[test]
    fn the_fix_for_a_key_names_the_server() {
        let fix = |field: &'static str, server_field| {
            let mut report = Report::new();
            report.add(Mistake::new("missing", field));
            report.server_field = server_field;
            report.finish(Some(("ERR_INPUT", Some(field)))).findings.remove(0).fix.en
        };
        for field in SERVER_FIELDS {
            assert!(fix(field, None).ends_with("Never take it from the client."), "{field}");
        }
        assert!(fix("iv", None).contains("Check its name in the client"));
        assert!(fix("data", None).contains("Check its name in the client"));
        assert!(fix("data", Some("data")).ends_with("Never take it from the client."));
    }

    #[test]
    fn a_failure_is_never_without_a_finding() {
        let diagnosis = Report::new().finish(Some(("ERR_DECRYPT", Some("iv"))));
        assert!(!diagnosis.ok);
        assert_eq!((diagnosis.findings[0].code, diagnosis.findings[0].field), ("unexplained", Some("iv")));
        assert!(Report::new().finish(None).findings.is_empty());
    }
}
