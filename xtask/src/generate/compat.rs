//! `docs/compat.md`: what works, operation by operation.

use std::fmt::Write;

use super::rows::{Row, Service};

/// The page.
pub fn render(rows: &[Row]) -> String {
    let mut page = String::from(
        "# Compatibility\n\nGenerated from model/operations.toml by `cargo xtask gen`. \
         *acts*: works as AWS documents it. *unset*: reading answers what AWS answers when nothing is set, \
         removing removes nothing, setting is refused unless it says what is the case anyway. *not implemented*: routed, named in logs, answered with `NotImplemented`.\n\n\
         Where Onggi differs from AWS on purpose: [differences.md](differences.md).\n",
    );
    for service in Service::ALL {
        let of = |status: &str| -> Vec<&str> {
            let mine = rows.iter().filter(|row| row.service == service && row.status == status);
            mine.map(|row| row.name.as_str()).collect()
        };
        let title = match service {
            Service::S3 => "Amazon S3",
            Service::Iam => "IAM",
            Service::Sts => "STS",
            Service::S3Control => "S3 Control",
        };
        let all = rows.iter().filter(|row| row.service == service).count();
        let _ = writeln!(page, "\n## {title}\n\n{} of {all} operations act.\n", of("acts").len());
        let _ = writeln!(page, "| status | operations |\n|---|---|");
        for (status, word) in
            [("acts", "acts"), ("unset", "unset"), ("not-implemented", "not implemented")]
        {
            let names = of(status);
            if !names.is_empty() {
                let _ = writeln!(page, "| {word} | {} |", names.join(", "));
            }
        }
    }
    page
}
