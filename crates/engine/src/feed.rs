//! A feed of changed groups, for those who watch in this process.

use std::future::Future;
use std::pin::Pin;

use parking_lot::RwLock;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{ChangeEvent, Changes, Group, Space};

/// Changes that a slow listener may fall behind before it is told `Lost`.
const BACKLOG: usize = 4096;

/// Sends changed groups to whoever watches, until it is closed.
#[derive(Debug)]
pub struct Feeds(RwLock<Option<broadcast::Sender<Option<Group>>>>);

impl Default for Feeds {
    fn default() -> Self {
        Self(RwLock::new(Some(broadcast::Sender::new(BACKLOG))))
    }
}

impl Feeds {
    /// A group has changed. Nobody may be listening.
    pub fn send(&self, group: &Group) {
        if let Some(sender) = &*self.0.read()
            && sender.receiver_count() > 0
        {
            let _ = sender.send(Some(group.clone()));
        }
    }

    /// Changes may have been missed: every listener hears so.
    pub fn lost(&self) {
        if let Some(sender) = &*self.0.read() {
            let _ = sender.send(None);
        }
    }

    /// There will be no more: listeners hear what was sent, then `Closed` for ever.
    pub fn close(&self) {
        self.0.write().take();
    }

    /// A feed of one space, from now on.
    pub fn watch(&self, space: Space) -> Box<dyn Changes> {
        let receiver = match &*self.0.read() {
            Some(sender) => sender.subscribe(),
            None => broadcast::channel(1).1,
        };
        Box::new(GroupFeed { space, receiver })
    }
}

/// One listener.
#[derive(Debug)]
pub struct GroupFeed {
    space: Space,
    receiver: broadcast::Receiver<Option<Group>>,
}

impl Changes for GroupFeed {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = ChangeEvent> + Send + '_>> {
        Box::pin(async move {
            loop {
                match self.receiver.recv().await {
                    Ok(Some(group)) if group.space == self.space => {
                        return ChangeEvent::Changed(group);
                    }
                    Ok(Some(_)) => {}
                    Ok(None) | Err(RecvError::Lagged(_)) => return ChangeEvent::Lost,
                    Err(RecvError::Closed) => return ChangeEvent::Closed,
                }
            }
        })
    }
}
