//! A policy's document: the text as it was written, and its meaning, read at the first use.

use std::sync::{Arc, OnceLock};

use policy::{Policy, PolicyKind};

use crate::error::IamError;

/// A document of an identity policy.
pub struct Document {
    text: Box<str>,
    policy: OnceLock<Arc<Policy>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What stands for a document that was accepted once and can't be read any more: it may have denied
/// something, so it denies everything.
const UNREADABLE: &[u8] = br#"{"Version": "2012-10-17", "Statement": [
    {"Sid": "UnreadablePolicy", "Effect": "Deny", "Action": "*", "Resource": "*"}]}"#;

impl Document {
    /// A document that was accepted.
    pub(crate) fn stored(text: String) -> Self {
        Self { text: text.into(), policy: OnceLock::new() }
    }

    /// The document, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says.
    pub fn policy(&self) -> &Arc<Policy> {
        self.policy.get_or_init(|| {
            let policy = parse(&self.text).unwrap_or_else(|error| {
                tracing::error!(%error, "a stored policy can't be read: it denies everything");
                denies_everything()
            });
            Arc::new(policy)
        })
    }
}

/// What stands for a policy that isn't to be had.
pub(crate) fn denies_everything() -> Policy {
    Policy::parse(UNREADABLE, PolicyKind::Identity).expect("a policy")
}

/// Reads a new document.
pub(crate) fn parse(text: &str) -> Result<Policy, IamError> {
    Ok(Policy::parse(text.as_bytes(), PolicyKind::Identity)?)
}

/// Reads a new document of a managed policy, which is of today's language.
pub(crate) fn parse_managed(text: &str) -> Result<Policy, IamError> {
    Ok(Policy::parse_managed(text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cant_be_read_any_more_denies_everything() {
        let document = Document::stored(r#"{"Statement": []}"#.into());
        let statement = &document.policy().statements()[0];
        assert_eq!(statement.effect(), policy::Effect::Deny);
        assert_eq!(document.text(), r#"{"Statement": []}"#);
    }
}
