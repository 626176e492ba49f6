//! Runs the cases of tests/vectors, for the native runner and the one in WebAssembly.
#![allow(missing_docs)]

mod files;

use serde_json::Value;

/// Passes the name and the arguments of every case to `call`, which returns the result or the error as JSON. Returns
/// the number of cases. Panics with a list of the cases whose result differs from the expected one.
pub(crate) fn run_all(call: impl Fn(&str, &[Value]) -> Result<Value, Value>) -> usize {
    let mut ran = 0;
    let mut wrong = Vec::new();
    for (file, text) in files::FILES {
        let file_cases: Value = serde_json::from_str(text).expect(file);
        for case in file_cases["cases"].as_array().expect("cases") {
            let name = case["name"].as_str().expect("name");
            let actual = call(case["call"].as_str().expect("call"), case["args"].as_array().expect("args"));
            ran += 1;
            if !agrees(case, &actual) {
                let expected = [&case["returns"], &case["throws"], &case["finds"]];
                wrong.push(format!("{file}/{name}: {actual:?}\n    expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {ran} cases differ:\n{}", wrong.len(), wrong.join("\n"));
    ran
}

/// Whether a diagnosis has the expected `ok` and a finding for every mistake of the case, with one of these findings
/// first.
fn finds(case: &Value, diagnosis: &Value) -> bool {
    let mistakes = case["finds"].as_array().expect("finds");
    let codes: Vec<&Value> =
        diagnosis["findings"].as_array().expect("findings").iter().map(|finding| &finding["code"]).collect();
    let named_first = diagnosis["ok"] == true || codes.first().is_some_and(|first| mistakes.contains(first));
    diagnosis["ok"] == case["ok"] && named_first && mistakes.iter().all(|code| codes.contains(&code))
}

/// Whether a result is the expected one. For an error, only the members that the case has are compared.
fn agrees(case: &Value, actual: &Result<Value, Value>) -> bool {
    match (case.get("throws"), actual) {
        (Some(expected), Err(error)) => expected.as_object().expect("throws").iter().all(|(k, v)| &error[k] == v),
        (None, Ok(response)) if case["call"] == "diagnose" => finds(case, response),
        (None, Ok(response)) => response == &case["returns"],
        _ => false,
    }
}
