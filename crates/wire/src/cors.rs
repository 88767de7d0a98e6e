//! A bucket's rules for pages of other origins: which are rules, which one a request meets, and what
//! its answer then says.
//!
//! Sources: "Using cross-origin resource sharing (CORS)" and "CORS configuration" (S3 User Guide),
//! "PutBucketCors" and "OPTIONS object" (S3 API Reference); the answers' headers as S3 gives them.
//! Leaves to others: where the rules are kept, and permissions: a rule grants nothing.

use http::Method;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, VARY,
};

use crate::error::Error;
use crate::generated::documents::{CORSConfiguration, CORSRule};
use crate::generated::errors::Code;
use crate::generated::outputs::GetBucketCorsOutput;
use crate::output::Output;
use crate::xml::Element;

/// Most rules of a bucket ("CORSConfiguration", S3 API Reference).
pub const RULES_MAX: usize = 100;
/// Longest document, in bytes ("PutBucketCors", S3 API Reference).
pub const DOCUMENT_BYTES_MAX: u64 = 64 << 10;
/// Longest id of a rule, in characters ("CORSRule", S3 API Reference).
pub const ID_CHARACTERS_MAX: usize = 255;

/// What a rule can allow ("CORSRule", S3 API Reference).
const METHODS: [&str; 5] = ["GET", "PUT", "HEAD", "POST", "DELETE"];
/// On what the headers of an answer depend.
const VARIES_BY: &str = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
const ROOT: &str = "CORSConfiguration";

/// Rules that hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Cors {
    rules: Vec<CORSRule>,
}

impl Cors {
    /// Reads what a client wants the rules to be, or S3's error.
    pub fn read(document: &[u8]) -> Result<Self, Error> {
        let rules = CORSConfiguration::read(&Element::parse(document, ROOT)?)?.cors_rules;
        if rules.len() > RULES_MAX {
            return Err(refused(format!(
                "The number of CORS rules should not exceed allowed limit of {RULES_MAX} rules."
            )));
        }
        rules.iter().try_for_each(check)?;
        Ok(Self { rules })
    }

    /// The rules as they are kept, for [`Self::read`].
    pub fn to_document(&self) -> String {
        self.to_output().body().expect("rules are a document")
    }

    /// The rules as GetBucketCors answers them.
    pub fn to_output(&self) -> GetBucketCorsOutput {
        GetBucketCorsOutput { cors_rules: self.rules.clone() }
    }

    /// What the answer to a request says of the first rule that it meets; nothing if it meets none.
    pub fn answer(&self, request: &CorsRequest<'_>) -> HeaderMap {
        let met = self.rules.iter().find_map(|rule| Some((rule, request.meets(rule)?)));
        met.map(|(rule, origin)| request.headers(rule, origin)).unwrap_or_default()
    }
}

fn refused(why: String) -> Error {
    Error::new(Code::InvalidRequest).message(why)
}

fn check(rule: &CORSRule) -> Result<(), Error> {
    let several = |it: &&String| it.matches('*').count() > 1;
    if let Some(it) = rule.allowed_methods.iter().find(|it| !METHODS.contains(&it.as_str())) {
        let why = "Found unsupported HTTP method in CORS config. Unsupported method is";
        return Err(refused(format!("{why} {it}")));
    }
    if let Some(it) = rule.allowed_origins.iter().find(several) {
        return Err(refused(format!(
            "AllowedOrigin \"{it}\" can not have more than one wildcard."
        )));
    }
    if let Some(it) = rule.allowed_headers.iter().find(several) {
        return Err(refused(format!(
            "AllowedHeader \"{it}\" can not have more than one wildcard."
        )));
    }
    if let Some(it) = rule.expose_headers.iter().find(|it| it.contains('*')) {
        return Err(refused(format!(
            "ExposeHeader \"{it}\" contains wildcard. We currently do not support wildcard for \
             ExposeHeader."
        )));
    }
    if rule.id.as_ref().is_some_and(|it| it.chars().count() > ID_CHARACTERS_MAX) {
        return Err(Error::new(Code::InvalidArgument)
            .message(format!("The ID should not exceed {ID_CHARACTERS_MAX} characters"))
            .with("ArgumentName", "ID"));
    }
    let invalid = |it: &&String| !is_name(it.as_bytes());
    if let Some(it) = rule.allowed_headers.iter().find(invalid) {
        return Err(refused(format!("AllowedHeader \"{it}\" contains invalid character.")));
    }
    if let Some(it) = rule.expose_headers.iter().find(invalid) {
        return Err(refused(format!("ExposeHeader \"{it}\" contains invalid character.")));
    }
    // Less than none is taken, as on AWS.
    if rule.max_age_seconds.is_some_and(|it| i32::try_from(it).is_err()) {
        return Err(Error::new(Code::MalformedXML));
    }
    Ok(())
}

/// The characters of a header's name ("token" of RFC 9110, 5.6.2), `*` among them.
fn is_name(bytes: &[u8]) -> bool {
    bytes.iter().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(it))
}

/// What a request says of where it comes from.
#[derive(Clone, Debug)]
pub struct CorsRequest<'a> {
    origin: &'a HeaderValue,
    method: &'a str,
    /// What it will send, in lower case.
    headers: Vec<String>,
}

impl<'a> CorsRequest<'a> {
    /// Reads the headers of any request; none if it doesn't come from another origin. S3 takes those
    /// of a preflight for the request itself if they are there.
    pub fn of(method: &'a Method, headers: &'a HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|it: &HeaderValue| it.to_str().ok());
        let asked = text(ACCESS_CONTROL_REQUEST_HEADERS).unwrap_or_default();
        let asked = asked.split(',').map(str::trim).filter(|it| !it.is_empty());
        Some(Self {
            origin: headers.get(ORIGIN).filter(|it| !it.is_empty())?,
            method: text(ACCESS_CONTROL_REQUEST_METHOD).unwrap_or(method.as_str()),
            headers: asked.map(str::to_ascii_lowercase).collect(),
        })
    }

    /// Reads a preflight. `method` is OPTIONS.
    pub fn of_preflight(method: &'a Method, headers: &'a HeaderMap) -> Result<Self, Error> {
        let request = Self::of(method, headers).ok_or_else(|| {
            Error::new(Code::BadRequest)
                .message("Insufficient information. Origin request header needed.")
        })?;
        let asked = headers.get(ACCESS_CONTROL_REQUEST_HEADERS).map(HeaderValue::as_bytes);
        let mut asked = asked.unwrap_or_default().split(|it| *it == b',').map(<[u8]>::trim_ascii);
        if let Some(it) = asked.find(|it| !is_name(it)) {
            let it = String::from_utf8_lossy(it);
            return Err(Error::new(Code::BadRequest).message(format!(
                "Access-Control-Request-Headers \"{it}\" contains invalid character."
            )));
        }
        let known = METHODS.contains(&request.method);
        if !known && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
            return Err(invalid_method(request.method));
        }
        Ok(request)
    }

    /// The answer to a preflight: the headers, or why not. `rules` are the bucket's, if it has any;
    /// `is_object`, whether the path names a key.
    pub fn preflight(&self, rules: Option<&Cors>, is_object: bool) -> Result<HeaderMap, Error> {
        let Some(rules) = rules else {
            return Err(self.forbidden("CORS is not enabled for this bucket.", false));
        };
        if !METHODS.contains(&self.method) {
            return Err(invalid_method("null"));
        }
        let headers = rules.answer(self);
        if headers.is_empty() {
            // The misspelled word is AWS's.
            let why = "This CORS request is not allowed. This is usually because the evalution of \
                       Origin, request method / Access-Control-Request-Method or \
                       Access-Control-Request-Headers are not whitelisted by the resource's CORS \
                       spec.";
            return Err(self.forbidden(why, is_object));
        }
        Ok(headers)
    }

    /// The answer to a preflight for a bucket that there isn't.
    pub fn no_such_bucket(&self) -> Error {
        self.forbidden("Bucket not found", false)
    }

    fn forbidden(&self, why: &str, is_object: bool) -> Error {
        Error::new(Code::AccessForbidden)
            .message(format!("CORSResponse: {why}"))
            .with("Method", self.method)
            .with("ResourceType", if is_object { "OBJECT" } else { "BUCKET" })
    }

    /// The origin of a rule that the request meets.
    fn meets<'r>(&self, rule: &'r CORSRule) -> Option<&'r str> {
        let text = self.origin.to_str().ok()?;
        let origin = rule.allowed_origins.iter().find(|it| matches(it, text))?;
        let allowed = |header: &String| {
            rule.allowed_headers.iter().any(|it| matches(&it.to_ascii_lowercase(), header))
        };
        let all = rule.allowed_methods.iter().any(|it| it == self.method)
            && self.headers.iter().all(allowed);
        all.then_some(origin)
    }

    fn headers(&self, rule: &CORSRule, origin: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: String| {
            // A rule may expose what is no header's name.
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                headers.insert(name, value);
            }
        };
        put(ACCESS_CONTROL_ALLOW_METHODS, rule.allowed_methods.join(", "));
        if !self.headers.is_empty() {
            put(ACCESS_CONTROL_ALLOW_HEADERS, self.headers.join(", "));
        }
        if !rule.expose_headers.is_empty() {
            put(ACCESS_CONTROL_EXPOSE_HEADERS, rule.expose_headers.join(", "));
        }
        if let Some(seconds) = rule.max_age_seconds {
            put(ACCESS_CONTROL_MAX_AGE, seconds.to_string());
        }
        put(VARY, VARIES_BY.to_owned());
        // Everybody's needs no credentials: a browser refuses the two together.
        if origin == "*" {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        } else {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, self.origin.clone());
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        headers
    }
}

fn invalid_method(method: &str) -> Error {
    Error::new(Code::BadRequest).message(format!("Invalid Access-Control-Request-Method: {method}"))
}

/// `*` is any number of characters, and stands in a pattern once at most.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => {
            let rest = text.strip_prefix(before);
            rest.is_some_and(|it| it.ends_with(after))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(members: &str) -> String {
        format!("<CORSRule>{members}</CORSRule>")
    }

    fn read(rules: &str) -> Result<Cors, Error> {
        Cors::read(format!("<CORSConfiguration>{rules}</CORSConfiguration>").as_bytes())
    }

    const MOST: &str = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";

    #[test]
    fn what_is_kept_is_read_back() {
        let rules = read(&rule(
            "<ID>1</ID><AllowedOrigin>http://*.a</AllowedOrigin><AllowedOrigin></AllowedOrigin>\
             <AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>\
             <AllowedHeader>x-AMZ-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
             <MaxAgeSeconds>3000</MaxAgeSeconds>",
        ))
        .unwrap();
        let document = rules.to_document();
        assert!(document.contains("<AllowedHeader>x-AMZ-*</AllowedHeader>"), "{document}");
        assert_eq!(Cors::read(document.as_bytes()).unwrap(), rules);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        let said = |rules: &str| read(rules).unwrap_err().to_string();
        const ORIGIN: &str = "<AllowedOrigin>*</AllowedOrigin>";
        const MALFORMED: &str = "MalformedXML";
        for (members, expected) in [
            ("", MALFORMED),
            (ORIGIN, MALFORMED),
            ("<AllowedMethod>GET</AllowedMethod>", MALFORMED),
            (&format!("{MOST}<MaxAgeSeconds>4294967296</MaxAgeSeconds>"), MALFORMED),
            (
                &format!("{MOST}<AllowedHeader>a b</AllowedHeader>"),
                "InvalidRequest: AllowedHeader \"a b\" contains invalid character.",
            ),
            (
                &format!("{MOST}<ExposeHeader>X(Y)</ExposeHeader>"),
                "InvalidRequest: ExposeHeader \"X(Y)\" contains invalid character.",
            ),
            (&format!("{MOST}<MaxAgeSeconds>x</MaxAgeSeconds>"), MALFORMED),
            (&format!("{MOST}<Allowed>x</Allowed>"), MALFORMED),
            (
                &format!("{ORIGIN}<AllowedMethod>OPTIONS</AllowedMethod>"),
                "InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method \
                 is OPTIONS",
            ),
            (&format!("{ORIGIN}<AllowedMethod>get</AllowedMethod>"), "InvalidRequest: Found"),
            (&format!("{ORIGIN}<AllowedMethod></AllowedMethod>"), "InvalidRequest: Found"),
            (
                &format!("{MOST}<AllowedOrigin>*a*.b</AllowedOrigin>"),
                "InvalidRequest: AllowedOrigin \"*a*.b\" can not have more than one wildcard.",
            ),
            (
                &format!("{MOST}<AllowedHeader>**</AllowedHeader>"),
                "InvalidRequest: AllowedHeader \"**\" can not have more than one wildcard.",
            ),
            (
                &format!("{MOST}<ExposeHeader>x-*</ExposeHeader>"),
                "InvalidRequest: ExposeHeader \"x-*\" contains wildcard. We currently do not \
                 support wildcard for ExposeHeader.",
            ),
        ] {
            let said = said(&rule(members));
            assert!(said.starts_with(expected), "{members}\n{said}");
        }
        assert!(said("").starts_with(MALFORMED));
        assert!(read(&rule(MOST).repeat(RULES_MAX)).is_ok());
        let many = rule(MOST).repeat(RULES_MAX + 1);
        assert!(said(&many).ends_with("should not exceed allowed limit of 100 rules."));
        let id = |length| rule(&format!("<ID>{}</ID>{MOST}", "é".repeat(length)));
        assert!(read(&id(ID_CHARACTERS_MAX)).is_ok());
        assert!(said(&id(ID_CHARACTERS_MAX + 1)).starts_with("InvalidArgument"));
    }

    fn headers(of: &[(&'static str, &str)]) -> HeaderMap {
        of.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn lines(headers: &HeaderMap) -> Vec<String> {
        let mut lines: Vec<String> =
            headers.iter().map(|(name, it)| format!("{name}: {}", it.to_str().unwrap())).collect();
        lines.sort();
        lines
    }

    const VARIES: &str =
        "vary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    #[test]
    fn the_first_rule_that_is_met_answers() {
        let rules = read(&format!(
            "{}{}{}",
            rule(
                "<AllowedOrigin>https://app.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
                 <AllowedMethod>PUT</AllowedMethod><AllowedHeader>X-Amz-*</AllowedHeader>\
                 <AllowedHeader>content-type</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
                 <ExposeHeader>x-amz-request-id</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds>"
            ),
            rule(
                "<AllowedOrigin>start*end</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
                 <AllowedOrigin>*.put</AllowedOrigin>"
            ),
            rule("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod>"),
        ))
        .unwrap();
        let answer = |method: &Method, of: &[(&'static str, &str)]| {
            let headers = headers(of);
            CorsRequest::of(method, &headers).map(|it| lines(&rules.answer(&it)))
        };
        let get = &Method::GET;
        assert_eq!(answer(get, &[]), None);
        assert_eq!(answer(get, &[("origin", "")]), None);
        let first = [
            "access-control-allow-credentials: true",
            "access-control-allow-methods: GET, PUT",
            "access-control-allow-origin: https://app.example",
            "access-control-expose-headers: ETag, x-amz-request-id",
            "access-control-max-age: 3000",
            VARIES,
        ];
        assert_eq!(answer(get, &[("origin", "https://app.example")]).unwrap(), first);
        // A real request's own headers aren't judged, those that a preflight names are.
        let own = [("origin", "https://app.example"), ("x-other", "1")];
        assert_eq!(answer(get, &own).unwrap(), first);
        let asked = ("access-control-request-headers", "x-other");
        assert!(answer(get, &[own[0], asked]).unwrap().is_empty());
        let asked = ("access-control-request-headers", "X-AMZ-Date,, content-type");
        let found = answer(get, &[own[0], asked]).unwrap();
        assert_eq!(found[1], "access-control-allow-headers: x-amz-date, content-type");
        // So is its method.
        let asked = ("access-control-request-method", "DELETE");
        assert!(answer(get, &[own[0], asked]).unwrap().is_empty());
        let everybody =
            ["access-control-allow-methods: HEAD", "access-control-allow-origin: *", VARIES];
        assert_eq!(answer(&Method::HEAD, &[("origin", "null")]).unwrap(), everybody);
        for (origin, met) in [
            ("startend", true),
            ("start1end", true),
            ("0start1end", false),
            ("start1end0", false),
            ("staend", false),
            ("a.put", true),
            (".put", true),
            ("a.put.b", false),
            ("https://app.example/", false),
            ("https://app.example:443", false),
        ] {
            let found = answer(get, &[("origin", origin)]).unwrap();
            assert_eq!(!found.is_empty(), met, "{origin}");
        }
    }

    #[test]
    fn a_preflight_is_told_why_not() {
        let rules = read(&rule(MOST)).unwrap();
        let asked = |of: &[(&'static str, &str)], rules: Option<&Cors>| {
            let headers = headers(of);
            let request = CorsRequest::of_preflight(&Method::OPTIONS, &headers)?;
            request.preflight(rules, true)
        };
        let origin = ("origin", "http://a");
        let method = |it| ("access-control-request-method", it);
        const NEEDED: &str =
            "BadRequest: Insufficient information. Origin request header needed. []";
        const DISABLED: &str =
            "AccessForbidden: CORSResponse: CORS is not enabled for this bucket.";
        const NOT_ALLOWED: &str =
            "AccessForbidden: CORSResponse: This CORS request is not allowed.";
        let rules = Some(&rules);
        for (of, rules, expected, elements) in [
            (&[method("GET")][..], rules, NEEDED, ""),
            (&[method("GET")], None, NEEDED, ""),
            (&[origin], None, DISABLED, r#"[("Method", "OPTIONS"), ("ResourceType", "BUCKET")]"#),
            (
                &[origin, method("PUT")],
                None,
                DISABLED,
                r#"[("Method", "PUT"), ("ResourceType", "BUCKET")]"#,
            ),
            (&[origin], rules, "BadRequest: Invalid Access-Control-Request-Method: null", ""),
            (
                &[origin, method("OPTIONS")],
                None,
                "BadRequest: Invalid Access-Control-Request-Method: OPTIONS",
                "",
            ),
            (
                &[origin, method("PUT")],
                rules,
                NOT_ALLOWED,
                r#"[("Method", "PUT"), ("ResourceType", "OBJECT")]"#,
            ),
            (
                &[origin, method("GET"), ("access-control-request-headers", "x-a")],
                rules,
                NOT_ALLOWED,
                "",
            ),
        ] {
            let said = format!("{:?}", asked(of, rules).unwrap_err());
            assert!(said.starts_with(expected) && said.ends_with(elements), "{of:?}\n{said}");
        }
        let allowed = asked(&[origin, method("GET")], rules).unwrap();
        assert_eq!(allowed["access-control-allow-origin"], "*");
    }
}
