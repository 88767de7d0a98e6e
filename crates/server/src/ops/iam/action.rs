//! What the operations of IAM have in common: an account's snapshot is at hand, policies are asked
//! about ARNs that stand in it, the answer is a document.

use std::sync::Arc;

use engine::EngineError;
use iam::{Account, Iam, IamError, Kind, Tag, UniqueId, User};
use policy::Requester;
use types::{AccountId, Arn};
use wire::output::QueryOutput;
use wire::{Code, Error, Operation, QueryInput, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::caller::Caller;
use crate::pipeline::{Answer, Exchange, Handler};

/// An operation of IAM: a row of the table and a file in this folder.
pub(crate) trait Action: Sized {
    /// What it is asked.
    type Input: QueryInput + Send;
    /// What it answers.
    type Output: QueryOutput;

    /// What the policies are asked before it is done: at least one question.
    fn asks(on: &On, input: &Self::Input) -> Result<Vec<Ask>, Stop>;

    /// Does it.
    fn act(
        on: &On,
        iam: &Iam,
        input: Self::Input,
    ) -> impl Future<Output = Result<Self::Output, Stop>> + Send;
}

impl<A: Action> Handler for A {
    type Input = A::Input;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        A::Input::decode(head)
    }

    /// The first question; the others are asked when that is answered.
    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        let mut asks = A::asks(&On::of(exchange), input).map_err(Stop::into_error)?;
        Ok(Some(asks.swap_remove(0)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let on = On::of(exchange);
        for ask in A::asks(&on, &input).map_err(Stop::into_error)?.iter().skip(1) {
            exchange.authorize::<Self>(ask)?;
        }
        let output = A::act(&on, permit.iam(), input).await.map_err(Stop::into_error)?;
        Ok(exchange.answer(&output))
    }
}

/// Whom an operation is done by, and on which account.
pub(crate) struct On {
    /// The account when the request came.
    pub(crate) account: Arc<Account>,
    operation: &'static Operation,
    caller: Caller,
}

impl On {
    fn of(exchange: &Exchange<'_>) -> Self {
        let (account, operation) = (exchange.account(), exchange.operation);
        Self { account, operation, caller: exchange.caller.clone() }
    }

    /// The account's id.
    pub(crate) fn id(&self) -> AccountId {
        self.account.id
    }

    /// Who asks.
    pub(crate) fn arn(&self) -> String {
        self.caller.requester().arn().unwrap_or_default()
    }

    /// The user who asks; none if it is root.
    pub(crate) fn caller(&self) -> Option<&Arc<User>> {
        match self.caller.requester() {
            Requester::User { id, .. } => self.account.user_by_id(UniqueId::parse(id, Kind::User)?),
            _ => None,
        }
    }

    /// The name of the user that is meant: the one who asks if none is named.
    pub(crate) fn named(&self, name: &Option<String>) -> Result<String, Stop> {
        match (name, self.caller()) {
            (Some(name), _) => Ok(name.clone()),
            (None, Some(user)) => Ok(user.name.clone()),
            (None, None) => Err(Error::new(Code::ValidationError)
                .message("Must specify userName when calling with non-User credentials")
                .into()),
        }
    }

    /// Whether root means itself.
    pub(crate) fn is_root(&self, name: &Option<String>) -> bool {
        name.is_none() && self.caller().is_none()
    }

    /// Refuses a user who isn't there. Root is.
    pub(crate) fn check_named(&self, name: &Option<String>) -> Result<(), Stop> {
        if !self.is_root(name) {
            self.account.user(&self.named(name)?)?;
        }
        Ok(())
    }

    /// A question about a resource: the table's action.
    pub(crate) fn ask(&self, resource: Arn) -> Ask {
        let action = self.operation.actions.first().expect("every operation of IAM has one");
        Ask::new(action, resource)
    }

    /// A question about what has no name: `user/`, `group/`, or below them.
    pub(crate) fn ask_of_all(&self, kind: &str, prefix: &Option<String>) -> Ask {
        let prefix = prefix.as_deref().unwrap_or("/");
        self.ask(Arn::iam(self.id(), &format!("{kind}{prefix}")))
    }

    /// A question about the one who is meant: the one who asks if nobody is named.
    pub(crate) fn ask_of_named(&self, name: &Option<String>) -> Ask {
        match self.named(name) {
            Ok(name) => self.ask_of_user(&name),
            Err(_) => self.ask(self.id().root_arn()),
        }
    }

    /// A question about a user, who needn't be there: then it has no path.
    pub(crate) fn ask_of_user(&self, name: &str) -> Ask {
        match self.account.user(name) {
            Ok(user) => self.ask(Arn::given(&user.arn)).with_resource_tags(&user.tags),
            Err(_) => self.ask(Arn::iam(self.id(), &format!("user/{name}"))),
        }
    }

    /// A question about a group, which needn't be there: then it has no path.
    pub(crate) fn ask_of_group(&self, name: &str) -> Ask {
        match self.account.group(name) {
            Ok(group) => self.ask(Arn::given(&group.arn)),
            Err(_) => self.ask(Arn::iam(self.id(), &format!("group/{name}"))),
        }
    }

    /// A question about a managed policy.
    pub(crate) fn ask_of_policy(&self, arn: &str) -> Ask {
        let ask = self.ask(Arn::given(arn));
        match self.account.policy(arn) {
            Ok(policy) => ask.with_resource_tags(&policy.tags),
            Err(_) => ask,
        }
    }

    /// A question about what a user's policies are: who may be asked only of users with a certain
    /// boundary.
    pub(crate) fn with_boundary(&self, ask: Ask, user: &str) -> Ask {
        match self.account.user(user).ok().and_then(|it| it.boundary.as_deref()) {
            Some(boundary) => ask.with("iam:PermissionsBoundary", boundary),
            None => ask,
        }
    }
}

impl Ask {
    /// With the tags of what it is about.
    pub(crate) fn with_resource_tags(mut self, tags: &[Tag]) -> Self {
        for tag in tags {
            self = self.with(format!("aws:ResourceTag/{}", tag.key), &tag.value);
            self = self.with(format!("iam:ResourceTag/{}", tag.key), &tag.value);
        }
        self
    }
}

/// Why an operation isn't done: what IAM says, or what stands here.
pub(crate) enum Stop {
    Iam(IamError),
    Wire(Error),
}

impl From<IamError> for Stop {
    fn from(error: IamError) -> Self {
        Self::Iam(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Wire(error)
    }
}

impl Stop {
    fn into_error(self) -> Error {
        match self {
            Self::Iam(error) => error_of(error),
            Self::Wire(error) => error,
        }
    }
}

/// What a client is told of an error of IAM's.
pub(crate) fn error_of(error: IamError) -> Error {
    let code = match error {
        IamError::NoSuchEntity(_) => Code::NoSuchEntity,
        IamError::AlreadyExists(_) => Code::EntityAlreadyExists,
        IamError::DeleteConflict(_) => Code::DeleteConflict,
        IamError::LimitExceeded(_) => Code::LimitExceeded,
        IamError::Invalid(_) => Code::ValidationError,
        IamError::DuplicateTagKeys(_) => Code::InvalidInput,
        IamError::PasswordPolicyViolation(_) => Code::PasswordPolicyViolation,
        IamError::WrongPassword | IamError::NotYours(_) => Code::AccessDenied,
        IamError::TooManyPasswords => Code::Throttling,
        IamError::MalformedPolicyDocument(_) => Code::MalformedPolicyDocument,
        // What only the log is told.
        IamError::Unsealable | IamError::Damaged(_) | IamError::NoSuchAccount(_) => {
            return Error::new(Code::InternalError).because(error);
        }
        IamError::Busy => return Error::new(Code::ServiceUnavailable).because(error),
        IamError::Engine(EngineError::Full) => return Error::new(Code::InsufficientStorage),
        IamError::Engine(error) => return Error::new(Code::ServiceUnavailable).because(error),
    };
    Error::new(code).message(error.to_string())
}
