//! Changes that other gateways make: each watches one object, and tells it the groups that it changes
//! in the catalog. A change is acknowledged when the others have heard, or after a second.
//!
//! A watch that breaks may have missed something: then the caches here are told so, at once and again
//! when there is a new watch.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use engine::{Feeds, Group, Space};

use crate::gateways::GatewayId;
use crate::layout::FEED_OBJECT;
use crate::librados::{Errno, Listener, Pool, Step, Watch};
use crate::shared::Shared;

/// Without a word from the watcher for so long the cluster drops a watch. It must be no shorter than
/// [`NOTIFY_WAIT`], so that a watcher either hears or is told that it is none any more.
const WATCH_SECONDS: u32 = 30;
/// How long the cluster waits for watchers that don't answer.
const NOTIFY_WAIT: Duration = Duration::from_secs(30);
/// How long a change waits for them.
const TELL_WAIT: Duration = Duration::from_secs(1);
/// How often a notification that failed is sent again.
const TELL_TRIES: usize = 10;

/// This gateway's watch.
pub(crate) struct Feed {
    pool: Pool,
    ear: Arc<Ear>,
    watch: Option<Watch>,
}

struct Ear {
    me: GatewayId,
    feeds: Arc<Feeds>,
    failed: AtomicBool,
}

fn encode(from: GatewayId, group: &Group) -> Bytes {
    let mut word = BytesMut::with_capacity(16 + group.name.len());
    word.put_u64_le(from.0);
    word.put_u64_le(group.space.0);
    word.put_slice(&group.name);
    word.freeze()
}

fn decode(word: &[u8]) -> Option<(GatewayId, Group)> {
    let (from, rest) = word.split_first_chunk::<8>()?;
    let (space, name) = rest.split_first_chunk::<8>()?;
    let group = Group::new(Space(u64::from_le_bytes(*space)), Bytes::copy_from_slice(name));
    Some((GatewayId(u64::from_le_bytes(*from)), group))
}

impl Listener for Ear {
    fn heard(&self, what: &[u8]) {
        match decode(what) {
            Some((from, _)) if from == self.me => {}
            Some((_, group)) => self.feeds.send(&group),
            None => self.feeds.lost(),
        }
    }

    fn failed(&self) {
        self.failed.store(true, Ordering::SeqCst);
        self.feeds.lost();
    }
}

impl Feed {
    /// Begins to listen.
    pub(crate) async fn begin(
        pool: &Pool,
        me: GatewayId,
        feeds: Arc<Feeds>,
    ) -> Result<Self, Errno> {
        pool.write(FEED_OBJECT, vec![Step::Create]).await?;
        let ear = Arc::new(Ear { me, feeds, failed: AtomicBool::new(false) });
        let mut feed = Self { pool: pool.clone(), ear, watch: None };
        feed.listen().await?;
        Ok(feed)
    }

    async fn listen(&mut self) -> Result<(), Errno> {
        let (pool, ear) = (self.pool.clone(), Arc::clone(&self.ear));
        let watch = move || pool.watch(FEED_OBJECT, WATCH_SECONDS, ear);
        let watch = tokio::task::spawn_blocking(watch).await.map_err(|_| Errno::SHUT_DOWN)?;
        self.watch = Some(watch?);
        Ok(())
    }

    /// Listens again if it has to.
    pub(crate) async fn check(&mut self) {
        let lives = self.watch.as_ref().is_some_and(Watch::lives);
        if lives && !self.ear.failed.load(Ordering::SeqCst) {
            return;
        }
        self.ear.feeds.lost();
        self.end().await;
        self.ear.failed.store(false, Ordering::SeqCst);
        match self.listen().await {
            // What was said in between nobody heard.
            Ok(()) => self.ear.feeds.lost(),
            Err(error) => tracing::warn!(%error, "can't listen to other gateways yet"),
        }
    }

    pub(crate) async fn end(&mut self) {
        if let Some(watch) = self.watch.take() {
            let _ = tokio::task::spawn_blocking(move || watch.end()).await;
        }
    }
}

impl Shared {
    /// Tells the other gateways of a change, and waits a little until they have heard.
    pub(crate) async fn tell(self: &Arc<Self>, group: &Group) {
        let (shared, word) = (Arc::clone(self), encode(self.gateway, group));
        let told = tokio::spawn(async move {
            for _ in 0..TELL_TRIES {
                match shared.index.notify(FEED_OBJECT, &word, NOTIFY_WAIT).await {
                    Ok(()) | Err(Errno::SHUT_DOWN) => return,
                    Err(error) => tracing::debug!(%error, "telling other gateways"),
                }
                tokio::time::sleep(TELL_WAIT).await;
            }
        });
        let _ = tokio::time::timeout(TELL_WAIT, told).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_back_and_nonsense_is_none() {
        let group = Group::new(Space(7), &b"bucket/a\0b"[..]);
        assert_eq!(decode(&encode(GatewayId(3), &group)), Some((GatewayId(3), group)));
        assert_eq!(decode(b"short"), None);
    }
}
