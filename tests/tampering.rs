//! Inputs that an attacker without the keys can send: payloads with changed bits, and random fields.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)]

#[path = "cases/files.rs"]
mod files;

use std::time::{Duration, UNIX_EPOCH};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use mp_phone::{
    DiagnoseInput, Error, Input, Keys, OpenOptions, Platform, Sealed, Severity, alipay_cert_sn, alipay_root_cert_sn,
    check_response, diagnose, explain, open_phone, read_alipay_response, read_phone, sign_rsa2,
};
use serde_json::Value;

/// The cases of a file in which a payload opens to a number with a single session key as text.
fn payloads(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    let opens = |case: &&Value| {
        case["call"] == "openPhone"
            && case["returns"]["e164"].is_string()
            && case["args"][0]["encryptedData"].is_string()
            && case["args"][1]["sessionKey"].is_string()
    };
    file["cases"].as_array().unwrap().iter().filter(opens).cloned().collect()
}

fn text(value: &Value) -> Input<'_> {
    value.as_str().map_or(Input::Absent, Input::from)
}

/// CBC has no authentication tag: a flipped bit garbles one block and flips the same bit in the next block. Flipping a
/// single bit of ciphertext or iv must never result in another number. (On Baidu the garbled block can be the random
/// block at the beginning of the frame, which nobody checks. A flipped bit can then change the number's first digit; the
/// result is rejected, because it is no longer a mainland number.)
#[test]
fn a_flipped_bit_never_results_in_another_number() {
    let mut flipped = 0;
    for (_, file) in files::FILES {
        for case in payloads(file).iter().take(6) {
            let [sealed, keys, options] = [0, 1, 2].map(|index| &case["args"][index]);
            let platform = sealed["platform"].as_str().unwrap().parse().unwrap();
            let strip = |value: &Value| value.as_str().unwrap().split_whitespace().collect::<String>();
            let ciphertext = BASE64.decode(strip(&sealed["encryptedData"])).unwrap();
            let Ok(iv) = BASE64.decode(strip(&sealed["iv"])) else { continue };
            let keys = Keys {
                app_id: text(&keys["appId"]),
                app_key: text(&keys["appKey"]),
                session_key: text(&keys["sessionKey"]),
                ..Keys::default()
            };
            let now = UNIX_EPOCH + Duration::from_millis(options["now"].as_u64().unwrap());
            let options = OpenOptions::at(now).any_age();
            for bit in 0..(iv.len() + ciphertext.len()) * 8 {
                let mut bytes = [&iv[..], &ciphertext].concat();
                bytes[bit / 8] ^= 1 << (bit % 8);
                let (iv, ciphertext) = bytes.split_at(iv.len());
                let sealed = Sealed {
                    iv: BASE64.encode(iv).into(),
                    encrypted_data: BASE64.encode(ciphertext).into(),
                    ..Sealed::new(platform)
                };
                if let Ok(phone) = open_phone(&sealed, &keys, &options) {
                    let same = phone.e164.as_deref() == case["returns"]["e164"].as_str();
                    assert!(same, "{} bit {bit}: {:?}", case["name"], phone.e164);
                }
                flipped += 1;
            }
        }
    }
    println!("{flipped} flipped bits");
    assert!(flipped > 20_000);
}

/// Certificates with each byte changed, and cut at each byte, never cause a panic.
#[test]
fn no_certificate_panics() {
    let keys: Value = serde_json::from_str(include_str!("vectors/keys.json")).unwrap();
    let leaf = keys["crt"].as_str().unwrap().lines().skip(1).take_while(|line| !line.starts_with('-'));
    let der = BASE64.decode(leaf.collect::<String>()).unwrap();
    assert!(alipay_cert_sn(&der.clone().into()).is_ok());
    for at in 0..der.len() {
        for byte in [0, 0x30, 0x7f, 0x80, 0x84, 0xff] {
            let mut changed = der.clone();
            changed[at] = byte;
            let _: Result<_, Error> = alipay_cert_sn(&changed.into());
        }
        assert!(alipay_cert_sn(&der[..at].to_vec().into()).is_err());
    }
}

/// Fields with random pieces of keys, JSON and unusual characters never cause a panic.
#[test]
fn random_fields_never_cause_a_panic() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let pieces = [
        "",
        " ",
        "+",
        "=",
        "==",
        "AAECAwQFBgcICQoLDA0ODw==",
        "cfcbf4076da2a793eeba492db7893be2",
        "{",
        "}",
        "{\"response\":",
        "\"",
        "\\u0000",
        "{\"code\":\"10000\",\"mobile\":\"",
        "1-2025550123",
        "-----BEGIN CERTIFICATE-----",
        "-----END ",
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        "-----",
        "\n",
        "好",
        "\u{0}",
        "{\"errcode\":",
        "0",
        "-1",
        "[",
        "]",
        ",",
        "\"phone_info\":{\"phoneNumber\":\"",
        "1e999",
        "null",
        ":",
        "RSA2",
        "UTF-8",
        "\"result\":1",
        "{\"alipay_x_response\":{},\"sign\":\"",
        "alipay.x",
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKB",
        "-----END CERTIFICATE-----",
    ];
    let mut make = move || -> Input {
        let text: String = (0..next(6)).map(|_| pieces[next(pieces.len())]).collect();
        match next(8) {
            0 => Input::Absent,
            1 => Input::from(text.into_bytes()),
            2 => Input::Json(text.into()),
            3 => Input::List(vec![text.into(), Input::Wrong]),
            _ => text.into(),
        }
    };
    let options = OpenOptions::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).allow_unsigned();
    for round in 0..30_000 {
        let platform = Platform::ALL[round % Platform::ALL.len()];
        let sealed = Sealed {
            platform,
            encrypted_data: make(),
            iv: make(),
            data: make(),
            response: make(),
            sign: make(),
            sign_type: make(),
            encrypt_type: make(),
            charset: make(),
        };
        let keys = Keys {
            app_id: make(),
            app_key: make(),
            session_key: make(),
            private_key: make(),
            alipay_public_key: make(),
            aes_key: make(),
        };
        let opened = open_phone(&sealed, &keys, &options);
        assert!(opened.is_err() || platform == Platform::Alipay, "{opened:?}");
        let _: Result<_, Error> = read_phone(platform, &make(), &make(), &options);
        let _: Result<_, Error> = check_response(platform, &make());
        assert!(read_alipay_response(&make(), &make(), &make()).is_err());
        assert!(sign_rsa2(&make(), &make()).is_err());
        assert!(alipay_cert_sn(&make()).is_err());
        assert!(alipay_root_cert_sn(&make()).is_err());
        if round % 5 > 0 {
            continue;
        }
        let input = DiagnoseInput { sealed: Some(sealed), ..DiagnoseInput::default() };
        let diagnosis = diagnose(&input, &keys, &options);
        assert_eq!(diagnosis.ok, opened.is_ok());
        assert_eq!(diagnosis.ok, diagnosis.findings.iter().all(|finding| finding.severity != Severity::Error));
        let input = DiagnoseInput {
            code: make(),
            err_msg: make(),
            errno: make(),
            sealed: Some(Sealed::new(platform)),
            login: false,
        };
        assert_eq!(diagnose(&input, &keys, &options).steps.len(), 6);
        assert_eq!(explain(platform, &make()).platform, platform);
    }
}
