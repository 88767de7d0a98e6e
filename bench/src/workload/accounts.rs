//! An account with many users and policies, made by IAM's own operations, and one user among them who
//! has as many policies as a user can have, so that what authorization costs can be measured.

use std::fmt::Write;

use super::{BUCKET, Steps, Workload, between, encoded, now};
use crate::connections::{Job, Sent, Source};
use crate::response::ExpectedBody;
use crate::signing::{Credentials, Signer};

/// Policies of the user that is measured, and statements of each policy.
pub const POLICIES_HELD: u64 = 10;
const STATEMENTS: u64 = 20;
/// The user that is measured.
const MEASURED: u64 = 0;

/// What a server has of them.
#[derive(Default)]
pub(super) struct Accounts {
    user: Option<Credentials>,
}

/// What is made at one go, in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The policies.
    Policies,
    /// The users.
    Users,
    /// A key for each user.
    Keys,
    /// The policies of the user that is measured.
    Held,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Many {
    /// Users.
    pub users: u64,
    /// Managed policies.
    pub policies: u64,
}

impl Many {
    /// The form that makes something of a stage; none: there is no more.
    fn form(self, stage: Stage, number: u64) -> Option<String> {
        let user = |number: u64| format!("UserName=user{number}");
        let attach = |number: u64, policy: u64| {
            let arn = format!("arn:aws:iam::{ACCOUNT}:policy/policy{policy}");
            format!("AttachUserPolicy&{}&PolicyArn={}", user(number), encoded(&arn))
        };
        Some(match stage {
            Stage::Policies if number < self.policies => {
                let document = encoded(&document(number));
                format!("CreatePolicy&PolicyName=policy{number}&PolicyDocument={document}")
            }
            Stage::Users if number < self.users => format!("CreateUser&{}", user(number)),
            Stage::Keys if number < self.users => format!("CreateAccessKey&{}", user(number)),
            Stage::Held if number < POLICIES_HELD.min(self.policies) => attach(MEASURED, number),
            _ => return None,
        })
    }
}

/// The account of servers that are started here.
pub const ACCOUNT: &str = "210987654321";

/// Statements about other buckets; the last one of the last policy that the user holds allows what is
/// measured, so that everything has to be looked at.
fn document(policy: u64) -> String {
    let mut text = r#"{"Version":"2012-10-17","Statement":["#.to_owned();
    for statement in 1..=STATEMENTS {
        let allows = statement == STATEMENTS && policy % POLICIES_HELD == POLICIES_HELD - 1;
        let resource = match allows {
            true => format!("{}/kept/*", &BUCKET[1..]),
            false => format!("bucket-{policy}-{statement}/*"),
        };
        let comma = if statement < STATEMENTS { "," } else { "]}" };
        let _ = write!(
            text,
            r#"{{"Sid":"S{statement}","Effect":"Allow","Action":["s3:Get*","s3:ListBucket"],"#
        );
        let _ = write!(text, r#""Resource":["arn:aws:s3:::{resource}"]}}{comma}"#);
    }
    text
}

impl<'a> Workload<'a> {
    /// Makes one stage of an account's users and policies.
    pub fn populate(&mut self, many: Many, stage: Stage) -> impl Source + use<'_, 'a> {
        self.signer = Signer::new((&self.credentials, "iam"), &self.host, now());
        let mut number = 0;
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| {
                let form = many.form(stage, number)?;
                number += 1;
                Some(it.iam(&form, number - 1, head))
            },
            done: move |it: &mut Self, tag, document: &str| {
                if stage == Stage::Keys && tag == MEASURED {
                    let of = |name: &str| {
                        between(document, &format!("<{name}>"), &format!("</{name}>"))
                            .map(Into::into)
                    };
                    let pair = of("AccessKeyId").zip(of("SecretAccessKey"));
                    it.accounts.user =
                        pair.map(|(access_key, secret)| Credentials { access_key, secret });
                }
            },
            workload: self,
        }
    }

    /// Signs from now on as the user that is measured.
    pub(super) fn sign_as_user(&mut self) {
        let user = self.accounts.user.as_ref().expect("the account is made before its cells");
        self.signer = Signer::new((user, "s3"), &self.host, now());
    }

    fn iam(&mut self, action: &str, tag: u64, head: &mut Vec<u8>) -> Job {
        self.path = "/".into();
        let form = format!("Version=2010-05-08&Action={action}");
        let mut job = self.job("POST", Some(Sent::Document(form.into())), 200, head, tag);
        job.expected.body = ExpectedBody::Saying("<RequestId>".into());
        job
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_holds_ten_policies_of_which_one_allows() {
        let many = Many { users: 3, policies: 20 };
        let forms = |stage| (0..).map_while(|it| many.form(stage, it)).collect::<Vec<_>>();
        assert_eq!(forms(Stage::Policies).len(), 20);
        assert_eq!(forms(Stage::Users)[2], "CreateUser&UserName=user2");
        assert_eq!(forms(Stage::Keys).len(), 3);
        let held = forms(Stage::Held);
        assert_eq!(held.len() as u64, POLICIES_HELD);
        assert!(held.iter().all(|it| it.starts_with("AttachUserPolicy&UserName=user0&")));
        let allows = |policy: &u64| document(*policy).contains("onggi-bench/kept/*");
        assert_eq!((0..10).filter(allows).collect::<Vec<_>>(), [9]);
        // A managed policy has at most 6,144 characters.
        assert!(document(999).len() < 6144);
        assert_eq!(document(999).matches("\"Sid\"").count() as u64, STATEMENTS);
    }
}
