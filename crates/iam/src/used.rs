//! When access keys and passwords were last used: in memory at once, in rows at most once a minute. So
//! the server that was asked knows a key's newest use, another one that of a minute ago.
//!
//! These rows aren't part of an account's state: they are written without the journal, expecting only
//! that the account hasn't changed meanwhile, so that none is left behind by a key that goes.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use engine::{ApplyError, Change, Expectation, Expected, PutRow, Row};
use parking_lot::Mutex;
use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Inner};
use crate::error::IamError;
use crate::id::{Kind, UniqueId};
use crate::keys::AccessKey;
use crate::row::{At, Record, UsedRow, group};

/// How often uses are written.
pub(crate) const FLUSH_EVERY: Duration = Duration::from_secs(60);
/// Uses that wait to be written; more aren't remembered until then.
pub(crate) const WAITING_MAX: usize = 100_000;
/// Rows of one change.
const WRITTEN_MAX: usize = 500;

/// A last use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUsed {
    /// When, to the minute or better.
    pub at: Timestamp,
    /// `s3`, `iam`, `sts`.
    pub service: String,
    /// The region of the signature.
    pub region: String,
}

/// A key's last use at this server. Its service and region are those that were noted last.
#[derive(Debug, Default)]
pub(crate) struct RecentUse {
    at_ms: AtomicU64,
    /// The minute of the last use that was noted.
    minute: AtomicU64,
    /// What that was for, as a number.
    by: AtomicU64,
}

impl RecentUse {
    /// Whether service and region have to be noted, besides the time.
    fn note(&self, now: Timestamp, (service, region): (&str, &str)) -> bool {
        let (minute, by) = (now.seconds() / 60, number_of(service, region));
        self.at_ms.fetch_max(now.millis(), Relaxed);
        let noted = self.minute.load(Relaxed) == minute && self.by.load(Relaxed) == by;
        if !noted {
            self.minute.store(minute, Relaxed);
            self.by.store(by, Relaxed);
        }
        !noted
    }

    /// With the time of a later use that wasn't noted.
    fn newest(&self, used: LastUsed) -> LastUsed {
        let at = Timestamp::from_millis(self.at_ms.load(Relaxed));
        // Another server's use may be newer than ours, for another service.
        match number_of(&used.service, &used.region) == self.by.load(Relaxed) {
            true => LastUsed { at: used.at.max(at), ..used },
            false => used,
        }
    }
}

/// FNV-1a: two texts that meet by chance cost a use's region, no more.
fn number_of(service: &str, region: &str) -> u64 {
    let bytes = service.bytes().chain([0]).chain(region.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Uses that aren't written yet, by account and access key or user.
#[derive(Default)]
pub(crate) struct Uses(Mutex<HashMap<(AccountId, String), LastUsed>>);

impl Iam {
    /// An access key has signed a request at this time for this service and region. Costs three atomic accesses,
    /// but for the first one in a minute and where service or region are others than the last time.
    pub fn note_key_use(
        &self,
        (account, key): (AccountId, &AccessKey),
        at: Timestamp,
        by: (&str, &str),
    ) {
        if key.recent.note(at, by) {
            self.note_use((account, &key.id), at, by);
        }
    }

    pub(crate) fn note_use(
        &self,
        (account, id): (AccountId, &str),
        at: Timestamp,
        (service, region): (&str, &str),
    ) {
        let mut waiting = self.inner.uses.0.lock();
        if waiting.len() < WAITING_MAX {
            let (service, region) = (service.to_owned(), region.to_owned());
            let used = LastUsed { at, service, region };
            waiting.insert((account, id.to_owned()), used);
        }
    }

    /// GetAccessKeyLastUsed: by any server. None if it never was.
    pub async fn key_last_used(
        &self,
        account: AccountId,
        key: &str,
    ) -> Result<Option<LastUsed>, IamError> {
        let used = self.last_used(account, key).await?;
        let known = self.inner.known(account);
        let recent = known.as_ref().and_then(|it| Some(&it.key(key)?.recent));
        Ok(used.map(|used| match recent {
            Some(recent) => recent.newest(used),
            None => used,
        }))
    }

    /// When a user last signed in with its password.
    pub async fn password_last_used(
        &self,
        account: AccountId,
        user: UniqueId,
    ) -> Result<Option<Timestamp>, IamError> {
        Ok(self.last_used(account, user.as_str()).await?.map(|it| it.at))
    }

    async fn last_used(&self, account: AccountId, id: &str) -> Result<Option<LastUsed>, IamError> {
        let waiting = self.inner.uses.0.lock().get(&(account, id.to_owned())).cloned();
        let at = At::Used(id.to_owned());
        let row = self.inner.engine.get(&group(account), &at.key()).await?;
        let written = match row.map(|it| Record::decode(at, &it.value)).transpose()?.flatten() {
            Some(Record::Used(_, row)) => Some(LastUsed {
                at: Timestamp::from_millis(row.at),
                service: row.service,
                region: row.region,
            }),
            _ => None,
        };
        Ok(waiting.into_iter().chain(written).max_by_key(|it| it.at))
    }

    /// Writes the uses that wait. Once a minute this happens by itself; a server that stops does it
    /// once more.
    pub async fn flush_uses(&self) {
        self.inner.flush_uses().await;
    }
}

impl Inner {
    pub(crate) async fn flush_uses(&self) {
        let mut accounts: HashMap<AccountId, Vec<(String, LastUsed)>> = HashMap::new();
        for ((account, id), used) in self.uses.0.lock().iter() {
            accounts.entry(*account).or_default().push((id.clone(), used.clone()));
        }
        for (id, uses) in accounts {
            for some in uses.chunks(WRITTEN_MAX) {
                match self.write_uses(id, some).await {
                    Ok(()) => self.uses.written(id, some),
                    Err(error) => tracing::warn!(account = %id, %error, "last uses aren't written"),
                }
            }
        }
    }

    /// Rows of keys and passwords that there still are. If the account changes meanwhile, nothing is
    /// written and the uses wait for the next time.
    async fn write_uses(&self, id: AccountId, uses: &[(String, LastUsed)]) -> Result<(), IamError> {
        let Some(account) = self.known(id) else { return Err(IamError::Busy) };
        let Some(journal) = account.journal.row.clone() else { return Err(IamError::Busy) };
        let is = Expected::Exactly(Row::of(journal));
        let mut change = Change {
            expect: vec![Expectation { row: At::Journal.key(), is }],
            ..Change::default()
        };
        for (used_id, used) in uses.iter().filter(|it| is_there(&account, &it.0)) {
            let used = match account.key(used_id) {
                Some(key) => key.recent.newest(used.clone()),
                None => used.clone(),
            };
            let row = UsedRow { at: used.at.millis(), service: used.service, region: used.region };
            let record = Record::Used(used_id.clone(), row);
            let value = record.encode()?;
            change.put.push(PutRow { row: record.at().key(), value, blobs: vec![] });
        }
        match self.engine.apply(&group(id), change).await {
            Ok(_) => Ok(()),
            Err(ApplyError::Mismatch(_) | ApplyError::Unknown) => Err(IamError::Busy),
            Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
            Err(ApplyError::Engine(error)) => Err(error.into()),
        }
    }
}

fn is_there(account: &Arc<Account>, id: &str) -> bool {
    let user = UniqueId::parse(id, Kind::User).and_then(|it| account.user_by_id(it));
    account.key(id).is_some() || user.is_some_and(|it| it.login.is_some())
}

impl Uses {
    /// Forgets what was written, unless it was used again meanwhile.
    fn written(&self, account: AccountId, uses: &[(String, LastUsed)]) {
        let mut waiting = self.0.lock();
        for (id, used) in uses {
            let key = (account, id.clone());
            if waiting.get(&key) == Some(used) {
                waiting.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_its_newest_use_and_notes_one_a_minute() {
        let at = |ms| Timestamp::from_millis(ms);
        let used = |ms, service: &str| LastUsed {
            at: at(ms),
            service: service.into(),
            region: "r".into(),
        };
        let recent = RecentUse::default();
        assert!(recent.note(at(60_000), ("s3", "r")));
        assert!(!recent.note(at(119_999), ("s3", "r")), "the same minute");
        assert_eq!(recent.newest(used(60_000, "s3")), used(119_999, "s3"));
        assert_eq!(recent.newest(used(200_000, "s3")), used(200_000, "s3"), "of another server");
        assert!(recent.note(at(119_999), ("iam", "r")), "for another service");
        assert_eq!(recent.newest(used(1, "s3")), used(1, "s3"));
        assert!(recent.note(at(120_000), ("iam", "r")), "the next minute");
    }
}
