//! Host and path to what a request is about: a bucket, a key in it, or the service.
//!
//! Path style (`/bucket/key`) on any host, virtual-host style (`bucket.DOMAIN/key`) below the domains
//! that are configured and `localhost`. S3 Control's clients put the account's twelve digits before the
//! host (`123456789012.DOMAIN/v20180820/...`). The path is percent-decoded exactly once; nothing in it is
//! normalised: `..`, `//`, `%2F` and a trailing slash belong to the key.

use memchr::memchr;
use percent_encoding::percent_decode_str;
use types::KEY_BYTES_MAX;

use crate::error::Error;
use crate::generated::errors::Code;

/// Paths that belong to Onggi itself, on hosts that name no bucket. No bucket name begins with `_`.
const OWN_PATHS: &str = "/_onggi/";

/// Paths of S3 Control.
const CONTROL_PATHS: &str = "/v20180820/";

/// The domains below which a label is a bucket.
#[derive(Clone, Debug)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// These domains and `localhost`. Lower case, without a port.
    pub fn new(domains: &[String]) -> Self {
        let local = "localhost".to_owned();
        Self(domains.iter().cloned().chain([local]).collect())
    }

    /// Whether a host names a bucket.
    pub fn names_bucket(&self, host: &str) -> bool {
        self.bucket(host).is_some()
    }

    /// The bucket that a host names; none if it names the service.
    fn bucket<'a>(&self, host: &'a str) -> Option<&'a str> {
        let name = without_port(host);
        self.0.iter().find_map(|domain| {
            let rest = name.len().checked_sub(domain.len() + 1)?;
            let (bucket, end) = name.split_at_checked(rest)?;
            let below = end.strip_prefix('.').is_some_and(|it| it.eq_ignore_ascii_case(domain));
            (below && !bucket.is_empty()).then_some(bucket)
        })
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// What a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// No bucket: S3's own root, and IAM and STS.
    Service,
    /// A bucket.
    Bucket(String),
    /// A key in a bucket.
    Object {
        /// The bucket, as it was named: not checked.
        bucket: String,
        /// 1 to 1,024 bytes.
        key: String,
    },
    /// S3 Control: the decoded path behind `/v20180820`.
    Control(String),
    /// Onggi's own: the path behind `/_onggi/`.
    Own(String),
}

impl Target {
    /// Reads host (as in the `Host` header, with or without a port) and raw path. `account` is
    /// `x-amz-account-id`, which every request of S3 Control has.
    pub fn of(hosts: &Hosts, host: &str, path: &str, account: Option<&str>) -> Result<Self, Error> {
        let invalid = || Error::new(Code::InvalidURI);
        let rest = path.strip_prefix('/').ok_or_else(invalid)?;
        let control = || Some(format!("/{}", path.strip_prefix(CONTROL_PATHS)?));
        if let Some(bucket) = hosts.bucket(host) {
            // A bucket may be called like an account, and a key in it begin like S3 Control's paths.
            return match control().filter(|_| account == Some(bucket)) {
                Some(path) => Ok(Self::Control(decoded(&path)?)),
                None => Self::in_bucket(bucket.to_ascii_lowercase(), rest),
            };
        }
        if let Some(own) = path.strip_prefix(OWN_PATHS) {
            return Ok(Self::Own(own.to_owned()));
        }
        if let Some(path) = control() {
            return Ok(Self::Control(decoded(&path)?));
        }
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        match (bucket, key) {
            ("", "") => Ok(Self::Service),
            ("", _) => Err(invalid()),
            _ => Self::in_bucket(decoded(bucket)?, key),
        }
    }

    fn in_bucket(bucket: String, raw_key: &str) -> Result<Self, Error> {
        if raw_key.is_empty() {
            return Ok(Self::Bucket(bucket));
        }
        let key = decoded(raw_key)?;
        if key.len() > KEY_BYTES_MAX {
            return Err(Error::new(Code::KeyTooLongError)
                .with("Size", key.len().to_string())
                .with("MaxSizeAllowed", KEY_BYTES_MAX.to_string()));
        }
        Ok(Self::Object { bucket, key })
    }

    /// The bucket's name as the request has it.
    pub fn bucket(&self) -> Option<&str> {
        match self {
            Self::Bucket(bucket) | Self::Object { bucket, .. } => Some(bucket),
            Self::Service | Self::Control(_) | Self::Own(_) => None,
        }
    }

    /// The key.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Object { key, .. } => Some(key),
            _ => None,
        }
    }
}

fn decoded(text: &str) -> Result<String, Error> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Ok(text.to_owned());
    }
    // A lone per cent sign is no text either.
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('%') {
        if !after.as_bytes().get(..2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit)) {
            return Err(Error::new(Code::InvalidURI));
        }
        rest = after;
    }
    let text = percent_decode_str(text).decode_utf8();
    text.map(Into::into).map_err(|_| Error::new(Code::InvalidURI))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target(host: &str, path: &str) -> Result<Target, Code> {
        let hosts = Hosts::new(&["s3.example.com".into()]);
        Target::of(&hosts, host, path, None).map_err(|e| e.code())
    }

    fn object(bucket: &str, key: &str) -> Result<Target, Code> {
        Ok(Target::Object { bucket: bucket.into(), key: key.into() })
    }

    #[test]
    fn path_style() {
        assert_eq!(target("127.0.0.1:9000", "/"), Ok(Target::Service));
        assert_eq!(target("127.0.0.1:9000", "/b"), Ok(Target::Bucket("b".into())));
        assert_eq!(target("localhost:9000", "/b/"), Ok(Target::Bucket("b".into())));
        assert_eq!(target("s3.example.com", "/b/k"), object("b", "k"));
        assert_eq!(target("elsewhere.org", "/b/k/"), object("b", "k/"));
        assert_eq!(target("[::1]:9000", "/b/k"), object("b", "k"));
    }

    #[test]
    fn virtual_host_style() {
        assert_eq!(target("b.localhost:9000", "/"), Ok(Target::Bucket("b".into())));
        assert_eq!(target("a.b.S3.example.com", "/x/y"), object("a.b", "x/y"));
        assert_eq!(target("b.localhost", "/_onggi/metrics"), object("b", "_onggi/metrics"));
        assert_eq!(target(".localhost", "/b"), Ok(Target::Bucket("b".into())));
    }

    #[test]
    fn keys_are_kept_as_they_are() {
        for (path, key) in [
            ("/b/../x", "../x"),
            ("/b//x", "/x"),
            ("/b/a%2Fb", "a/b"),
            ("/b/a%252F", "a%2F"),
            ("/b/a+b%20c", "a+b c"),
            ("/b/%EC%98%B9", "옹"),
            ("/b/.", "."),
        ] {
            assert_eq!(target("h", path), object("b", key), "{path}");
        }
        // Hangul composed and decomposed are two keys.
        assert_ne!(target("h", "/b/%ED%95%9C"), target("h", "/b/%E1%84%92%E1%85%A1%E1%86%AB"));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "b", "//k", "/b/%", "/b/%4", "/b/%zz", "/b/%ff"] {
            assert_eq!(target("h", path), Err(Code::InvalidURI), "{path}");
        }
        assert!(target("h", &format!("/b/{}", "k".repeat(1024))).is_ok());
        assert_eq!(target("h", &format!("/b/{}", "k".repeat(1025))), Err(Code::KeyTooLongError));
    }

    #[test]
    fn own_paths_and_s3_control() {
        assert_eq!(target("h", "/_onggi/health/live"), Ok(Target::Own("health/live".into())));
        assert_eq!(
            target("h", "/v20180820/configuration/publicAccessBlock"),
            Ok(Target::Control("/configuration/publicAccessBlock".into()))
        );
    }

    #[test]
    fn s3_controls_clients_put_the_account_before_the_host() {
        let hosts = Hosts::new(&["s3.example.com".into()]);
        let (path, id) = ("/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Ab", "123456789012");
        let control = Target::Control("/tags/arn:aws:s3:::b".into());
        for host in ["127.0.0.1:9000", "localhost:9000", "s3.example.com", "elsewhere.org"] {
            let of = |host: &str| Target::of(&hosts, host, path, Some(id)).unwrap();
            assert_eq!(of(&format!("{id}.{host}")), control, "{host}");
            assert_eq!(of(host), control, "{host}");
        }
        // A bucket of that name is still one.
        let key = |account| Target::of(&hosts, "123456789012.localhost", path, account).unwrap();
        let object = object(id, "v20180820/tags/arn:aws:s3:::b").unwrap();
        assert_eq!([key(None), key(Some("210987654321"))], [object.clone(), object]);
        let other = Target::of(&hosts, "123456789012.localhost", "/k", Some(id));
        assert_eq!(other.unwrap(), Target::Object { bucket: id.into(), key: "k".into() });
    }

    proptest! {
        #[test]
        fn any_host_and_path_are_read_or_refused(host in ".{0,30}", path in "/?[ -~]{0,40}") {
            let _ = target(&host, &path);
        }
    }
}
