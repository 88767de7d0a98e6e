//! Login profiles: Create-, Update-, DeleteLoginProfile, ChangePassword, and the proof of a password.

use std::sync::Arc;
use std::time::Duration;

use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::error::{Existing, IamError, Invalid, Missing, PasswordFault};
use crate::id::UniqueId;
use crate::name;
use crate::password::{self, Hashed};
use crate::password_policy::{EARLIER_MAX, PASSWORD_CHARACTERS_MAX};
use crate::row::{At, Edit, LoginRow, Record};
use crate::users::User;

/// Tries of an operation that others keep disturbing: a password's hash was checked that isn't the
/// user's any more.
const ATTEMPTS_MAX: usize = 5;
/// How long somebody waits for a turn whose user's password is being guessed.
const TURN_WAIT: Duration = Duration::from_secs(10);

/// A user's login profile.
#[derive(Clone, Debug, PartialEq)]
pub struct LoginProfile {
    /// When it was made.
    pub created: Timestamp,
    /// When the password was set.
    pub changed: Timestamp,
    /// The next sign-in has to set another.
    pub reset_required: bool,
    pub(crate) hash: Arc<Hashed>,
    pub(crate) earlier: Vec<Hashed>,
}

/// What a right password is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// To sign in.
    Welcome(UniqueId),
    /// To set another password first: a reset is required, or it has expired.
    ChangeFirst(UniqueId),
    /// Nothing: it has expired, and the password policy says that only an administrator may set
    /// another (`HardExpiry`).
    Expired(UniqueId),
}

impl LoginProfile {
    pub(crate) fn of_row(row: LoginRow) -> Self {
        Self {
            created: Timestamp::from_millis(row.created),
            changed: Timestamp::from_millis(row.changed),
            reset_required: row.reset_required,
            hash: Arc::new(row.hash),
            earlier: row.earlier,
        }
    }

    fn row(&self) -> LoginRow {
        LoginRow {
            created: self.created.millis(),
            changed: self.changed.millis(),
            reset_required: self.reset_required,
            hash: (*self.hash).clone(),
            earlier: self.earlier.clone(),
        }
    }

    /// The row with another password.
    fn with(&self, hash: Hashed, now: Timestamp) -> LoginRow {
        let mut earlier = vec![(*self.hash).clone()];
        earlier.extend(self.earlier.iter().take(EARLIER_MAX - 1).cloned());
        LoginRow { changed: now.millis(), hash, earlier, ..self.row() }
    }

    /// The newest passwords, the one that holds first.
    fn newest(&self, count: u32) -> Vec<Hashed> {
        let all = std::iter::once(&*self.hash).chain(&self.earlier);
        all.take(count as usize).cloned().collect()
    }
}

fn check_characters(field: &'static str, password: &str) -> Result<(), IamError> {
    name::check_length(field, password, 1, PASSWORD_CHARACTERS_MAX)?;
    let fits = |it: char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{ff}');
    match password.chars().all(fits) {
        true => Ok(()),
        false => Err(Invalid::PasswordCharacters(field).into()),
    }
}

impl User {
    /// The login profile.
    pub fn login(&self) -> Result<&LoginProfile, IamError> {
        self.login.as_deref().ok_or_else(|| Missing::LoginProfile(self.name.clone()).into())
    }
}

impl Iam {
    /// CreateLoginProfile.
    pub async fn create_login_profile(
        &self,
        account: AccountId,
        user: &str,
        (password, reset_required): (&str, bool),
    ) -> Result<LoginProfile, IamError> {
        check_characters("password", password)?;
        let judge = |account: &Account| {
            let user = account.user(user)?;
            if user.login.is_some() {
                return Err(IamError::from(Existing::LoginProfile(user.name.clone())));
            }
            account.check_password(password)?;
            Ok(user.id)
        };
        // What is refused anyway isn't worth a hash.
        judge(&*self.account(account).await?)?;
        let hash = password::hashed(password).await;
        let now = self.now().millis();
        self.change(account, |account| {
            let id = judge(account)?;
            let (hash, earlier) = (hash.clone(), vec![]);
            let row = LoginRow { created: now, changed: now, reset_required, hash, earlier };
            let answer = LoginProfile::of_row(row.clone());
            Ok(Judged { edits: vec![Edit::Put(Record::Login(id, row))], answer })
        })
        .await
    }

    /// UpdateLoginProfile: another password, another `PasswordResetRequired`, both or neither.
    pub async fn update_login_profile(
        &self,
        account: AccountId,
        user: &str,
        (password, reset_required): (Option<&str>, Option<bool>),
    ) -> Result<(), IamError> {
        let Some(password) = password else {
            return self
                .change_user(account, user, |_, user| {
                    let mut row = user.login()?.row();
                    row.reset_required = reset_required.unwrap_or(row.reset_required);
                    Ok(vec![Edit::Put(Record::Login(user.id, row))])
                })
                .await;
        };
        check_characters("password", password)?;
        self.set_password(account, user, password, reset_required, None).await
    }

    /// DeleteLoginProfile.
    pub async fn delete_login_profile(
        &self,
        account: AccountId,
        user: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            user.login()?;
            let used = At::Used(user.id.to_string());
            Ok(vec![Edit::Delete(At::Login(user.id)), Edit::Delete(used)])
        })
        .await
    }

    /// ChangePassword: by the user itself, who proves the old one.
    pub async fn change_password(
        &self,
        account: AccountId,
        user: &str,
        (old, new): (&str, &str),
    ) -> Result<(), IamError> {
        check_characters("oldPassword", old)?;
        check_characters("newPassword", new)?;
        let proven = self.account(account).await?.user(user)?.login()?.hash.clone();
        let _turn = self.prove(("change", account, user), old, Some(Arc::clone(&proven))).await?;
        self.set_password(account, user, new, Some(false), Some(proven)).await
    }

    /// Sets a password that the policy allows. `proven`: only while this one holds.
    async fn set_password(
        &self,
        id: AccountId,
        user: &str,
        password: &str,
        reset_required: Option<bool>,
        proven: Option<Arc<Hashed>>,
    ) -> Result<(), IamError> {
        let mut hash = None;
        for _ in 0..ATTEMPTS_MAX {
            let account = self.account(id).await?;
            let login = account.user(user)?.login()?;
            if proven.as_ref().is_some_and(|it| **it != *login.hash) {
                return Err(IamError::WrongPassword);
            }
            account.check_password(password)?;
            let count = account.reuse_prevention();
            if count > 0 && password::is_one_of(password, login.newest(count)).await {
                return Err(PasswordFault::Reused(count).into());
            }
            let new = match &hash {
                Some(hash) => Hashed::clone(hash),
                None => hash.insert(password::hashed(password).await).clone(),
            };
            let now = self.now();
            let set = self.change(id, |account| {
                let user = account.user(user)?;
                // Other passwords or another policy than were checked: check again.
                if user.login()? != login || account.reuse_prevention() != count {
                    return Ok(Judged { edits: vec![], answer: false });
                }
                account.check_password(password)?;
                let mut row = login.with(new.clone(), now);
                row.reset_required = reset_required.unwrap_or(row.reset_required);
                let edits = vec![Edit::Put(Record::Login(user.id, row))];
                Ok(Judged { edits, answer: true })
            });
            if set.await? {
                return Ok(());
            }
        }
        Err(IamError::Busy)
    }

    /// Proves a user's password for signing in to a console. Takes as long, and answers the same, for
    /// users who aren't there, who have no password, and for wrong passwords.
    pub async fn sign_in(
        &self,
        id: AccountId,
        (user, password): (&str, &str),
    ) -> Result<SignIn, IamError> {
        let login = |account: &Account| {
            let user = account.user(user).ok()?;
            Some((user.id, user.login.clone()?))
        };
        let account = self.account(id).await?;
        let found = login(&account);
        let hash = found.as_ref().map(|it| Arc::clone(&it.1.hash));
        let _turn = self.prove(("sign-in", id, user), password, hash).await?;
        let (user, login) = found.expect("nobody's password is never right");
        let expired = account.has_expired(login.changed, self.now());
        let hard = account.password_policy().is_ok_and(|it| it.hard_expiry);
        Ok(match (expired, login.reset_required) {
            (true, _) if hard => SignIn::Expired(user),
            (false, false) => {
                self.note_use((id, user.as_str()), self.now(), ("", ""));
                SignIn::Welcome(user)
            }
            _ => SignIn::ChangeFirst(user),
        })
    }

    /// Compares; a wrong password costs time, the more the more there were, and meanwhile the next
    /// one waits.
    async fn prove(
        &self,
        (purpose, account, user): (&str, AccountId, &str),
        password: &str,
        hash: Option<Arc<Hashed>>,
    ) -> Result<crate::patience::Turn<'_>, IamError> {
        let who = format!("{purpose}/{account}/{}", name::folded(user));
        let turn = self.inner.patience.turn(&who, TURN_WAIT).await;
        let mut turn = turn.ok_or(IamError::TooManyPasswords)?;
        match password::is_right(password, hash).await {
            true => {
                turn.forgive();
                Ok(turn)
            }
            false => {
                let delay = turn.wrong(self.now());
                tokio::time::sleep(delay).await;
                Err(IamError::WrongPassword)
            }
        }
    }
}
