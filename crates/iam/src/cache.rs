//! Accounts in memory: read once, changed through here, and followed where others change them.
//!
//! Every change of an account expects its journal row as it was, and writes the next: so a change
//! is judged against exactly the state that it changes, and two servers never both win. Whoever
//! loses reads what has changed and judges again.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use engine::clock::Clock;
use engine::{
    ApplyError, Change, ChangeEvent, Cursor, Engine, Expectation, Expected, Group, PutRow, Row,
    RowRange, ScanLimit, Space, Table,
};
use parking_lot::RwLock;
use tokio::sync::Mutex;
use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::error::IamError;
use crate::patience::Patience;
use crate::quotas::Quotas;
use crate::row::{self, At, Edit, Journal, Record};
use crate::seal::{Seal, random};
use crate::used::{FLUSH_EVERY, Uses};

/// Rows of one scan.
const SCANNED_MAX: usize = 1000;
/// How often a change is judged, or an account read again, before that is given up.
const ATTEMPTS_MAX: usize = 50;

/// Accounts and everything in them. Clones are the same.
#[derive(Clone)]
pub struct Iam {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) seal: Arc<dyn Seal>,
    quotas: Quotas,
    pub(crate) patience: Patience,
    pub(crate) uses: Uses,
    slots: RwLock<HashMap<AccountId, Arc<Slot>>>,
}

/// One account's place.
struct Slot {
    id: AccountId,
    group: Group,
    /// None: not read yet, or changes were missed.
    current: ArcSwapOption<Account>,
    /// Held by whoever sets `current`.
    setting: Mutex<()>,
    /// Somebody has changed it, and whoever is to look waits for `setting`.
    stale: AtomicBool,
}

/// What an operation decided: the rows to change and what to answer.
pub(crate) struct Judged<T> {
    pub(crate) edits: Vec<Edit>,
    pub(crate) answer: T,
}

impl Judged<()> {
    pub(crate) fn of(edits: Vec<Edit>) -> Self {
        Self { edits, answer: () }
    }
}

impl Iam {
    pub(crate) fn new(
        engine: Arc<dyn Engine>,
        clock: Arc<dyn Clock>,
        (seal, quotas): (Arc<dyn Seal>, Quotas),
    ) -> Self {
        let (patience, uses, slots) = (Patience::default(), Uses::default(), RwLock::default());
        let inner = Inner { engine, clock, seal, quotas, patience, uses, slots };
        let iam = Self { inner: Arc::new(inner) };
        iam.follow();
        iam.flush_now_and_then();
        iam
    }

    /// How much an account may hold.
    pub fn quotas(&self) -> Quotas {
        self.inner.quotas
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// An account as it is. Changes made through this server are seen by the very next call, those
    /// of others when the engine tells of them.
    pub async fn account(&self, id: AccountId) -> Result<Arc<Account>, IamError> {
        let known = self.inner.slots.read().get(&id).cloned();
        if let Some(account) = known.as_ref().and_then(|it| it.current.load_full()) {
            return Ok(account);
        }
        // Boxed: it is rare, and large in every request's future otherwise.
        Box::pin(self.load(id, known)).await
    }

    async fn load(
        &self,
        id: AccountId,
        known: Option<Arc<Slot>>,
    ) -> Result<Arc<Account>, IamError> {
        // Ids come from access keys that anybody can make up: a slot is made for accounts only.
        let slot = match known {
            Some(slot) => slot,
            None => self.slot(id).await?,
        };
        let _setting = slot.setting.lock().await;
        if let Some(account) = slot.current.load_full() {
            return Ok(account);
        }
        self.inner.refresh(&slot).await
    }

    async fn slot(&self, id: AccountId) -> Result<Arc<Slot>, IamError> {
        let group = row::group(id);
        let there = self.inner.engine.get(&group, &At::Account.key()).await?;
        there.ok_or(IamError::NoSuchAccount(id))?;
        let slot = || {
            let (current, setting) = (ArcSwapOption::empty(), Mutex::default());
            Arc::new(Slot { id, group, current, setting, stale: AtomicBool::new(false) })
        };
        Ok(Arc::clone(self.inner.slots.write().entry(id).or_insert_with(slot)))
    }

    /// Changes an account: `judge` decides on a snapshot what to do, possibly several times. The
    /// change is durable when this returns what was decided of it.
    pub(crate) async fn change<T>(
        &self,
        id: AccountId,
        mut judge: impl FnMut(&Account) -> Result<Judged<T>, IamError>,
    ) -> Result<T, IamError> {
        let mut account = self.account(id).await?;
        let slot = self.inner.slots.read().get(&id).cloned().expect("a known account has one");
        let _setting = slot.setting.lock().await;
        if let Some(current) = slot.current.load_full() {
            account = current;
        }
        // Changes whose answers were lost: they may have happened, or may yet.
        let mut lost: Vec<(u64, T)> = Vec::new();
        for attempt in 0..ATTEMPTS_MAX {
            if let Some(at) = lost.iter().position(|it| account.journal.remembers(it.0)) {
                return Ok(lost.swap_remove(at).1);
            }
            let (edits, answer) = match judge(&account) {
                // The snapshot may lag behind another server's: no client is refused for that.
                Err(_) if attempt == 0 => {
                    account = self.inner.refresh(&slot).await?;
                    continue;
                }
                Err(error) => (vec![], Err(error)),
                Ok(judged) => (judged.edits, Ok(judged.answer)),
            };
            // With a lost change about, the journal goes on all the same: that shuts it out.
            if edits.is_empty() && lost.is_empty() {
                return answer;
            }
            let nonce = u64::from_le_bytes(random());
            let journal = account.journal.next(nonce, &edits);
            let change = change_of(&account.journal, &journal, &edits)?;
            match self.inner.engine.apply(&slot.group, change).await {
                Ok(_) => {
                    let next = account.with(edits, journal, &*self.inner.seal);
                    slot.current.store(Some(Arc::new(next)));
                    return answer;
                }
                Err(ApplyError::Mismatch(_)) => {}
                Err(ApplyError::Unknown) => lost.extend(answer.ok().map(|it| (nonce, it))),
                Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
                Err(ApplyError::Engine(error)) => return Err(error.into()),
            }
            account = self.inner.refresh(&slot).await?;
        }
        Err(IamError::Busy)
    }

    /// Writes last uses for as long as somebody has this.
    fn flush_now_and_then(&self) {
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(FLUSH_EVERY).await;
                let Some(inner) = inner.upgrade() else { return };
                inner.flush_uses().await;
            }
        });
    }

    /// Follows changes by others for as long as somebody has this.
    fn follow(&self) {
        let mut changes = self.inner.engine.watch(Space::SYSTEM);
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                let event = changes.next().await;
                let Some(inner) = inner.upgrade() else { return };
                match event {
                    ChangeEvent::Changed(group) => {
                        let Some(id) = row::account_of(&group) else { continue };
                        inner.catch_up(id);
                    }
                    ChangeEvent::Lost => inner.forget().await,
                    ChangeEvent::Closed => return,
                }
            }
        });
    }
}

/// The change that puts these edits and the next journal, if the journal is still as it was.
fn change_of(old: &Journal, new: &Journal, edits: &[Edit]) -> Result<Change, IamError> {
    let mut change = Change::default();
    let put = |at: &At, value: Bytes| PutRow { row: at.key(), value, blobs: vec![] };
    let is = match &old.row {
        None => Expected::Absent,
        Some(value) => Expected::Exactly(Row::of(value.clone())),
    };
    change.expect.push(Expectation { row: At::Journal.key(), is });
    change.put.extend(new.row.clone().map(|it| put(&At::Journal, it)));
    for edit in edits {
        match edit {
            Edit::Put(record) => change.put.push(put(&record.at(), record.encode()?)),
            Edit::Delete(at) => change.delete.push(at.key()),
        }
    }
    Ok(change)
}

impl Inner {
    /// Brings a slot up to date; its `setting` is held. What can't be read is forgotten.
    async fn refresh(&self, slot: &Slot) -> Result<Arc<Account>, IamError> {
        let read = self.read(slot).await;
        slot.current.store(read.as_ref().ok().cloned());
        read
    }

    /// The account as it is now: what is known and the rows that changed since, or all rows.
    async fn read(&self, slot: &Slot) -> Result<Arc<Account>, IamError> {
        let known = slot.current.load_full();
        let mut account = match known {
            Some(account) => account,
            None => Arc::new(self.read_all(slot).await?),
        };
        // A row may be newer than the journal that was read before it: read on until they agree.
        for _ in 0..ATTEMPTS_MAX {
            let journal = self.journal(slot).await?;
            if journal.number == account.journal.number {
                return Ok(account);
            }
            account = match journal.since(account.journal.number) {
                Some(rows) => {
                    let mut edits = Vec::with_capacity(rows.len());
                    for at in rows {
                        edits.extend(self.row(slot, at).await?);
                    }
                    Arc::new(account.with(edits, journal, &*self.seal))
                }
                None => Arc::new(self.read_all(slot).await?),
            };
        }
        Err(IamError::Busy)
    }

    async fn journal(&self, slot: &Slot) -> Result<Journal, IamError> {
        let row = self.engine.get(&slot.group, &At::Journal.key()).await?;
        Journal::of_row(row.map(|it| it.value))
    }

    async fn row(&self, slot: &Slot, at: At) -> Result<Option<Edit>, IamError> {
        Ok(match self.engine.get(&slot.group, &at.key()).await? {
            Some(row) => Record::decode(at, &row.value)?.map(Edit::Put),
            None => Some(Edit::Delete(at)),
        })
    }

    /// All rows, each at least as new as the journal that is the account's.
    async fn read_all(&self, slot: &Slot) -> Result<Account, IamError> {
        let journal = self.journal(slot).await?;
        let name = &slot.group.name;
        let mut range =
            RowRange { space: Space::SYSTEM, prefix: name.clone(), from: Cursor::Start };
        let mut edits = Vec::new();
        loop {
            let limit = ScanLimit::rows(SCANNED_MAX);
            let page = self.engine.scan(Table::Catalog, range.clone(), limit).await?;
            for entry in page.entries.into_iter().filter(|it| it.group == slot.group) {
                let damaged = || IamError::Damaged(format!("unknown row {:?}", entry.key.sub));
                let text = std::str::from_utf8(&entry.key.sub).map_err(|_| damaged())?;
                let at = At::parse(text).ok_or_else(damaged)?;
                edits.extend(Record::decode(at, &entry.row.value)?.map(Edit::Put));
            }
            match page.next {
                Some(next) => range.from = next,
                None => break,
            }
        }
        Ok(Account::empty(slot.id).with(edits, journal, &*self.seal))
    }

    /// What is in memory.
    pub(crate) fn known(&self, id: AccountId) -> Option<Arc<Account>> {
        self.slots.read().get(&id).and_then(|it| it.current.load_full())
    }

    /// Somebody has changed this account. Whoever follows changes doesn't wait: of an account that is
    /// changed by many at once it would miss some, and all its rows would be read again.
    fn catch_up(self: Arc<Self>, id: AccountId) {
        let slot = self.slots.read().get(&id).cloned();
        let Some(slot) = slot.filter(|it| !it.stale.swap(true, Ordering::AcqRel)) else { return };
        tokio::spawn(async move {
            let _setting = slot.setting.lock().await;
            slot.stale.store(false, Ordering::Release);
            // What nobody has asked for since changes were missed is read when somebody does.
            if slot.current.load().is_some()
                && let Err(error) = self.refresh(&slot).await
            {
                tracing::warn!(account = %id, %error, "an account can't be read again");
            }
        });
    }

    /// Changes were missed. With each slot's lock, so that nobody who is reading one stores it
    /// afterwards.
    async fn forget(&self) {
        let slots: Vec<_> = self.slots.read().values().cloned().collect();
        for slot in slots {
            let _setting = slot.setting.lock().await;
            slot.current.store(None);
        }
    }
}

impl Iam {
    /// Makes an account's rows if there are none.
    pub(crate) async fn found(&self, id: AccountId) -> Result<(), IamError> {
        let group = row::group(id);
        let row = At::Account.key();
        if self.inner.engine.get(&group, &row).await?.is_some() {
            return Ok(());
        }
        let record = Record::Account(row::AccountRow { created: self.now().millis() });
        let edits = [Edit::Put(record)];
        for _ in 0..ATTEMPTS_MAX {
            let nonce = u64::from_le_bytes(random());
            let (old, new) = (Journal::default(), Journal::default().next(nonce, &edits));
            match self.inner.engine.apply(&group, change_of(&old, &new, &edits)?).await {
                // Nobody but another server that does the same makes the first row.
                Ok(_) | Err(ApplyError::Mismatch(_)) => return Ok(()),
                Err(ApplyError::Unknown) => {}
                Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
                Err(ApplyError::Engine(error)) => return Err(error.into()),
            }
        }
        Err(IamError::Busy)
    }
}
