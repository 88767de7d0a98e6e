//! An error as AWS writes it: a code, a sentence, and the elements that belong to the code.

use std::borrow::Cow;
use std::fmt;

use types::Timestamp;

use crate::auth::SKEW_MAX;
use crate::generated::errors::Code;
use crate::operation::Service;
use crate::protocol::Protocol;
use crate::xml::Writer;

/// What a client is told. Boxed, because most results aren't errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    code: Code,
    message: Option<Cow<'static, str>>,
    elements: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    cause: Option<String>,
}

/// What names a request in its error.
#[derive(Clone, Copy, Debug)]
pub struct Identifiers<'a> {
    /// Whose operation it was; none if that isn't known.
    pub service: Option<Service>,
    /// The request's id.
    pub request_id: &'a str,
    /// The server's id.
    pub host_id: &'a str,
}

impl Error {
    /// With AWS's own message.
    pub fn new(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            message: None,
            elements: vec![],
            headers: vec![],
            cause: None,
        }))
    }

    /// InvalidArgument, of a header, a parameter or a field by its name, and what it said.
    pub fn argument(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(Code::InvalidArgument).with("ArgumentName", name).with("ArgumentValue", value)
    }

    /// Says another sentence than the code's own.
    pub fn message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.0.message = Some(message.into());
        self
    }

    /// Adds an element of the body.
    pub fn with(mut self, element: &'static str, value: impl Into<String>) -> Self {
        self.0.elements.push((element, value.into()));
        self
    }

    /// Adds a header of the answer.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.headers.push((name, value.into()));
        self
    }

    /// Adds what only the log is told.
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.code.status()
    }

    /// Headers of the answer.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.0.headers
    }

    /// What only the log is told.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// An element of the body.
    pub fn element(&self, name: &str) -> Option<&str> {
        self.0.elements.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str())
    }

    /// The sentence: its own, or the code's.
    pub fn sentence(&self) -> &str {
        self.0.message.as_deref().unwrap_or(self.0.code.message())
    }

    /// The same as a protocol calls it: IAM and STS have other codes than S3 for a signature that
    /// doesn't hold ("Common errors", IAM API Reference).
    pub fn in_protocol(mut self, protocol: Protocol) -> Self {
        if protocol != Protocol::Query {
            return self;
        }
        let code = match self.0.code {
            Code::InvalidAccessKeyId | Code::InvalidToken => Code::InvalidClientTokenId,
            Code::AuthorizationHeaderMalformed
            | Code::AuthorizationQueryParametersError
            | Code::InvalidArgument
            | Code::InvalidRequest => Code::IncompleteSignature,
            Code::SignatureDoesNotMatch if self.0.message.is_some() => return self,
            Code::SignatureDoesNotMatch => {
                return self.message(
                    "The request signature we calculated does not match the signature you provided. \
                     Check your AWS Secret Access Key and signing method. Consult the service \
                     documentation for details.",
                );
            }
            Code::RequestTimeTooSkewed => {
                self.0.message = self.skew().map(Into::into);
                Code::SignatureDoesNotMatch
            }
            Code::InvalidURI => Code::MalformedQueryString,
            Code::InternalError => Code::InternalFailure,
            code => code,
        };
        self.0.code = code;
        self
    }

    /// What IAM and STS say of a clock that is wrong: clients look for its beginning.
    fn skew(&self) -> Option<String> {
        let asked = self.element("RequestTime")?;
        let asked = Timestamp::parse_basic(asked).or_else(|| Timestamp::parse_http_date(asked))?;
        let now = Timestamp::parse_iso8601(self.element("ServerTime")?)?;
        let earliest = now.millis().saturating_sub(SKEW_MAX.as_millis() as u64);
        let earliest = Timestamp::from_millis(earliest).basic();
        let latest = now.plus(SKEW_MAX).basic();
        let (asked, is_early, now) = (asked.basic(), asked > now, now.basic());
        Some(match is_early {
            true => format!(
                "Signature not yet current: {asked} is still later than {latest} ({now} + 15 min.)"
            ),
            false => format!(
                "Signature expired: {asked} is now earlier than {earliest} ({now} - 15 min.)"
            ),
        })
    }

    /// The body as the protocol has it.
    pub fn to_xml(&self, protocol: Protocol, about: Identifiers<'_>) -> String {
        match protocol {
            Protocol::S3 => self.to_s3_xml(about),
            Protocol::S3Control => self.to_control_xml(about),
            Protocol::Query => self.to_query_xml(about),
        }
    }

    /// "REST error responses", S3 API Reference; its element Resource no answer of S3's has.
    fn to_s3_xml(&self, about: Identifiers<'_>) -> String {
        let mut xml = Writer::new();
        xml.plain_root("Error", |xml| {
            self.write_code(xml);
            self.write_elements(xml);
            xml.text("RequestId", about.request_id);
            xml.text("HostId", about.host_id);
        });
        // S3's errors, unlike its listings, have quotes as they are; there is none in markup here.
        xml.finish().replace("&quot;", "\"")
    }

    /// The same in an `ErrorResponse`.
    fn to_control_xml(&self, about: Identifiers<'_>) -> String {
        let mut xml = Writer::new();
        xml.plain_root("ErrorResponse", |xml| {
            xml.element("Error", |xml| {
                self.write_code(xml);
                self.write_elements(xml);
            });
            xml.text("RequestId", about.request_id);
            xml.text("HostId", about.host_id);
        });
        xml.finish()
    }

    /// "Common errors" of IAM and STS: nothing but type, code and message.
    fn to_query_xml(&self, about: Identifiers<'_>) -> String {
        let mut xml = Writer::new();
        let write = |xml: &mut Writer| {
            xml.element("Error", |xml| {
                xml.text("Type", if self.status() < 500 { "Sender" } else { "Receiver" });
                self.write_code(xml);
            });
            xml.text("RequestId", about.request_id);
        };
        match about.service {
            Some(service) => xml.root_in(service, "ErrorResponse", write),
            None => xml.plain_root("ErrorResponse", write),
        }
        xml.finish()
    }

    fn write_elements(&self, xml: &mut Writer) {
        for (name, value) in &self.0.elements {
            xml.text(name, value);
        }
    }

    fn write_code(&self, xml: &mut Writer) {
        xml.text("Code", self.0.code.as_str());
        xml.text("Message", self.sentence());
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code.as_str(), self.sentence())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {:?}", self.0.elements)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: Identifiers<'_> =
        Identifiers { service: Some(Service::Iam), request_id: "R", host_id: "H" };

    #[test]
    fn s3s_form() {
        let error = Error::new(Code::NoSuchKey).with("Key", "k\u{1}<\"&quot;");
        assert_eq!(
            error.to_xml(Protocol::S3, ABOUT),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>\
             <Message>The specified key does not exist.</Message><Key>k&#x1;&lt;\"&amp;quot;</Key>\
             <RequestId>R</RequestId><HostId>H</HostId></Error>"
        );
    }

    #[test]
    fn s3_controls_form() {
        let error = Error::new(Code::AccessDenied).with("AccountId", "1");
        assert_eq!(
            error.to_xml(Protocol::S3Control, ABOUT),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse><Error>\
             <Code>AccessDenied</Code><Message>Access Denied</Message><AccountId>1</AccountId>\
             </Error><RequestId>R</RequestId><HostId>H</HostId></ErrorResponse>"
        );
    }

    #[test]
    fn the_query_protocols_form() {
        let error = Error::new(Code::InvalidAction).message("No");
        assert_eq!(
            error.to_xml(Protocol::Query, ABOUT),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse \
             xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>No</Message></Error>\
             <RequestId>R</RequestId></ErrorResponse>"
        );
        let unrouted = error.to_xml(Protocol::Query, Identifiers { service: None, ..ABOUT });
        assert!(unrouted.contains("<ErrorResponse><Error>"), "{unrouted}");
    }

    #[test]
    fn iam_and_sts_have_other_codes() {
        for (code, is) in [
            (Code::InvalidAccessKeyId, Code::InvalidClientTokenId),
            (Code::AuthorizationHeaderMalformed, Code::IncompleteSignature),
            (Code::InvalidURI, Code::MalformedQueryString),
            (Code::InternalError, Code::InternalFailure),
            (Code::RequestTimeTooSkewed, Code::SignatureDoesNotMatch),
            (Code::AccessDenied, Code::AccessDenied),
        ] {
            assert_eq!(Error::new(code).in_protocol(Protocol::Query).code(), is);
            assert_eq!(Error::new(code).in_protocol(Protocol::S3Control).code(), code);
        }
    }

    #[test]
    fn iam_and_sts_say_how_far_a_clock_is_off() {
        let now = "2021-05-02T17:51:40.000Z";
        for (asked, message) in [
            (
                "20210502T144040Z",
                "Signature expired: 20210502T144040Z is now earlier than 20210502T173640Z \
                 (20210502T175140Z - 15 min.)",
            ),
            (
                "Sun, 02 May 2021 18:36:40 GMT",
                "Signature not yet current: 20210502T183640Z is still later than \
                 20210502T180640Z (20210502T175140Z + 15 min.)",
            ),
        ] {
            let error = Error::new(Code::RequestTimeTooSkewed)
                .with("RequestTime", asked)
                .with("ServerTime", now)
                .in_protocol(Protocol::Query);
            assert_eq!(error.to_string(), format!("SignatureDoesNotMatch: {message}"));
        }
    }
}
