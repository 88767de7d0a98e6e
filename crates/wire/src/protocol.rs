//! How a request asks, which is also how it is answered: S3's REST, S3 Control's, or the AWS Query
//! protocol of IAM and STS.

use http::{HeaderMap, Method, header};

use crate::query::Query;
use crate::target::Target;

/// One of the protocols of the API's port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// S3: the path names bucket and key.
    S3,
    /// S3 Control: paths of its own below `/v20180820/`.
    S3Control,
    /// IAM and STS: a form names action and version, in the body or in the query.
    Query,
}

impl Protocol {
    /// Tells by what S3 itself has no use for: a form posted to the service, or an action and a
    /// version asked of it.
    pub fn of(method: &Method, target: &Target, query: &Query, headers: &HeaderMap) -> Self {
        let is_form = || {
            let kind = headers.get(header::CONTENT_TYPE).map(|it| it.as_bytes());
            let form = b"application/x-www-form-urlencoded";
            kind.is_some_and(|it| {
                it.len() >= form.len() && it[..form.len()].eq_ignore_ascii_case(form)
            })
        };
        match target {
            Target::Control(_) => Self::S3Control,
            Target::Service if method == Method::POST && is_form() => Self::Query,
            Target::Service if query.has("Action") && query.has("Version") => Self::Query,
            _ => Self::S3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_actions_are_of_the_query_protocol() {
        let (service, bucket) = (Target::Service, Target::Bucket("b".into()));
        let control = Target::Control("/tags/x".into());
        let action = "Action=ListUsers&Version=2010-05-08";
        let form = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
        for (method, target, query, kind, is) in [
            ("POST", &service, "", form, Protocol::Query),
            ("GET", &service, action, "", Protocol::Query),
            ("GET", &service, "Action=ListUsers", "", Protocol::S3),
            ("POST", &service, "", "text/plain", Protocol::S3),
            ("POST", &bucket, "", form, Protocol::S3),
            ("GET", &bucket, action, "", Protocol::S3),
            ("GET", &control, "", "", Protocol::S3Control),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            let query = Query::parse(query).unwrap();
            assert_eq!(Protocol::of(&method.parse().unwrap(), target, &query, &headers), is);
        }
    }
}
