//! `cargo xtask gen`: everything that derives from `model/`. Output is checked in; CI runs
//! `gen --check` and wants no difference.

mod checksums;
mod compat;
mod dispatch;
mod errors;
mod fields;
mod headers;
mod names;
mod operations;
mod query;
pub mod rows;
mod shapes;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;

/// A generated file: its path below the root, and its text.
struct Output {
    path: &'static str,
    text: String,
}

/// Writes all files.
pub fn write() -> Outcome {
    for output in outputs()? {
        let path = crate::root().join(output.path);
        let folder = path.parent().unwrap_or(Path::new("."));
        let written =
            std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, output.text));
        written.map_err(|e| format!("{}: {e}", output.path))?;
    }
    Ok(())
}

/// Fails if a file isn't what would be written.
pub fn check() -> Outcome {
    for output in outputs()? {
        let kept = std::fs::read_to_string(crate::root().join(output.path)).unwrap_or_default();
        if kept != output.text {
            return Err(format!("{} isn't what the model says: run make gen", output.path));
        }
    }
    Ok(())
}

fn outputs() -> Result<Vec<Output>, String> {
    let rows = rows::load()?;
    let models = rows::Models::load()?;
    let headers = headers::load()?;
    let rust = |path, text: String| Ok::<_, String>(Output { path, text: formatted(&text)? });
    Ok(vec![
        rust("crates/wire/src/gen/operations.rs", operations::render(&rows, &models)?)?,
        rust("crates/wire/src/gen/errors.rs", errors::render()?)?,
        rust("crates/wire/src/gen/headers.rs", headers.render())?,
        rust("crates/wire/src/gen/inputs.rs", shapes::render_inputs(&rows, &models, &headers)?)?,
        rust("crates/wire/src/gen/outputs.rs", shapes::render_outputs(&rows, &models, &headers)?)?,
        rust("crates/wire/src/gen/documents.rs", shapes::render_documents(&rows, &models)?)?,
        rust("crates/policy/src/gen/names.rs", names::render()?)?,
        rust("crates/wire/src/gen/control.rs", shapes::render_control(&rows, &models, &headers)?)?,
        rust("crates/wire/src/gen/iam.rs", query::render(&rows, &models, rows::Service::Iam)?)?,
        rust("crates/wire/src/gen/sts.rs", query::render(&rows, &models, rows::Service::Sts)?)?,
        rust("crates/server/src/ops/gen/dispatch.rs", dispatch::render(&rows))?,
        Output { path: "docs/compat.md", text: compat::render(&rows) },
    ])
}

fn formatted(text: &str) -> Result<String, String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(crate::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("rustfmt: {e}"))?;
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|e| format!("rustfmt: {e}"))?;
    writer.join().expect("the writer ends").map_err(|e| format!("rustfmt: {e}"))?;
    if !output.status.success() {
        return Err("rustfmt refuses generated code".into());
    }
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// `GetObjectInput` as a field or file is `get_object_input`; `ETag` is `etag`.
fn snake(name: &str) -> String {
    let name = name.replace("ETag", "Etag").replace("MD5", "Md5").replace("SSE", "Sse");
    let name = name.replace("CRC64NVME", "Crc64nvme").replace("CRC32C", "Crc32c");
    let name = name.replace("CRC32", "Crc32").replace("SHA256", "Sha256").replace("SHA1", "Sha1");
    let mut text = String::new();
    for (index, letter) in name.char_indices() {
        let before = name[..index].chars().next_back();
        let starts = letter.is_ascii_uppercase()
            && before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        let ends = letter.is_ascii_uppercase()
            && before.is_some_and(|it| it.is_ascii_uppercase())
            && name[index + 1..].starts_with(|it: char| it.is_ascii_lowercase());
        if starts || ends {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    if text == "type" { "kind".into() } else { text }
}
