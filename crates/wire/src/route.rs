//! Which operation a request is, by method, target, query and headers; before authentication, so
//! that a refused request is named in the log too.

use http::{HeaderMap, HeaderName, Method};

use crate::error::Error;
use crate::generated::errors::Code;
use crate::generated::operations::{
    BUCKET_ROUTES, CONTROL_ROUTES, IAM_ACTIONS, OBJECT_ROUTES, OperationId, SERVICE_ROUTES,
    STS_ACTIONS,
};
use crate::operation::Operation;
use crate::query::Query;
use crate::target::Target;

// Looked for in every request: as a text it would be parsed each time.
static COPY_SOURCE: HeaderName = HeaderName::from_static("x-amz-copy-source");

/// What tells an operation of S3 apart from others on the same kind of target.
#[derive(Debug)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// Query parameters that must be there, some with a value.
    pub query: &'static [(&'static str, Option<&'static str>)],
    /// Headers that must be there.
    pub headers: &'static [&'static str],
    /// The operation.
    pub id: OperationId,
}

/// The same for S3 Control, whose operations have paths of their own.
#[derive(Debug)]
pub struct ControlRoute {
    /// The HTTP method.
    pub method: &'static str,
    /// `{Name}` stands for a segment, `{Name+}` for the rest.
    pub path: &'static str,
    /// Query parameters that must be there.
    pub query: &'static [(&'static str, Option<&'static str>)],
    /// The operation.
    pub id: OperationId,
}

/// Finds the operation of a REST request. Parameters that no operation knows change nothing.
pub fn route(
    method: &Method,
    target: &Target,
    query: &Query,
    headers: &HeaderMap,
) -> Result<&'static Operation, Error> {
    // HeadObject and GetObject differ in nothing else; preflights are known by their method alone.
    if method == Method::OPTIONS && target.bucket().is_some() {
        return Ok(OperationId::OptionsObject.operation());
    }
    let routes = match target {
        Target::Service => SERVICE_ROUTES,
        Target::Bucket(_) => BUCKET_ROUTES,
        Target::Object { .. } => OBJECT_ROUTES,
        Target::Control(path) => return control(method, path, query, target),
        Target::Own(_) => return Err(not_allowed(method, target)),
    };
    if let Target::Object { .. } = target {
        check_subresources(method, query)?;
    }
    let copies = headers.contains_key(&COPY_SOURCE);
    if copies && (method != Method::PUT && (method != Method::POST || query.has("uploadId"))) {
        let source = headers[&COPY_SOURCE].as_bytes();
        return Err(Error::argument("x-amz-copy-source", String::from_utf8_lossy(source))
            .message("You can only specify a copy source header for copy requests."));
    }
    let name = method.as_str();
    // Most routes want a parameter, and most requests have none.
    let fits = |it: &&Route| {
        has_all(query, it.query)
            && it.method == name
            // A presigned URL may carry the header in its query.
            && it.headers.iter().all(|name| headers.contains_key(*name) || carries(query, name))
    };
    if let Some(found) = routes.iter().find(fits) {
        return Ok(found.id.operation());
    }
    match target {
        // Also what isn't a form: S3 then says that it should be one.
        Target::Bucket(_) if method == Method::POST => Ok(OperationId::PostObject.operation()),
        _ => Err(not_allowed(method, target)),
    }
}

/// Parameters that an object has no use for as they stand, where S3 doesn't pass them over.
fn check_subresources(method: &Method, query: &Query) -> Result<(), Error> {
    let refused = |why: &str| Err(Error::new(Code::InvalidRequest).message(why.to_owned()));
    match *method {
        Method::GET if query.has("uploads") => {
            refused("Key is not expected for the GET method ?uploads subresource")
        }
        Method::GET if query.has("versions") => {
            refused("There is no such thing as the ?versions sub-resource for a key")
        }
        Method::PUT if query.has("partNumber") && !query.has("uploadId") => {
            Err(Error::argument("partNumber", query.get("partNumber").unwrap_or_default())
                .message("This operation does not accept partNumber without uploadId"))
        }
        Method::PUT if query.has("uploadId") && !query.has("partNumber") => {
            Err(Error::new(Code::MethodNotAllowed)
                .with("Method", "PUT")
                .with("ResourceType", "UPLOAD")
                .header("allow", "DELETE, POST, GET"))
        }
        _ => Ok(()),
    }
}

/// Whether a parameter of this name can make another operation of a request to a bucket or an object.
pub(crate) fn tells_operations_apart(name: &str) -> bool {
    let routes = BUCKET_ROUTES.iter().chain(OBJECT_ROUTES);
    routes.flat_map(|it| it.query).any(|(wanted, _)| *wanted == name)
}

/// Whether a query carries a header, whose name is the same in any case ([`crate::auth::hoisted`]).
fn carries(query: &Query, header: &str) -> bool {
    query.pairs().iter().any(|(name, _)| name.eq_ignore_ascii_case(header))
}

fn has_all(query: &Query, wanted: &[(&str, Option<&str>)]) -> bool {
    wanted.iter().all(|(name, value)| match (query.get(name), value) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(is), Some(value)) => is == *value,
    })
}

fn not_allowed(method: &Method, target: &Target) -> Error {
    let kind = match target {
        Target::Bucket(_) => "BUCKET",
        Target::Object { .. } => "OBJECT",
        Target::Service | Target::Control(_) | Target::Own(_) => "SERVICE",
    };
    Error::new(Code::MethodNotAllowed).with("Method", method.to_string()).with("ResourceType", kind)
}

fn control(
    method: &Method,
    path: &str,
    query: &Query,
    target: &Target,
) -> Result<&'static Operation, Error> {
    let fits = |it: &&ControlRoute| {
        let template = it.path.strip_prefix("/v20180820").unwrap_or(it.path);
        it.method == method.as_str() && has_all(query, it.query) && path_fits(template, path)
    };
    // `{Mrap+}` takes what `{Mrap+}/policy` is for, too: the one with more words in it is meant.
    let words = |it: &&ControlRoute| it.path.split('/').filter(|it| !it.starts_with('{')).count();
    let marks = |it: &&ControlRoute| (words(it), it.query.len());
    let found = CONTROL_ROUTES.iter().filter(fits).max_by_key(marks);
    let found = found.ok_or_else(|| not_allowed(method, target))?;
    Ok(found.id.operation())
}

fn path_fits(template: &str, path: &str) -> bool {
    let fits = |(wanted, is): (&str, &str)| match wanted.starts_with('{') {
        true => !is.is_empty(),
        false => wanted == is,
    };
    let all_fit = |template: &str, path: &str| {
        let same = template.split('/').count() == path.split('/').count();
        same && template.split('/').zip(path.split('/')).all(fits)
    };
    // At most one name takes several segments: what stands around it must fit at both ends.
    let Some((before, rest)) = template.split_once('{').filter(|_| template.contains("+}")) else {
        return all_fit(template, path);
    };
    let Some((_, after)) = rest.split_once("+}").filter(|(name, _)| !name.contains('/')) else {
        return false;
    };
    let middle = path.strip_prefix(before).and_then(|it| it.strip_suffix(after));
    middle.is_some_and(|it| !it.is_empty())
}

/// Longest action or version that is said back: a form may have a million characters of it.
const ACTION_CHARACTERS_MAX: usize = 128;

/// Finds the operation of an AWS Query request (IAM and STS) by its form's `Action` and `Version`.
pub fn route_action(action: &str, version: Option<&str>) -> Result<&'static Operation, Error> {
    if action.is_empty() {
        return Err(Error::new(Code::MissingAction));
    }
    let of = |table: &[(&str, OperationId)]| {
        table.iter().find(|(name, _)| *name == action).map(|(_, id)| id.operation())
    };
    let found = match version {
        Some("2010-05-08") => of(IAM_ACTIONS),
        Some("2011-06-15") => of(STS_ACTIONS),
        _ => None,
    };
    found.ok_or_else(|| {
        let short = |text: &str| text.chars().take(ACTION_CHARACTERS_MAX).collect::<String>();
        let (action, version) = (short(action), short(version.unwrap_or("(none)")));
        Error::new(Code::InvalidAction)
            .message(format!("Could not find operation {action} for version {version}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(method: &str, target: &Target, query: &str, header: Option<&str>) -> &'static str {
        let mut headers = HeaderMap::new();
        if let Some(name) = header {
            headers.insert(name.parse::<http::HeaderName>().unwrap(), "x".parse().unwrap());
        }
        let query = Query::parse(query).unwrap();
        match route(&method.parse().unwrap(), target, &query, &headers) {
            Ok(operation) => operation.name,
            Err(error) => error.code().as_str(),
        }
    }

    fn object() -> Target {
        Target::Object { bucket: "b".into(), key: "k".into() }
    }

    #[test]
    fn requests_find_their_operation() {
        let (service, bucket, object) = (Target::Service, Target::Bucket("b".into()), object());
        for (method, target, query, header, name) in [
            ("GET", &service, "", None, "ListBuckets"),
            ("PUT", &bucket, "", None, "CreateBucket"),
            ("GET", &bucket, "", None, "ListObjects"),
            ("GET", &bucket, "list-type=2&prefix=a", None, "ListObjectsV2"),
            ("GET", &bucket, "versions", None, "ListObjectVersions"),
            ("GET", &bucket, "uploads", None, "ListMultipartUploads"),
            ("GET", &bucket, "analytics", None, "ListBucketAnalyticsConfigurations"),
            ("GET", &bucket, "analytics&id=1", None, "GetBucketAnalyticsConfiguration"),
            ("GET", &bucket, "lifecycle", None, "GetBucketLifecycleConfiguration"),
            ("POST", &bucket, "delete", None, "DeleteObjects"),
            ("POST", &bucket, "", None, "PostObject"),
            ("GET", &object, "v=3&x-id=GetObject", None, "GetObject"),
            ("GET", &object, "uploadId=u", None, "ListParts"),
            ("HEAD", &object, "partNumber=1", None, "HeadObject"),
            ("PUT", &object, "", None, "PutObject"),
            ("PUT", &object, "", Some("x-amz-copy-source"), "CopyObject"),
            ("PUT", &object, "x-amz-copy-source=b/k", None, "CopyObject"),
            ("PUT", &object, "X-Amz-Copy-Source=b/k", None, "CopyObject"),
            ("PUT", &object, "partNumber=1&uploadId=u", None, "UploadPart"),
            (
                "PUT",
                &object,
                "partNumber=1&uploadId=u",
                Some("x-amz-copy-source"),
                "UploadPartCopy",
            ),
            ("POST", &object, "uploads", None, "CreateMultipartUpload"),
            ("POST", &object, "uploadId=u", None, "CompleteMultipartUpload"),
            ("DELETE", &object, "uploadId=u", None, "AbortMultipartUpload"),
            ("DELETE", &object, "", None, "DeleteObject"),
            ("PUT", &object, "tagging", None, "PutObjectTagging"),
            ("PATCH", &object, "", None, "MethodNotAllowed"),
            ("GET", &object, "uploads", None, "InvalidRequest"),
            ("GET", &object, "versions", None, "InvalidRequest"),
            ("PUT", &object, "partNumber=1", None, "InvalidArgument"),
            ("PUT", &object, "uploadId=u", None, "MethodNotAllowed"),
            ("GET", &object, "", Some("x-amz-copy-source"), "InvalidArgument"),
            ("HEAD", &bucket, "", Some("x-amz-copy-source"), "InvalidArgument"),
            ("DELETE", &object, "", Some("x-amz-copy-source"), "InvalidArgument"),
            ("POST", &object, "uploadId=u", Some("x-amz-copy-source"), "InvalidArgument"),
            ("POST", &object, "uploads", Some("x-amz-copy-source"), "CreateMultipartUpload"),
            ("OPTIONS", &object, "", None, "OptionsObject"),
            ("OPTIONS", &bucket, "cors", None, "OptionsObject"),
            ("OPTIONS", &service, "", None, "MethodNotAllowed"),
        ] {
            assert_eq!(named(method, target, query, header), name, "{method} {target:?} ?{query}");
        }
    }

    #[test]
    fn every_route_finds_its_own_operation() {
        let levels = [
            (SERVICE_ROUTES, Target::Service),
            (BUCKET_ROUTES, Target::Bucket("b".into())),
            (OBJECT_ROUTES, object()),
        ];
        let mut count = 0;
        for (routes, target) in levels {
            for it in routes {
                let pairs = it.query.iter().map(|(k, v)| format!("{k}={}", v.unwrap_or("1")));
                let query = pairs.collect::<Vec<_>>().join("&");
                let header = it.headers.first().copied();
                assert_eq!(named(it.method, &target, &query, header), it.id.operation().name);
                count += 1;
            }
        }
        // Of the 116 four are old names and two live on hosts of their own.
        assert_eq!(count, 110);
    }

    #[test]
    fn s3_control_is_told_by_its_path() {
        for (method, path, name) in [
            ("PUT", "/configuration/publicAccessBlock", "PutPublicAccessBlock"),
            ("GET", "/tags/arn:aws:s3:::b/x", "ListTagsForResource"),
            ("GET", "/jobs/1", "DescribeJob"),
            ("GET", "/mrap/instances/a/b", "GetMultiRegionAccessPoint"),
            ("GET", "/mrap/instances/a/b/policy", "GetMultiRegionAccessPointPolicy"),
            ("GET", "/mrap/instances/", "MethodNotAllowed"),
            ("GET", "/nowhere", "MethodNotAllowed"),
        ] {
            assert_eq!(named(method, &Target::Control(path.into()), "", None), name, "{path}");
        }
    }

    #[test]
    fn query_actions_are_told_by_action_and_version() {
        assert_eq!(route_action("CreateUser", Some("2010-05-08")).unwrap().name, "CreateUser");
        assert_eq!(
            route_action("GetCallerIdentity", Some("2011-06-15")).unwrap().id,
            OperationId::StsGetCallerIdentity
        );
        for (action, version) in [("CreateUser", Some("2011-06-15")), ("X", None)] {
            assert_eq!(route_action(action, version).unwrap_err().code(), Code::InvalidAction);
        }
    }
}
