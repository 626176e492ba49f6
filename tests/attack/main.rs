//! Forgeries by a user who has a phone and no key, from payloads that the platform sealed for this user.
//!
//! The attacker has any number of payloads under one session key, knows their plaintexts (of Baidu's frame everything
//! except the 16 random bytes), and chooses the iv and every block of a request.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)]

mod forged;
mod lab;
mod luck;
mod payloads;
mod random;
mod seal;
mod spelling;
mod splice;
mod tally;

use mp_phone::Platform;

use crate::{
    lab::Lab,
    payloads::Order,
    random::{Random, SEED},
    tally::Tally,
};

/// The minimum number of forgeries for each platform.
const FORGERIES: usize = 1_000_000;

/// Attacks a platform whose user info has its members in these orders.
fn attack(platform: Platform, orders: &[Order]) {
    let lab = Lab::new(platform, orders);
    let mut tally = Tally::new(&lab);
    tally.genuine();
    let mut random = Random::new(100 + platform as u64);
    splice::systematic(&lab, &mut random, &mut |kind, iv, sealed| tally.attempt(kind, iv, sealed));
    let left = FORGERIES.saturating_sub(tally.attempts());
    splice::random(&lab, &mut random, left.max(100_000), &mut |kind, iv, sealed| tally.attempt(kind, iv, sealed));
    println!("{}", tally.summary());
    println!("seed {SEED:#x}\n{}", tally.table());
    tally.write_sample();
    assert!(tally.attempts() >= FORGERIES);
    assert!(tally.accepted.is_empty(), "accepted on {}: {:#?}", platform.name(), tally.accepted);
}

#[test]
fn wechat() {
    attack(Platform::Wechat, &[Order::Known, Order::TextLast, Order::TextFirst]);
}

#[test]
fn douyin() {
    attack(Platform::Douyin, &[Order::Known, Order::TextLast, Order::TextFirst]);
}

#[test]
fn kuaishou() {
    attack(Platform::Kuaishou, &[Order::Known, Order::TextLast, Order::TextFirst]);
}

#[test]
fn xiaohongshu() {
    attack(Platform::Xiaohongshu, &[Order::Known, Order::TextLast, Order::TextFirst]);
}

#[test]
fn baidu() {
    attack(Platform::Baidu, &[Order::Known, Order::TextFirst]);
}

#[test]
fn wecom() {
    attack(Platform::Wecom, &[Order::Known, Order::TextLast, Order::TextFirst]);
}

/// If Baidu wrote the user's text after all other members, a forgery could be byte for byte a phone payload, which no
/// rule about shapes could detect. The documented order is openid, nickname, headimgurl, sex.
#[test]
fn baidu_in_an_order_that_was_never_observed() {
    let lab = Lab::new(Platform::Baidu, &[Order::TextLast]);
    let mut tally = Tally::new(&lab);
    splice::systematic(&lab, &mut Random::new(3_000), &mut |kind, iv, sealed| tally.attempt(kind, iv, sealed));
    println!("with the nickname as the last member of user info: {}", tally.summary());
    for forgery in &tally.accepted {
        let number = forgery["number"].as_str().unwrap().trim_start_matches("+86");
        assert_eq!(forgery["raw"], format!(r#"{{"mobile":"{number}"}}"#), "{forgery}");
    }
}
