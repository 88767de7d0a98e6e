//! A request to be: say what it asks and how it is signed, build it, break what shall be broken.
//!
//! [`Ask`] is changed before it is signed, [`Message`] after.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::sign::{Payload, Signature, Signer, canonical, percent, sha256_hex};
use crate::{ACCESS_KEY, SECRET};

/// Bytes of a chunk, unless said otherwise.
const CHUNK_BYTES: usize = 64 << 10;

/// What is asked. By default signed by root, by header, now, in us-east-1.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The method.
    pub method: String,
    /// The path, encoded.
    pub path: String,
    /// The query, encoded; without the signature.
    pub query: String,
    /// Headers, names in lower case. All are signed but those of `unsigned`.
    pub headers: Vec<(String, String)>,
    /// Headers that are sent and not signed.
    pub unsigned: Vec<(String, String)>,
    /// The body without framing.
    pub body: Vec<u8>,
    /// How the body is covered.
    pub payload: Payload,
    /// Bytes of a chunk.
    pub chunk_bytes: usize,
    /// The trailer, announced and sent.
    pub trailer: Option<(String, String)>,
    /// How it is signed.
    pub signature: Signature,
    /// By whom.
    pub signer: Signer,
}

impl Ask {
    /// A request without a body; the path is encoded.
    pub fn new(method: &str, path: &str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Self {
            method: method.into(),
            path: path.into(),
            query: String::new(),
            headers: vec![("host".into(), "127.0.0.1:9000".into())],
            unsigned: vec![],
            body: vec![],
            payload: Payload::Signed,
            chunk_bytes: CHUNK_BYTES,
            trailer: None,
            signature: Signature::Header,
            signer: Signer {
                access_key: ACCESS_KEY.into(),
                secret: SECRET.into(),
                at_s: now.as_secs(),
                region: "us-east-1".into(),
                service: "s3".into(),
                token: None,
            },
        }
    }

    /// With this query, encoded.
    pub fn query(mut self, query: &str) -> Self {
        self.query = query.into();
        self
    }

    /// With this host.
    pub fn host(mut self, host: &str) -> Self {
        self.headers.retain(|(name, _)| name != "host");
        self.header("host", host)
    }

    /// With one more header, signed.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With one more header, not signed.
    pub fn unsigned(mut self, name: &str, value: &str) -> Self {
        self.unsigned.push((name.into(), value.into()));
        self
    }

    /// With a body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Covered so.
    pub fn payload(mut self, payload: Payload) -> Self {
        self.payload = payload;
        self
    }

    /// With a trailer.
    pub fn trailer(mut self, name: &str, value: &str) -> Self {
        self.trailer = Some((name.into(), value.into()));
        self
    }

    /// Signed so.
    pub fn signed(mut self, signature: Signature) -> Self {
        self.signature = signature;
        self
    }

    /// By nobody.
    pub fn anonymous(self) -> Self {
        self.signed(Signature::None)
    }

    /// With the signer changed.
    pub fn signer(mut self, change: impl FnOnce(&mut Signer)) -> Self {
        change(&mut self.signer);
        self
    }

    fn is_chunked(&self) -> bool {
        use Payload::{SignedChunks, SignedChunksWithTrailer, UnsignedChunksWithTrailer};
        matches!(self.payload, SignedChunks | SignedChunksWithTrailer | UnsignedChunksWithTrailer)
    }

    fn payload_word(&self) -> String {
        match &self.payload {
            Payload::Signed | Payload::Silent => sha256_hex(&self.body),
            Payload::Unsigned => "UNSIGNED-PAYLOAD".into(),
            Payload::SignedChunks => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD".into(),
            Payload::SignedChunksWithTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER".into(),
            Payload::UnsignedChunksWithTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER".into(),
            Payload::Said(word) => word.clone(),
        }
    }

    /// Signs and frames.
    pub fn build(mut self) -> Message {
        if self.is_chunked() {
            let length = self.body.len().to_string();
            self.set_default("x-amz-decoded-content-length", &length);
            self.set_default("content-encoding", "aws-chunked");
            if let Some((name, _)) = self.trailer.clone() {
                self.set_default("x-amz-trailer", &name);
            }
        }
        let seed = match self.signature.clone() {
            Signature::None => String::new(),
            Signature::Header => self.sign_header(),
            Signature::Presigned { expires_s } => self.sign_query(&expires_s),
            Signature::PresignedV2 { expires } => self.sign_query_v2(expires),
            Signature::HeaderV2 => self.sign_header_v2(),
        };
        let body = if self.is_chunked() { self.framed(&seed) } else { self.body.clone() };
        let mut headers = self.headers;
        headers.extend(self.unsigned);
        let named = |name: &str| headers.iter().any(|(it, _)| it == name);
        let takes_body = matches!(&*self.method, "PUT" | "POST");
        if (takes_body || !body.is_empty())
            && !named("content-length")
            && !named("transfer-encoding")
        {
            headers.push(("content-length".into(), body.len().to_string()));
        }
        let target = match &*self.query {
            "" => self.path,
            query => format!("{}?{query}", self.path),
        };
        let headers = headers.into_iter().map(|(name, value)| (name, value.into_bytes()));
        Message { method: self.method, target, headers: headers.collect(), body }
    }

    fn set_default(&mut self, name: &str, value: &str) {
        if self.headers.iter().all(|(it, _)| it != name) {
            self.headers.push((name.into(), value.into()));
        }
    }

    fn sign_header(&mut self) -> String {
        let word = self.payload_word();
        self.set_default("x-amz-date", &self.signer.time());
        if self.payload != Payload::Silent {
            self.set_default("x-amz-content-sha256", &word);
        }
        if let Some(token) = self.signer.token.clone() {
            self.set_default("x-amz-security-token", &token);
        }
        let (text, names) = canonical(&self.method, &self.path, &self.query, &self.headers, &word);
        let signature = self.signer.sign(&text);
        let credential = format!("{}/{}", self.signer.access_key, self.signer.scope());
        let value = format!(
            "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
        );
        self.unsigned.push(("authorization".into(), value));
        signature
    }

    fn sign_query(&mut self, expires_s: &str) -> String {
        let word = match self.payload {
            Payload::Signed => "UNSIGNED-PAYLOAD".into(),
            _ => self.payload_word(),
        };
        let credential = format!("{}/{}", self.signer.access_key, self.signer.scope());
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut pairs = vec![
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("X-Amz-Credential", credential),
            ("X-Amz-Date", self.signer.time()),
            ("X-Amz-Expires", expires_s.to_owned()),
            ("X-Amz-SignedHeaders", names.join(";")),
        ];
        if let Some(token) = self.signer.token.clone() {
            pairs.push(("X-Amz-Security-Token", token));
        }
        if self.is_chunked() {
            pairs.push(("X-Amz-Content-Sha256", word.clone()));
        }
        for (name, value) in pairs {
            self.add_parameter(name, &value);
        }
        let (text, _) = canonical(&self.method, &self.path, &self.query, &self.headers, &word);
        let signature = self.signer.sign(&text);
        self.add_parameter("X-Amz-Signature", &signature);
        signature
    }

    fn sign_query_v2(&mut self, expires: u64) -> String {
        let signature = self.signer.sign_v2(&self.v2_text(&expires.to_string()));
        self.add_parameter("AWSAccessKeyId", &self.signer.access_key.clone());
        self.add_parameter("Expires", &expires.to_string());
        self.add_parameter("Signature", &signature);
        signature
    }

    fn sign_header_v2(&mut self) -> String {
        let date = types::Timestamp::from_millis(self.signer.at_s * 1000).http_date();
        let signature = self.signer.sign_v2(&self.v2_text(&date));
        let value = format!("AWS {}:{signature}", self.signer.access_key);
        self.unsigned.push(("date".into(), date));
        self.unsigned.push(("authorization".into(), value));
        signature
    }

    /// Version 2's string; the query's parameters count as they stand, so give it only such.
    fn v2_text(&self, date: &str) -> String {
        let header = |name: &str| {
            let found = self.headers.iter().find(|(it, _)| it == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let mut amz: Vec<_> =
            self.headers.iter().filter(|(name, _)| name.starts_with("x-amz-")).collect();
        amz.sort();
        let amz: String = amz.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let (md5, kind) = (header("content-md5"), header("content-type"));
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{}\n{md5}\n{kind}\n{date}\n{amz}{}{mark}{}", self.method, self.path, self.query)
    }

    fn add_parameter(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query += &format!("{name}={}", percent(value, false));
    }

    fn framed(&self, seed: &str) -> Vec<u8> {
        let signs = self.payload != Payload::UnsignedChunksWithTrailer;
        let mut previous = seed.to_owned();
        let mut framed = Vec::new();
        let empty: &[u8] = b"";
        for chunk in self.body.chunks(self.chunk_bytes).chain([empty]) {
            framed.extend_from_slice(format!("{:x}", chunk.len()).as_bytes());
            if signs {
                previous = self.signer.sign_chunk(&previous, chunk);
                framed.extend_from_slice(format!(";chunk-signature={previous}").as_bytes());
            }
            framed.extend_from_slice(b"\r\n");
            framed.extend_from_slice(chunk);
            if !chunk.is_empty() {
                framed.extend_from_slice(b"\r\n");
            }
        }
        if let Some((name, value)) = &self.trailer {
            framed.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
            if signs {
                let signature = self.signer.sign_trailer(&previous, &format!("{name}:{value}\n"));
                let line = format!("x-amz-trailer-signature:{signature}\r\n");
                framed.extend_from_slice(line.as_bytes());
            }
        }
        framed.extend_from_slice(b"\r\n");
        framed
    }
}

/// A request as it goes out, signed: every change from here on is one that the signature doesn't know.
#[derive(Clone, Debug)]
pub struct Message {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers in their order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, framed.
    pub body: Vec<u8>,
}

impl Message {
    /// With another value for a header, which is added if it isn't there.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        match self.headers.iter_mut().find(|(it, _)| it == name) {
            Some((_, old)) => *old = value.as_bytes().to_vec(),
            None => self = self.add(name, value),
        }
        self
    }

    /// With one more header.
    pub fn add(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.as_bytes().to_vec()));
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(it, _)| it != name);
        self
    }

    /// With something replaced in a header.
    pub fn replace_in(self, name: &str, from: &str, to: &str) -> Self {
        let old = self.header(name).to_owned();
        assert!(old.contains(from), "{name}: {old} has no {from}");
        self.set(name, &old.replacen(from, to, 1))
    }

    /// With something replaced in path and query.
    pub fn replace_in_target(mut self, from: &str, to: &str) -> Self {
        assert!(self.target.contains(from), "{} has no {from}", self.target);
        self.target = self.target.replacen(from, to, 1);
        self
    }

    /// With the first occurrence of something replaced in the body; the length is kept true.
    pub fn replace_in_body(mut self, from: &[u8], to: &[u8]) -> Self {
        let at = self.body.windows(from.len()).position(|it| it == from);
        let at =
            at.unwrap_or_else(|| panic!("the body has no {:?}", String::from_utf8_lossy(from)));
        self.body.splice(at..at + from.len(), to.iter().copied());
        let length = self.body.len().to_string();
        self.set("content-length", &length)
    }

    /// With another body; the length is kept true.
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        let length = self.body.len().to_string();
        self.set("content-length", &length)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(it, _)| it == name);
        let (_, value) = found.unwrap_or_else(|| panic!("no header {name}"));
        std::str::from_utf8(value).expect("a text")
    }

    /// The head's bytes.
    pub fn head(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}
