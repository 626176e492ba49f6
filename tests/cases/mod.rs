//! The cases of tests/vectors, read once for every Rust runner.
#![allow(missing_docs)]

mod files;

use serde_json::Value;

/// Runs every case through `call`, which gives the answer as JSON or the error's fields as JSON, and returns how many
/// ran. Panics with the list of those that came out differently.
pub(crate) fn run_all(call: impl Fn(&str, &[Value]) -> Result<Value, Value>) -> usize {
    let mut ran = 0;
    let mut wrong = Vec::new();
    for (file, text) in files::FILES {
        let file_cases: Value = serde_json::from_str(text).expect(file);
        for case in file_cases["cases"].as_array().expect("cases") {
            let name = case["name"].as_str().expect("name");
            let got = call(case["call"].as_str().expect("call"), case["args"].as_array().expect("args"));
            ran += 1;
            if !agrees(case, &got) {
                let expected = [&case["returns"], &case["throws"], &case["finds"]];
                wrong.push(format!("{file}/{name}: {got:?}\n    expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {ran} cases differ:\n{}", wrong.len(), wrong.join("\n"));
    ran
}

/// A diagnosis must find every mistake that was made, one of them first.
fn finds(case: &Value, diagnosis: &Value) -> bool {
    let made = case["finds"].as_array().expect("finds");
    let codes: Vec<&Value> =
        diagnosis["findings"].as_array().expect("findings").iter().map(|finding| &finding["code"]).collect();
    let named_first = diagnosis["ok"] == true || codes.first().is_some_and(|first| made.contains(first));
    diagnosis["ok"] == case["ok"] && named_first && made.iter().all(|code| codes.contains(&code))
}

/// A case that throws names the fields of the error that matter; one that returns names the whole answer.
fn agrees(case: &Value, got: &Result<Value, Value>) -> bool {
    match (case.get("throws"), got) {
        (Some(expected), Err(error)) => expected.as_object().expect("throws").iter().all(|(k, v)| &error[k] == v),
        (None, Ok(answer)) if case["call"] == "diagnose" => finds(case, answer),
        (None, Ok(answer)) => answer == &case["returns"],
        _ => false,
    }
}
