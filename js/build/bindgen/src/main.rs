//! `bindgen <module.wasm> <folder> <name> [target]`: writes a module's JavaScript glue and the module that matches the glue.

use std::{env::args, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    let [module, folder, name, rest @ ..] = arguments.as_slice() else {
        eprintln!("bindgen <module.wasm> <folder> <name> [web|nodejs|bundler|deno|module]");
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(true);
    // No `new URL(…, import.meta.url)` in the glue: bundlers would ship the module twice, and CommonJS has no import.meta.
    bindgen.omit_default_module_path(true);
    let target = match rest.first().map_or("web", String::as_str) {
        "nodejs" => bindgen.nodejs(true),
        "bundler" => bindgen.bundler(true),
        "deno" => bindgen.deno(true),
        "module" => bindgen.module(true),
        _ => bindgen.web(true),
    };
    match target.and_then(|bindgen| bindgen.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
