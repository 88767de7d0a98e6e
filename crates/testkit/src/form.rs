//! An upload by a form: fields, a policy, its signature, a file; as a browser sends it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Ask;
use crate::sign::Signer;

/// What ends each part.
pub const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxk";
const FAR: &str = "2099-01-01T00:00:00Z";

/// A form to be.
#[derive(Clone, Debug)]
pub struct UploadForm {
    /// Fields before the file, in order.
    pub fields: Vec<(String, String)>,
    /// Conditions besides those for the bucket and each field, as JSON.
    pub conditions: Vec<String>,
    /// Until when the policy holds.
    pub expiration: String,
    /// The file's name.
    pub file_name: Option<String>,
    /// The file.
    pub file: Vec<u8>,
}

impl UploadForm {
    /// With a key and a file.
    pub fn new(key: &str, file: impl Into<Vec<u8>>) -> Self {
        Self {
            fields: vec![("key".into(), key.into())],
            conditions: vec![],
            expiration: FAR.into(),
            file_name: Some("file.txt".into()),
            file: file.into(),
        }
    }

    /// With one more field.
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// With one more condition, as JSON.
    pub fn condition(mut self, condition: &str) -> Self {
        self.conditions.push(condition.into());
        self
    }

    /// Signed by root with Version 4: as it is, for this bucket.
    pub fn signed(self, bucket: &str) -> Self {
        self.signed_with(bucket, |_| {})
    }

    /// The same with the signer changed.
    pub fn signed_with(self, bucket: &str, change: impl FnOnce(&mut Signer)) -> Self {
        let mut signer = Ask::new("POST", "/").signer;
        change(&mut signer);
        let credential = format!("{}/{}", signer.access_key, signer.scope());
        let form = self
            .field("x-amz-algorithm", "AWS4-HMAC-SHA256")
            .field("x-amz-credential", &credential)
            .field("x-amz-date", &signer.time());
        let policy = form.policy(bucket);
        let signature = signer.sign_text(&policy);
        form.field("policy", &policy).field("x-amz-signature", &signature)
    }

    /// The same with Version 2.
    pub fn signed_v2(self, bucket: &str) -> Self {
        let signer = Ask::new("POST", "/").signer;
        let policy = self.policy(bucket);
        let signature = signer.sign_v2(&policy);
        self.field("AWSAccessKeyId", &signer.access_key)
            .field("policy", &policy)
            .field("signature", &signature)
    }

    /// The policy: what is asked and nothing else, and the conditions.
    fn policy(&self, bucket: &str) -> String {
        let named = |it: &&(String, String)| {
            let field = format!("${}\"", it.0);
            !it.0.starts_with("x-ignore-") && !self.conditions.iter().any(|c| c.contains(&field))
        };
        let fields = self.fields.iter().filter(named);
        let conditions: Vec<String> = fields
            .map(|(name, value)| format!("{{{name:?}: {value:?}}}"))
            .chain([format!("{{\"bucket\": {bucket:?}}}")])
            .chain(self.conditions.clone())
            .collect();
        let (expiration, conditions) = (&self.expiration, conditions.join(", "));
        STANDARD
            .encode(format!("{{\"expiration\": {expiration:?}, \"conditions\": [{conditions}]}}"))
    }

    /// The body.
    pub fn body(&self) -> Vec<u8> {
        let mut body = vec![];
        for (name, value) in &self.fields {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"");
            body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n").into_bytes());
        }
        let mut head = "Content-Disposition: form-data; name=\"file\"".to_owned();
        if let Some(name) = &self.file_name {
            head += &format!("; filename=\"{name}\"\r\nContent-Type: image/unlikely");
        }
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").into_bytes());
        body.extend(&self.file);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        body
    }

    /// The request: nothing of it is signed but the policy.
    pub fn ask(&self, path: &str) -> Ask {
        Ask::new("POST", path)
            .anonymous()
            .header("content-type", &format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(self.body())
    }
}
