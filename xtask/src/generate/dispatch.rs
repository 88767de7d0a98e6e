//! The match from an operation to its handler's file.

use std::collections::BTreeSet;

use super::rows::Row;

/// The Rust text.
pub fn render(rows: &[Row]) -> String {
    let mut arms = String::new();
    for row in rows.iter().filter(|row| row.status == "acts" && row.auth.is_none()) {
        let module = row.handler.as_deref().unwrap_or_default().trim_end_matches(".rs");
        let handler = format!("{}::{}", module.replace('/', "::"), row.name);
        arms += &format!(
            "OperationId::{} => Box::pin(perform::<{handler}>(exchange, operation)),\n",
            row.variant()
        );
    }
    let unset: Vec<String> = rows
        .iter()
        .filter(|row| row.status == "unset")
        .map(|row| format!("OperationId::{}", row.variant()))
        .collect();
    arms += &format!(
        "{} => Box::pin(perform::<s3::unset::Unset>(exchange, operation)),",
        unset.join(" | ")
    );
    let folder = |row: &Row| row.handler.as_deref()?.split_once('/').map(|it| it.0.to_owned());
    let folders: BTreeSet<String> = rows.iter().filter_map(folder).collect();
    let folders = folders.into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "//! Generated from model/operations.toml by `cargo xtask gen`: which handler performs what.

        use std::future::Future;
        use std::pin::Pin;

        use wire::{{Error, Operation, OperationId}};

        use crate::ops::not_implemented::NotImplemented;
        use crate::ops::{{{folders}}};
        use crate::pipeline::{{Answer, Exchange, perform}};

        /// An operation under way.
        type Performing<'e> = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'e>>;

        /// Performs an operation, from decoding its input to its answer. Each is boxed by itself: all as
        /// one future are as large as the largest, which every small request would pay for.
        pub(crate) fn dispatch<'e>(
            exchange: &'e mut Exchange<'_>,
            operation: &'static Operation,
        ) -> Performing<'e> {{
            match operation.id {{
                {arms}
                _ => Box::pin(perform::<NotImplemented>(exchange, operation)),
            }}
        }}"
    )
}
