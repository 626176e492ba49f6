//! A platform under attack: the session key, the payloads that it sealed, and the server that opens payloads.

use std::{
    collections::HashSet,
    time::{Duration, UNIX_EPOCH},
};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use mp_phone::{Error, Keys, OpenOptions, PhoneNumber, Platform, Sealed, open_phone};
use serde_json::{Map, Value};

use crate::{
    payloads::{self, APP_KEY, NOW, Order, Plain, VICTIM},
    random::Random,
    seal::{BLOCK, Block, Cipher, KnownPayload, padded, unpadded_len},
};

pub(crate) struct Lab {
    pub(crate) platform: Platform,
    pub(crate) pad_block: usize,
    pub(crate) session_key: String,
    pub(crate) cipher: Cipher,
    /// The attacker's phone payloads.
    pub(crate) phones: Vec<KnownPayload>,
    /// All other payloads of the attacker.
    pub(crate) infos: Vec<KnownPayload>,
    /// The numbers and times of the attacker's phone payloads.
    genuine: HashSet<(String, Option<i64>)>,
}

impl Lab {
    /// A lab with user info in these orders of members.
    pub(crate) fn new(platform: Platform, orders: &[Order]) -> Self {
        let mut random = Random::new(platform as u64);
        let (key_len, pad_block) = match platform {
            Platform::Baidu => (24, 32),
            Platform::Xiaohongshu => (24, 32),
            _ => (16, 16),
        };
        let key = random.bytes(key_len);
        let cipher = Cipher::new(&key);
        let phones = payloads::phones(platform);
        let genuine =
            phones.iter().filter_map(|plain| plain.phone).map(|(e164, time)| (e164.to_owned(), time)).collect();
        let infos = orders.iter().flat_map(|order| payloads::user_infos(platform, *order));
        let infos: Vec<Plain> = infos.chain(payloads::others(platform)).collect();
        let mut seal = |plain: &Plain| {
            let framed = frame(platform, plain.text.as_bytes(), &mut random);
            KnownPayload::new(
                &cipher,
                padded(&framed, pad_block),
                usize::from(platform == Platform::Baidu),
                &mut random,
            )
        };
        let [phones, infos] = [phones, infos].map(|plains| plains.iter().map(&mut seal).collect());
        Self { platform, pad_block, session_key: BASE64.encode(key), cipher, phones, infos, genuine }
    }

    pub(crate) fn known_payloads(&self) -> impl Iterator<Item = &KnownPayload> {
        self.phones.iter().chain(&self.infos)
    }

    /// The server: opens what the attacker sends.
    pub(crate) fn open(&self, iv: Block, sealed: &[Block]) -> Result<PhoneNumber, Error> {
        let sealed = Sealed {
            iv: BASE64.encode(iv).into(),
            encrypted_data: BASE64.encode(sealed.as_flattened()).into(),
            ..Sealed::new(self.platform)
        };
        let app = payloads::app(self.platform);
        let keys = match self.platform {
            Platform::Baidu => {
                Keys { app_key: app.into(), session_key: (&*self.session_key).into(), ..Keys::default() }
            }
            _ => Keys { app_id: app.into(), session_key: (&*self.session_key).into(), ..Keys::default() },
        };
        let now = UNIX_EPOCH + Duration::from_secs(NOW as u64 + 60);
        open_phone(&sealed, &keys, &OpenOptions::at(now))
    }

    /// Whether the platform sealed this number for the attacker with this time.
    pub(crate) fn is_genuine(&self, phone: &PhoneNumber) -> bool {
        let number = phone.e164.clone().unwrap_or_default();
        let issued_at = phone.issued_at().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        self.genuine.contains(&(number, issued_at.map(|since_1970| since_1970.as_secs() as i64)))
    }

    /// How much of a phone payload a forgery achieves, for the statistics.
    pub(crate) fn reach(&self, iv: Block, sealed: &[Block]) -> Reach {
        let plain = self.cipher.open(iv, sealed);
        let Some(length) = unpadded_len(&plain, self.pad_block) else { return Reach::Noise };
        let content = match self.platform {
            Platform::Baidu => content(&plain[..length]),
            _ => Some(&plain[..length]),
        };
        let json = content.and_then(|content| serde_json::from_slice::<Map<String, Value>>(content).ok());
        let Some(json) = json else { return Reach::Padded };
        let names = ["phoneNumber", "purePhoneNumber", "mobile"];
        let is_victim =
            |name| json.get(name).is_some_and(|number: &Value| number.to_string().trim_matches('"') == VICTIM);
        if names.into_iter().any(is_victim) { Reach::Number } else { Reach::Json }
    }
}

/// How much of a phone payload a forgery achieves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The padding is invalid.
    Noise,
    /// The padding is valid.
    Padded,
    /// The plaintext is a JSON object.
    Json,
    /// A member for phone numbers has the number of another person.
    Number,
}

/// Baidu's frame around a content; for other platforms the content itself.
fn frame(platform: Platform, content: &[u8], random: &mut Random) -> Vec<u8> {
    match platform {
        Platform::Baidu => [&random.block()[..], &length(content.len()), content, APP_KEY.as_bytes()].concat(),
        _ => content.to_vec(),
    }
}

pub(crate) fn length(of: usize) -> [u8; 4] {
    u32::try_from(of).unwrap().to_be_bytes()
}

/// The content of a Baidu frame, if the App Key follows it.
fn content(frame: &[u8]) -> Option<&[u8]> {
    let (length, rest) = frame.get(BLOCK..)?.split_first_chunk::<4>()?;
    let (content, owner) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    (owner == APP_KEY.as_bytes()).then_some(content)
}
