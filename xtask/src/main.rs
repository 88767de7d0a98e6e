//! The project's own commands: `cargo xtask NAME`. The Makefile has a line for each.

mod bench;
mod edges;
mod generate;
mod model;

use std::path::PathBuf;
use std::process::ExitCode;

/// What a command says when it fails.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["gen"] => generate::write(),
        ["gen", "--check"] => generate::check(),
        ["model", folder] => model::cut(folder.as_ref()),
        ["edges"] => edges::check(),
        ["bench", ref arguments @ ..] => bench::run(arguments),
        _ => Err(
            "commands: gen [--check], model DIR (an unpacked botocore), edges, bench [ARGUMENTS]"
                .into(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the repository").to_path_buf()
}
