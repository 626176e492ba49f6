//! The results of the forgeries, and a sample of the forgeries for the tests in JavaScript.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use mp_phone::Platform;
use serde_json::{Value, json};

use crate::{
    lab::{Lab, Reach},
    payloads::{self, NOW},
    random::Random,
    seal::{Block, KnownPayload},
};

/// The number of forgeries in the sample of a platform.
const SAMPLE: usize = 5_000;

/// The maximum number of examples per kind and reach: enough to fill the share of a kind.
const KEPT: usize = 1_000;

/// The maximum number of accepted forgeries that the failed test shows.
const SHOWN: usize = 20;

#[derive(Default)]
struct Kind {
    /// Counts by reach.
    reached: [usize; 4],
    /// Forgeries that opened to the attacker's own number with its own time.
    own: usize,
    accepted: usize,
    /// Examples of forgeries that did not open to the attacker's own number, by reach.
    examples: [Vec<(Block, Vec<Block>)>; 4],
}

impl Kind {
    fn reached(&self, to: Reach) -> usize {
        self.reached[to as usize..].iter().sum()
    }
}

pub(crate) struct Tally<'a> {
    lab: &'a Lab,
    kinds: BTreeMap<&'static str, Kind>,
    random: Random,
    /// Accepted forgeries: they opened to a number that the platform did not seal.
    pub(crate) accepted: Vec<Value>,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(lab: &'a Lab) -> Self {
        Self { lab, kinds: BTreeMap::new(), random: Random::new(1_000), accepted: Vec::new() }
    }

    /// Checks that the platform's phone payloads open and its other payloads do not.
    pub(crate) fn genuine(&self) {
        for own in &self.lab.phones {
            let phone = self.lab.open(own.iv, &own.sealed).unwrap();
            assert!(self.lab.is_genuine(&phone), "{}", phone.raw);
        }
        for own in &self.lab.infos {
            assert!(
                self.lab.open(own.iv, &own.sealed).is_err(),
                "{}",
                String::from_utf8_lossy(own.plain.as_flattened())
            );
        }
    }

    pub(crate) fn attempt(&mut self, name: &'static str, iv: Block, sealed: &[Block]) {
        let kind = self.kinds.entry(name).or_default();
        let reach = self.lab.reach(iv, sealed) as usize;
        kind.reached[reach] += 1;
        match self.lab.open(iv, sealed) {
            Ok(phone) if self.lab.is_genuine(&phone) => {
                kind.own += 1;
                return;
            }
            Ok(phone) => {
                kind.accepted += 1;
                if self.accepted.len() < SHOWN {
                    let [iv, sealed] = [BASE64.encode(iv), BASE64.encode(sealed.as_flattened())];
                    let number = phone.e164.unwrap_or(phone.national_number);
                    self.accepted.push(
                        json!({ "kind": name, "number": number, "raw": phone.raw, "iv": iv, "encryptedData": sealed }),
                    );
                }
            }
            Err(_) => {}
        }
        // Reservoir sampling: all forgeries of the same reach become examples with the same probability.
        let examples = &mut kind.examples[reach];
        if examples.len() < KEPT {
            examples.push((iv, sealed.to_vec()));
        } else if let at @ ..KEPT = self.random.below(kind.reached[reach]) {
            examples[at] = (iv, sealed.to_vec());
        }
    }

    pub(crate) fn attempts(&self) -> usize {
        self.kinds.values().map(|kind| kind.reached(Reach::Noise)).sum()
    }

    pub(crate) fn summary(&self) -> String {
        let sum = |of: &dyn Fn(&Kind) -> usize| self.kinds.values().map(of).sum::<usize>();
        let reached = |to| sum(&|kind| kind.reached(to));
        format!(
            "{}: {} forgeries ran, {} with valid padding, {} JSON, {} with another number, \
             {} opened to the attacker's own number, {} accepted",
            self.lab.platform.name(),
            reached(Reach::Noise),
            reached(Reach::Padded),
            reached(Reach::Json),
            reached(Reach::Number),
            sum(&|kind| kind.own),
            sum(&|kind| kind.accepted),
        )
    }

    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "  {:<42}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n",
            "kind", "tried", "padded", "JSON", "number", "own", "accepted"
        );
        for (name, kind) in &self.kinds {
            write!(table, "  {name:<42}").unwrap();
            for to in [Reach::Noise, Reach::Padded, Reach::Json, Reach::Number] {
                write!(table, "{:>9}", kind.reached(to)).unwrap();
            }
            writeln!(table, "{:>9}{:>9}", kind.own, kind.accepted).unwrap();
        }
        table
    }

    /// Writes the genuine payloads and a sample of forgeries, evenly distributed over kinds and reaches.
    pub(crate) fn write_sample(&self) {
        let mut lines = String::new();
        let mut line = |kind: &str, iv: Block, sealed: &[Block], phone: Value| {
            let app = payloads::app(self.lab.platform);
            let app_field = if self.lab.platform == Platform::Baidu { "appKey" } else { "appId" };
            let line = json!({
                "platform": self.lab.platform.name(),
                "kind": kind,
                "phone": phone,
                "sealed": { "encryptedData": BASE64.encode(sealed.as_flattened()), "iv": BASE64.encode(iv) },
                "keys": { app_field: app, "sessionKey": self.lab.session_key },
                "now": (NOW + 60) * 1000,
            });
            writeln!(lines, "{line}").unwrap();
        };
        for own @ KnownPayload { iv, sealed, .. } in &self.lab.phones {
            let phone = self.lab.open(own.iv, &own.sealed).unwrap();
            line("genuine", *iv, sealed, phone.e164.into());
        }
        let share = SAMPLE.div_ceil(self.kinds.len());
        for (name, Kind { examples, .. }) in &self.kinds {
            let mut left = share;
            // The forgeries with the greatest reach first: if there are few, others fill their share.
            for (others, examples) in examples.iter().enumerate().rev() {
                let examples = &examples[..examples.len().min(left / (others + 1))];
                left -= examples.len();
                examples.iter().for_each(|(iv, sealed)| line(name, *iv, sealed, Value::Null));
            }
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/attack");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{}.jsonl", self.lab.platform.name())), lines).unwrap();
    }
}
