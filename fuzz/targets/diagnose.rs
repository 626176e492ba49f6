//! `diagnose`: its result agrees with `open_phone`, and its texts are bounded and show no key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mp_phone::{DiagnoseInput, Input, Severity, diagnose, open_phone};
use mp_phone_fuzz::Fields;

fuzz_target!(|data: &[u8]| {
    let mut fields = Fields::of(data);
    let options = fields.options();
    let (sealed, keys) = fields.sealed();
    let [code, login, err_msg, errno] = core::array::from_fn(|_| fields.next());
    let is_code =
        [&sealed.encrypted_data, &sealed.data, &sealed.response].iter().all(|field| matches!(field, Input::Absent));
    let opens = open_phone(&sealed, &keys, &options).is_ok();
    let secrets = [&keys.session_key, &keys.private_key, &keys.aes_key];
    let login = matches!(login, Input::Text(ref text) if text == "login");
    let diagnosis = diagnose(&DiagnoseInput { sealed: Some(sealed), code, login, err_msg, errno }, &keys, &options);

    if !is_code {
        assert_eq!(diagnosis.ok, opens);
    }
    let has_error = diagnosis.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert!(diagnosis.ok || has_error, "a failure has a finding");
    assert_eq!(diagnosis.steps.len(), 6);
    for finding in &diagnosis.findings {
        assert!(!finding.text.en.is_empty() && !finding.text.zh.is_empty(), "{}", finding.code);
        assert!(finding.at.iter().all(|at| at.start <= at.end), "{finding:?}");
    }
    let findings_json = serde_json::to_string(&diagnosis.findings).expect("JSON");
    assert!(findings_json.len() < 60_000, "{} bytes", findings_json.len());
    for secret in secrets {
        let Input::Text(secret) = secret else { continue };
        let is_named = |field: &Input| matches!(field, Input::Text(id) if id.contains(secret.trim()));
        if secret.trim().len() >= 16 && secret.bytes().any(|byte| byte.is_ascii_digit()) {
            assert!(
                !findings_json.contains(secret.trim()) || is_named(&keys.app_id) || is_named(&keys.app_key),
                "a key is shown"
            );
        }
    }
});
