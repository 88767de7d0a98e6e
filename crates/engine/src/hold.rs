//! What a reader takes so that nothing that it may still read is removed elsewhere.

use std::any::Any;

/// See [`Engine::hold`](crate::Engine::hold). It ends when it is dropped.
#[must_use = "a hold ends when it is dropped"]
pub struct Hold(
    #[expect(dead_code, reason = "lives to be dropped")] Option<Box<dyn Any + Send + Sync>>,
);

impl Hold {
    /// Of an engine on whose data no other process works.
    pub fn none() -> Self {
        Self(None)
    }

    /// Ends with this guard.
    pub fn with(guard: impl Any + Send + Sync) -> Self {
        Self(Some(Box::new(guard)))
    }
}
