//! What a diagnosis consists of, and the words for it.

use crate::{Bilingual, json::Json};

/// Why a payload does not open, or that it does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnosis {
    /// Whether [`crate::open_phone`] gives a number for the same arguments; of a code, whether nothing speaks against it.
    pub ok: bool,
    /// The most probable cause first.
    pub findings: Vec<Finding>,
    /// All six, in the order the data moves.
    pub steps: Vec<Step>,
}

/// One of the known mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Finding {
    /// Its stable name.
    pub code: &'static str,
    /// The field at fault, by its name in the contract.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<&'static str>,
    /// How much it matters.
    pub severity: Severity,
    /// What was seen and what it means.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(flatten))]
    pub text: Bilingual,
    /// What to do.
    pub fix: Bilingual,
    /// Whether the damage was undone, and the payload then read.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "core::ops::Not::not"))]
    pub repaired: bool,
    /// Where it shows in the field's text.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Vec::is_empty"))]
    pub at: Vec<At>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// The payload does not open.
    Error,
    /// It opens, and should be looked at nevertheless.
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
    /// The unit behind the last.
    pub end: u32,
}

/// A stage on the data's way, and what it saw.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize))]
#[non_exhaustive]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// How it went.
    pub state: State,
    /// What it saw.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(flatten))]
    pub text: Bilingual,
    /// Every block of an AES ciphertext.
    #[cfg_attr(any(feature = "serde", target_arch = "wasm32"), serde(skip_serializing_if = "Vec::is_empty"))]
    pub blocks: Vec<Block>,
}

/// How a stage went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum State {
    /// It passed.
    Ok,
    /// It passes with the damage undone.
    Repaired,
    /// It did not pass.
    Failed,
    /// An earlier one failed.
    Unreached,
    /// This platform has no such stage.
    None,
}

/// What a block of 16 bytes came out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(feature = "serde", target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Block {
    /// Text, or its padding.
    Text,
    /// No text.
    Garbage,
    /// It is not whole.
    Cut,
}

/// A mistake that was recognised, before it is put into words.
pub(super) struct Mistake {
    pub(super) code: &'static str,
    pub(super) field: Option<&'static str>,
    pub(super) at: Vec<At>,
    pub(super) repaired: bool,
    /// What stands for a name in braces, in English and in Chinese.
    values: Vec<(&'static str, Bilingual)>,
}

impl Mistake {
    pub(super) fn new(code: &'static str, field: &'static str) -> Self {
        Self { code, field: Some(field), at: Vec::new(), repaired: false, values: Vec::new() }
    }

    /// One that is no single field's.
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

    /// What stands for `{n}`.
    pub(super) fn count(self, n: usize) -> Self {
        let n = n.to_string();
        self.value("n", &n, &n)
    }

    /// What stands for `{seen}`. Never anything secret.
    pub(super) fn seen(self, seen: &str) -> Self {
        self.value("seen", seen, seen)
    }

    /// What stands for `{seen}`, where it is words.
    pub(super) fn seen_in_words(self, seen: &Bilingual) -> Self {
        self.value("seen", &seen.en, &seen.zh)
    }

    /// What stands for `{wanted}`. Never anything secret.
    pub(super) fn wanted(self, wanted: &str) -> Self {
        self.value("wanted", wanted, wanted)
    }

    /// What stands for `{wanted}`, where it is words.
    pub(super) fn wanted_in_words(self, wanted: &Bilingual) -> Self {
        self.value("wanted", &wanted.en, &wanted.zh)
    }

    fn value(mut self, name: &'static str, en: &str, zh: &str) -> Self {
        self.values.push((name, Bilingual::new(en, zh)));
        self
    }

    /// `is_servers`: whether the field is one that no client may be asked for.
    fn in_words(self, words: &Json<'_>, is_servers: bool) -> Finding {
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
            fix: text(fix("fix-on-server").filter(|_| is_servers).or_else(|| fix("fix"))),
            repaired: self.repaired,
            at: self.at,
        }
    }

    /// The words of a language with what was seen in them.
    fn filled(&self, words: Option<&Json<'_>>, language: &str, of: impl Fn(&Bilingual) -> &String) -> String {
        let template = words.and_then(|words| words.get(language)).and_then(Json::to_text).unwrap_or_default();
        let filled = template.replace("{field}", self.field.unwrap_or_default());
        self.values.iter().fold(filled, |text, (name, value)| text.replace(&format!("{{{name}}}"), of(value)))
    }
}

/// A diagnosis in the making.
pub(super) struct Report {
    mistakes: Vec<Mistake>,
    steps: Vec<Step>,
    /// A field of the payload that the server fetches itself.
    fetched: Option<&'static str>,
}

/// What only the server has: what to do about these names no client, or a developer would send keys from it.
const SERVERS: [&str; 6] = ["appId", "appKey", "sessionKey", "aesKey", "privateKey", "alipayPublicKey"];

/// The findings that do not keep a payload from opening.
const HARMLESS: [&str; 4] = ["whitespace", "older-session-key", "padded-to-32", "masked-number"];

/// The findings that are undone before a payload is looked at: where it then reads, they are proven.
const UNDONE: [&str; 15] = [
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

/// The stages in the order the data moves.
const STEPS: [&str; 6] = ["fields", "bytes", "verify", "decrypt", "parse", "check"];

impl Report {
    pub(super) fn new() -> Self {
        let unreached = |name| Step {
            name,
            state: State::Unreached,
            text: Bilingual::new("not reached", "未到达"),
            blocks: Vec::new(),
        };
        Self { mistakes: Vec::new(), steps: STEPS.map(unreached).into(), fetched: None }
    }

    /// Says that the server fetches this field of the payload itself.
    pub(super) fn fetches(&mut self, field: &'static str) {
        self.fetched = Some(field);
    }

    pub(super) fn add(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    pub(super) fn add_all(&mut self, mistakes: impl IntoIterator<Item = Mistake>) {
        self.mistakes.extend(mistakes);
    }

    /// Puts a mistake before all others.
    pub(super) fn add_first(&mut self, mistake: Mistake) {
        self.mistakes.insert(0, mistake);
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.code == code)
    }

    /// Whether a field's text is damaged.
    pub(super) fn blames(&self, field: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.field == Some(field) && mistake.code != "whitespace")
    }

    /// How many mistakes keep the payload from opening.
    pub(super) fn errors(&self) -> usize {
        self.mistakes.iter().filter(|mistake| !HARMLESS.contains(&mistake.code)).count()
    }

    /// Whether anything was undone to get where the report is.
    pub(super) fn undone(&self) -> bool {
        self.mistakes.iter().any(|mistake| UNDONE.contains(&mistake.code))
    }

    /// How a stage went that failed, or did not.
    pub(super) fn state_unless(&self, failed: bool) -> State {
        match failed {
            true => State::Failed,
            false if self.undone() => State::Repaired,
            false => State::Ok,
        }
    }

    /// Whether a field's text is damaged, and it is not proven what it was.
    pub(super) fn doubts(&self, field: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.field == Some(field) && !mistake.repaired)
    }

    pub(super) fn clear(&mut self) {
        self.mistakes.clear();
    }

    /// What was undone led to a payload that reads.
    pub(super) fn prove(&mut self) {
        for mistake in self.mistakes.iter_mut().filter(|mistake| UNDONE.contains(&mistake.code)) {
            mistake.repaired = true;
        }
    }

    /// The same, where it is the field alone that reads.
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
        self.step(name, State::None, "not on this platform", "此平台没有这一步");
    }

    pub(super) fn blocks(&mut self, blocks: Vec<Block>) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.name == "decrypt") {
            step.blocks = blocks;
        }
    }

    /// The diagnosis, which says `ok` where `opened` is nothing, and otherwise at least what went wrong.
    pub(super) fn finish(mut self, opened: Option<(&'static str, Option<&'static str>)>) -> Diagnosis {
        let words = Json::object(include_str!("findings.json")).unwrap_or(Json::Null);
        let fetched = self.fetched;
        let is_servers = |field: &str| SERVERS.contains(&field) || fetched == Some(field);
        let in_words = |mistake: Mistake| {
            let is_servers = mistake.field.is_some_and(is_servers);
            mistake.in_words(&words, is_servers)
        };
        let mut findings: Vec<Finding> = self.mistakes.drain(..).map(&in_words).collect();
        let ok = opened.is_none();
        if ok {
            findings.retain(|finding| finding.severity != Severity::Error);
        }
        if let Some((code, field)) = opened
            && findings.iter().all(|finding| finding.severity != Severity::Error)
        {
            let mut mistake = Mistake::of_payload("unexplained").seen(code);
            mistake.field = field;
            findings.push(in_words(mistake));
        }
        let mut ranked = Vec::with_capacity(findings.len());
        for (severity, dull) in
            [(Severity::Error, false), (Severity::Warning, false), (Severity::Info, false), (Severity::Info, true)]
        {
            let is_next =
                |finding: &mut Finding| finding.severity == severity && (finding.code == "whitespace") == dull;
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
                for name in ["{field}", "{n}", "{seen}", "{wanted}"] {
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
    fn what_to_do_about_a_key_is_said_of_the_server() {
        let fix = |field: &'static str, fetched| {
            let mut report = Report::new();
            report.add(Mistake::new("missing", field));
            report.fetched = fetched;
            report.finish(Some(("ERR_INPUT", Some(field)))).findings.remove(0).fix.en
        };
        for field in SERVERS {
            assert!(fix(field, None).ends_with("Never take it from the client."), "{field}");
        }
        assert!(fix("iv", None).contains("look how the client names it"));
        assert!(fix("data", None).contains("look how the client names it"));
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
