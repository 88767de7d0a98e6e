//! One account as a snapshot: everything that its rows say, in persistent maps. A request takes one and
//! keeps it; a change makes a new one, which shares what didn't change, down to the nodes of the maps.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use parking_lot::RwLock;
use rpds::{HashTrieMapSync, RedBlackTreeMapSync};
use types::{AccountId, Timestamp};

use crate::document::Document;
use crate::error::{IamError, Missing};
use crate::groups::Group;
use crate::id::{Kind, UniqueId};
use crate::identity::Identity;
use crate::keys::AccessKey;
use crate::managed;
use crate::name::folded;
use crate::passwords::LoginProfile;
use crate::policies::{ManagedPolicy, PolicyVersion};
use crate::row::{At, Edit, Journal, Record};
use crate::seal::{Seal, Secret};
use crate::settings::Settings;
use crate::users::User;

/// An account at one moment.
#[derive(Debug)]
pub struct Account {
    /// Its twelve digits.
    pub id: AccountId,
    /// When it was made.
    pub created: Timestamp,
    pub(crate) journal: Journal,
    pub(crate) users: Named<User>,
    pub(crate) groups: Named<Group>,
    pub(crate) policies: Named<ManagedPolicy>,
    pub(crate) settings: Settings,
    pub(crate) keys: HashTrieMapSync<Arc<str>, Arc<AccessKey>>,
    /// Worked out at a user's first request.
    identities: RwLock<HashMap<UniqueId, Arc<Identity>>>,
    /// The other way round, worked out when somebody asks.
    uses: OnceLock<Uses>,
}

/// Who holds what: users and groups say it the other way.
#[derive(Debug, Default)]
struct Uses {
    members: HashMap<UniqueId, Vec<Arc<User>>>,
    policies: HashMap<Arc<str>, PolicyUses>,
}

/// Who uses a managed policy, in order of names.
#[derive(Debug, Default)]
pub struct PolicyUses {
    /// The users that it is attached to.
    pub users: Vec<Arc<User>>,
    /// The groups that it is attached to.
    pub groups: Vec<Arc<Group>>,
    /// The users whose permissions boundary it is.
    pub bounded: Vec<Arc<User>>,
}

impl PolicyUses {
    /// `AttachmentCount`.
    pub fn attachments(&self) -> usize {
        self.users.len() + self.groups.len()
    }
}

/// Things that have a unique id and a name that is unique without regard to case.
#[derive(Clone, Debug)]
pub(crate) struct Named<T> {
    by_id: HashTrieMapSync<UniqueId, Arc<T>>,
    /// In the order in which they are listed.
    by_name: RedBlackTreeMapSync<Box<str>, UniqueId>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { by_id: HashTrieMapSync::default(), by_name: RedBlackTreeMapSync::default() }
    }
}

impl<T: Clone> Named<T> {
    pub(crate) fn len(&self) -> usize {
        self.by_id.size()
    }

    pub(crate) fn id(&self, id: UniqueId) -> Option<&Arc<T>> {
        self.by_id.get(&id)
    }

    pub(crate) fn name(&self, name: &str) -> Option<&Arc<T>> {
        let folded = match name.bytes().any(|it| it.is_ascii_uppercase()) {
            true => Cow::Owned(folded(name)),
            false => Cow::Borrowed(name),
        };
        self.by_id.get(self.by_name.get(&*folded)?)
    }

    /// In order of names.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<T>> {
        self.by_name.values().map(|id| &self.by_id[id])
    }

    fn put(&mut self, id: UniqueId, (old, new): (Option<&str>, &str), thing: T) {
        if old != Some(new) {
            self.remove_name(id, old);
            self.by_name.insert_mut(folded(new).into(), id);
        }
        self.by_id.insert_mut(id, Arc::new(thing));
    }

    /// Changes one in place; one that isn't there is left alone.
    fn change(&mut self, id: UniqueId, change: impl FnOnce(&mut T)) {
        if let Some(thing) = self.by_id.get_mut(&id) {
            change(Arc::make_mut(thing));
        }
    }

    fn remove(&mut self, id: UniqueId, name: &str) {
        self.remove_name(id, Some(name));
        self.by_id.remove_mut(&id);
    }

    /// Takes a name away from whom it belonged to, unless somebody else has it by now.
    fn remove_name(&mut self, id: UniqueId, name: Option<&str>) {
        let Some(name) = name.map(folded) else { return };
        if self.by_name.get(&*name) == Some(&id) {
            self.by_name.remove_mut(&*name);
        }
    }
}

impl Account {
    /// Without anything in it.
    pub(crate) fn empty(id: AccountId) -> Self {
        Self {
            id,
            created: Timestamp::default(),
            journal: Journal::default(),
            users: Named::default(),
            groups: Named::default(),
            policies: Named::default(),
            settings: Settings::default(),
            keys: HashTrieMapSync::default(),
            identities: RwLock::default(),
            uses: OnceLock::new(),
        }
    }

    /// After these edits. They may come in any order, as a reader who lags behind meets them.
    pub(crate) fn with(&self, mut edits: Vec<Edit>, journal: Journal, seal: &dyn Seal) -> Self {
        let mut next = Self {
            id: self.id,
            created: self.created,
            journal,
            users: self.users.clone(),
            groups: self.groups.clone(),
            policies: self.policies.clone(),
            settings: self.settings.clone(),
            keys: self.keys.clone(),
            identities: RwLock::default(),
            uses: OnceLock::new(),
        };
        // What belongs to something goes before it and comes after it.
        edits.sort_by_cached_key(Edit::at);
        for edit in edits.iter().rev() {
            if let Edit::Delete(at) = edit {
                next.delete(at);
            }
        }
        for edit in edits {
            if let Edit::Put(record) = edit {
                next.put(record, seal);
            }
        }
        next
    }

    fn put(&mut self, record: Record, seal: &dyn Seal) {
        match record {
            Record::Account(row) => self.created = Timestamp::from_millis(row.created),
            Record::Policy(id, row) => {
                let old = self.policies.id(id).cloned();
                let versions = old.as_ref().map_or_else(BTreeMap::new, |it| it.versions.clone());
                let old = old.as_ref().map(|it| it.name.as_str());
                let name = row.name.clone();
                let policy = ManagedPolicy::of_row(self.id, id, row, versions);
                self.policies.put(id, (old, &name), policy);
            }
            Record::Version(id, number, row) => self.policies.change(id, |policy| {
                policy.versions.insert(number, PolicyVersion::of_row(number, row));
            }),
            Record::User(id, row) => {
                let old = self.users.id(id).cloned();
                let name = row.name.clone();
                let user = User::of_row(self.id, id, row, old.as_deref());
                self.users.put(id, (old.as_ref().map(|it| it.name.as_str()), &name), user);
            }
            Record::Alias(row) => self.settings.alias = Some(row.alias),
            Record::PasswordPolicy(row) => self.settings.password_policy = Some(row),
            Record::PublicAccessBlock(row) => self.settings.public_access_block = Some(row),
            Record::Group(id, row) => {
                let old = self.groups.id(id).cloned();
                let name = row.name.clone();
                let group = Group::of_row(self.id, id, row, old.as_deref());
                self.groups.put(id, (old.as_ref().map(|it| it.name.as_str()), &name), group);
            }
            Record::Inline(id, name, row) => {
                let document = Arc::new(Document::stored(row.document));
                self.change_inline(id, |it| drop(it.insert(name, document)));
            }
            Record::Login(id, row) => {
                let login = Arc::new(LoginProfile::of_row(row));
                self.users.change(id, |it| it.login = Some(login));
            }
            Record::Used(..) => {}
            Record::AccessKey(id, row) => {
                let Some(user) = UniqueId::parse(&row.user, Kind::User) else { return };
                let id: Arc<str> = id.into();
                let opened = row.sealed();
                let opened = opened.and_then(|it| seal.open(&it, &AccessKey::purpose(&id)).ok());
                let secret = opened.and_then(Secret::from_bytes);
                if secret.is_none() {
                    tracing::error!(%id, "an access key can't be opened with this master key");
                }
                let mut key = AccessKey::of_row(Arc::clone(&id), user, row, secret);
                if let Some(old) = self.keys.get(&id) {
                    key.recent = Arc::clone(&old.recent);
                }
                self.keys.insert_mut(Arc::clone(&id), Arc::new(key));
                self.users.change(user, |it| {
                    it.keys.insert(id);
                });
            }
        }
    }

    fn delete(&mut self, at: &At) {
        match at {
            At::Journal | At::Account | At::Used(_) => {}
            At::Alias => self.settings.alias = None,
            At::PasswordPolicy => self.settings.password_policy = None,
            At::PublicAccessBlock => self.settings.public_access_block = None,
            At::Group(id) => {
                if let Some(group) = self.groups.id(*id).cloned() {
                    self.groups.remove(*id, &group.name);
                }
            }
            At::Login(id) => self.users.change(*id, |it| it.login = None),
            At::Policy(id) => {
                if let Some(policy) = self.policies.id(*id).cloned() {
                    self.policies.remove(*id, &policy.name);
                }
            }
            At::Version(id, number) => {
                self.policies.change(*id, |it| drop(it.versions.remove(number)));
            }
            At::User(id) => {
                if let Some(user) = self.users.id(*id).cloned() {
                    self.users.remove(*id, &user.name);
                }
            }
            At::Inline(id, name) => self.change_inline(*id, |it| drop(it.remove(name))),
            At::AccessKey(id) => {
                if let Some(key) = self.keys.get(&**id).cloned() {
                    self.keys.remove_mut(&**id);
                    self.users.change(key.user, |it| {
                        it.keys.remove(&key.id);
                    });
                }
            }
        }
    }

    /// The inline policies of a user or a group.
    fn change_inline(
        &mut self,
        id: UniqueId,
        change: impl FnOnce(&mut BTreeMap<String, Arc<Document>>),
    ) {
        match id.is(Kind::Group) {
            true => self.groups.change(id, |it| change(&mut it.inline)),
            false => self.users.change(id, |it| change(&mut it.inline)),
        }
    }

    /// A user by its name, in whatever case.
    pub fn user(&self, name: &str) -> Result<&Arc<User>, IamError> {
        let found = self.users.name(name);
        found.ok_or_else(|| Missing::User(name.to_owned()).into())
    }

    /// A user by its unique id.
    pub fn user_by_id(&self, id: UniqueId) -> Option<&Arc<User>> {
        self.users.id(id)
    }

    /// A user by its ARN, as policies name it.
    pub fn user_by_arn(&self, arn: &str) -> Option<&Arc<User>> {
        let (_, name) = arn.rsplit_once('/')?;
        self.users.name(name).filter(|it| *it.arn == *arn)
    }

    /// The users, in order of their names.
    pub fn users(&self) -> impl Iterator<Item = &Arc<User>> {
        self.users.all()
    }

    /// A group by its name, in whatever case.
    pub fn group(&self, name: &str) -> Result<&Arc<Group>, IamError> {
        let found = self.groups.name(name);
        found.ok_or_else(|| Missing::Group(name.to_owned()).into())
    }

    /// The groups, in order of their names.
    pub fn groups(&self) -> impl Iterator<Item = &Arc<Group>> {
        self.groups.all()
    }

    /// The groups that a user is in, in order of their names.
    pub fn groups_of(&self, user: &User) -> Vec<&Arc<Group>> {
        let mut groups: Vec<_> = user.groups.iter().filter_map(|it| self.groups.id(*it)).collect();
        groups.sort_by_cached_key(|it| folded(&it.name));
        groups
    }

    /// The users in a group, in order of their names.
    pub fn members(&self, group: UniqueId) -> &[Arc<User>] {
        self.uses().members.get(&group).map_or(&[], Vec::as_slice)
    }

    /// Who uses a managed policy.
    pub fn policy_uses(&self, arn: &str) -> &PolicyUses {
        static NOBODY: PolicyUses = PolicyUses { users: vec![], groups: vec![], bounded: vec![] };
        self.uses().policies.get(arn).unwrap_or(&NOBODY)
    }

    fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| {
            let mut uses = Uses::default();
            for user in self.users.all() {
                for group in &user.groups {
                    uses.members.entry(*group).or_default().push(Arc::clone(user));
                }
                for arn in &user.attached {
                    uses.policies.entry(Arc::clone(arn)).or_default().users.push(Arc::clone(user));
                }
                if let Some(arn) = &user.boundary {
                    let of = uses.policies.entry(Arc::clone(arn)).or_default();
                    of.bounded.push(Arc::clone(user));
                }
            }
            for group in self.groups.all() {
                for arn in &group.attached {
                    let of = uses.policies.entry(Arc::clone(arn)).or_default();
                    of.groups.push(Arc::clone(group));
                }
            }
            uses
        })
    }

    /// Managed policies that are attached somewhere, in order of their names.
    pub fn attached(&self, arns: &[Arc<str>]) -> Vec<&Arc<ManagedPolicy>> {
        let mut policies: Vec<_> = arns.iter().filter_map(|it| self.find_policy(it)).collect();
        policies.sort_by_cached_key(|it| folded(&it.name));
        policies
    }

    /// A managed policy by its ARN, AWS's own included.
    pub fn policy(&self, arn: &str) -> Result<&Arc<ManagedPolicy>, IamError> {
        let found = self.find_policy(arn);
        found.ok_or_else(|| Missing::Policy(arn.to_owned()).into())
    }

    /// A managed policy by its ARN, if there is one.
    pub fn find_policy(&self, arn: &str) -> Option<&Arc<ManagedPolicy>> {
        managed::get(arn).or_else(|| {
            let (_, name) = arn.rsplit_once('/')?;
            self.policies.name(name).filter(|it| *it.arn == *arn)
        })
    }

    /// The account's own managed policies, in order of their names.
    pub fn policies(&self) -> impl Iterator<Item = &Arc<ManagedPolicy>> {
        self.policies.all()
    }

    /// An access key by its id, active or not.
    pub fn key(&self, id: &str) -> Option<&Arc<AccessKey>> {
        self.keys.get(id)
    }

    /// A user's access keys, in order of their ids.
    pub fn keys_of(&self, user: &User) -> impl Iterator<Item = &Arc<AccessKey>> {
        user.keys.iter().filter_map(|it| self.keys.get(it))
    }

    /// What a user is in the eyes of policies, worked out once a snapshot.
    pub fn identity(&self, user: UniqueId) -> Option<Arc<Identity>> {
        if let Some(identity) = self.identities.read().get(&user) {
            return Some(Arc::clone(identity));
        }
        let identity = Arc::new(Identity::of(self, self.users.id(user)?));
        self.identities.write().insert(user, Arc::clone(&identity));
        Some(identity)
    }

    /// All that it says, for tests: two ways to the same state have to agree.
    #[cfg(test)]
    pub(crate) fn fingerprint(&self) -> String {
        let keys = self.keys.iter().map(|(id, it)| (id, (it.row(), &it.secret)));
        let keys: BTreeMap<_, _> = keys.collect();
        let users: Vec<_> = self.users.all().map(|it| (&**it, it.row())).collect();
        let (policies, groups) = (&self.policies, self.groups.all().collect::<Vec<_>>());
        let policies: Vec<_> = policies.all().collect();
        let settings = &self.settings;
        let text = format!("{users:?} {groups:?} {policies:?} {keys:?} {settings:?}");
        format!("{} {text}", self.journal.number)
    }
}
