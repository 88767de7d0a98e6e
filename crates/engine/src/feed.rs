//! A feed of changed groups, for those who watch in this process.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use parking_lot::RwLock;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{ChangeEvent, Changes, Group, Space};

/// Changes that a slow listener may fall behind before it is told `Lost`.
const BACKLOG: usize = 4096;

/// Sends changed groups to whoever watches their space, until it is closed.
#[derive(Debug)]
pub struct Feeds(RwLock<Option<Watched>>);

/// The spaces that somebody has watched. A change of any other wakes nobody: most are objects', and
/// who watches cares for configuration.
type Watched = HashMap<Space, broadcast::Sender<Option<Group>>>;

impl Default for Feeds {
    fn default() -> Self {
        Self(RwLock::new(Some(Watched::new())))
    }
}

impl Feeds {
    /// A group has changed. Nobody may be listening.
    pub fn send(&self, group: &Group) {
        if let Some(watched) = &*self.0.read()
            && let Some(sender) = watched.get(&group.space)
        {
            let _ = sender.send(Some(group.clone()));
        }
    }

    /// Changes may have been missed: every listener hears so.
    pub fn lost(&self) {
        for sender in self.0.read().iter().flat_map(HashMap::values) {
            let _ = sender.send(None);
        }
    }

    /// There will be no more: listeners hear what was sent, then `Closed` for ever.
    pub fn close(&self) {
        self.0.write().take();
    }

    /// A feed of one space, from now on.
    pub fn watch(&self, space: Space) -> Box<dyn Changes> {
        let receiver = match &mut *self.0.write() {
            Some(watched) => {
                watched.retain(|_, it| it.receiver_count() > 0);
                let sender = watched.entry(space);
                sender.or_insert_with(|| broadcast::Sender::new(BACKLOG)).subscribe()
            }
            None => broadcast::channel(1).1,
        };
        Box::new(GroupFeed { receiver })
    }
}

/// One listener.
#[derive(Debug)]
pub struct GroupFeed {
    receiver: broadcast::Receiver<Option<Group>>,
}

impl Changes for GroupFeed {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = ChangeEvent> + Send + '_>> {
        Box::pin(async move {
            match self.receiver.recv().await {
                Ok(Some(group)) => ChangeEvent::Changed(group),
                Ok(None) | Err(RecvError::Lagged(_)) => ChangeEvent::Lost,
                Err(RecvError::Closed) => ChangeEvent::Closed,
            }
        })
    }
}
