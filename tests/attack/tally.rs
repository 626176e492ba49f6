//! What became of the forgeries, and a sample of them for the tests in JavaScript.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use mp_phone::Platform;
use serde_json::{Value, json};

use crate::{
    lab::Lab,
    payloads::{self, NOW},
    random::Random,
    seal::{Block, Own},
};

/// How many forgeries of a platform a sample has.
const SAMPLE: usize = 5_000;

/// How many accepted forgeries are kept to be shown.
const SHOWN: usize = 20;

#[derive(Default)]
struct Kind {
    tried: usize,
    padded: usize,
    json: usize,
    /// That opened to the attacker's own number, with its own time.
    own: usize,
    accepted: usize,
    /// A share of those that decrypt to JSON, and of the others.
    kept: [Vec<(Block, Vec<Block>)>; 2],
}

pub(crate) struct Tally<'a> {
    lab: &'a Lab,
    kinds: BTreeMap<&'static str, Kind>,
    random: Random,
    /// Forgeries that were taken for a number that the platform never sealed.
    pub(crate) accepted: Vec<Value>,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(lab: &'a Lab) -> Self {
        Self { lab, kinds: BTreeMap::new(), random: Random::new(1_000), accepted: Vec::new() }
    }

    /// The platform's phone payloads open, and nothing else that it sealed.
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

    pub(crate) fn try_one(&mut self, name: &'static str, iv: Block, sealed: &[Block]) {
        let kind = self.kinds.entry(name).or_default();
        let (is_padded, is_json) = self.lab.quality(iv, sealed);
        kind.tried += 1;
        kind.padded += usize::from(is_padded);
        kind.json += usize::from(is_json);
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
        // Reservoir sampling: every forgery is kept with the same probability.
        let kept = &mut kind.kept[usize::from(is_json)];
        let seen = if is_json { kind.json } else { kind.tried - kind.json };
        if kept.len() < SAMPLE {
            kept.push((iv, sealed.to_vec()));
        } else if let at @ ..SAMPLE = self.random.below(seen) {
            kept[at] = (iv, sealed.to_vec());
        }
    }

    pub(crate) fn tried(&self) -> usize {
        self.kinds.values().map(|kind| kind.tried).sum()
    }

    pub(crate) fn summary(&self) -> String {
        let sum = |of: fn(&Kind) -> usize| self.kinds.values().map(of).sum::<usize>();
        format!(
            "{}: {} forgeries ran, {} of them padded well, {} JSON, {} opened to the attacker's own number, {} accepted",
            self.lab.platform.name(),
            sum(|kind| kind.tried),
            sum(|kind| kind.padded),
            sum(|kind| kind.json),
            sum(|kind| kind.own),
            sum(|kind| kind.accepted),
        )
    }

    pub(crate) fn table(&self) -> String {
        let mut table =
            format!("  {:<42}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "kind", "tried", "padded", "JSON", "own", "accepted");
        for (name, Kind { tried, padded, json, own, accepted, .. }) in &self.kinds {
            writeln!(table, "  {name:<42}{tried:>9}{padded:>9}{json:>9}{own:>9}{accepted:>9}").unwrap();
        }
        table
    }

    /// Writes a sample, evenly over the kinds and half of it JSON where there is as much, and the genuine payloads.
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
        for own @ Own { iv, sealed, .. } in &self.lab.phones {
            let phone = self.lab.open(own.iv, &own.sealed).unwrap();
            line("genuine", *iv, sealed, phone.e164.into());
        }
        let share = SAMPLE.div_ceil(self.kinds.len());
        for (name, Kind { kept: [noise, json], .. }) in &self.kinds {
            let json = &json[..json.len().min(share.saturating_sub(noise.len()).max(share / 2))];
            let noise = &noise[..noise.len().min(share - json.len())];
            json.iter().chain(noise).for_each(|(iv, sealed)| line(name, *iv, sealed, Value::Null));
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/attack");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{}.jsonl", self.lab.platform.name())), lines).unwrap();
    }
}
