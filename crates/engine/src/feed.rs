//! A feed of changed groups for engines whose changes all happen in this process.

use std::future::Future;
use std::pin::Pin;

use tokio::sync::broadcast::{self, error::RecvError};

use crate::{ChangeEvent, Changes, Group, Space};

/// Changes that a slow listener may fall behind before it is told `Lost`.
const BACKLOG: usize = 4096;

/// Sends changed groups to whoever watches.
#[derive(Debug)]
pub struct Feeds(broadcast::Sender<Group>);

impl Default for Feeds {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Feeds {
    /// A group has changed. Nobody may be listening.
    pub fn send(&self, group: &Group) {
        if self.0.receiver_count() > 0 {
            let _ = self.0.send(group.clone());
        }
    }

    /// A feed of one space, from now on.
    pub fn watch(&self, space: Space) -> Box<dyn Changes> {
        Box::new(GroupFeed { space, receiver: self.0.subscribe() })
    }
}

/// One listener.
#[derive(Debug)]
pub struct GroupFeed {
    space: Space,
    receiver: broadcast::Receiver<Group>,
}

impl Changes for GroupFeed {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = ChangeEvent> + Send + '_>> {
        Box::pin(async move {
            loop {
                match self.receiver.recv().await {
                    Ok(group) if group.space == self.space => return ChangeEvent::Changed(group),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return ChangeEvent::Lost,
                    Err(RecvError::Closed) => return ChangeEvent::Closed,
                }
            }
        })
    }
}
