//! A form that was posted to a bucket: its fields are read before anything is known of its sender,
//! because they say who that is; then they are held to their policy, and what they ask for takes the
//! place of what the request line and headers say.

use std::ops::RangeInclusive;

use http::HeaderMap;
use types::Timestamp;
use wire::post_form::{FilePart, PostForm};
use wire::{Code, Error, Target};

use crate::caller::Caller;
use crate::incoming::{Arriving, UnreadFile};

/// A form up to its file.
pub(crate) struct Posted {
    pub(crate) form: PostForm,
    pub(crate) bytes_received: u64,
    file: FilePart,
}

/// The PutObject that a form asks for.
pub(crate) struct AskedByForm {
    pub(crate) target: Target,
    pub(crate) headers: HeaderMap,
    file_bytes: RangeInclusive<u64>,
}

impl Posted {
    pub(crate) async fn read(body: &mut Arriving, headers: &HeaderMap) -> Result<Self, Error> {
        // What a header asks for and isn't there is refused of a form, too, before it is left out.
        wire::refuse_what_is_not_there_yet(headers)?;
        let (form, file, bytes_received) = body.form_fields(headers).await?;
        form.key()?;
        Ok(Self { form, bytes_received, file })
    }

    /// Whoever signed the form has been found: what the policy allows. A policy that nobody signed
    /// speaks for nobody, and nobody is told what it says (recorded of AWS).
    pub(crate) fn ask(
        &self,
        bucket: &str,
        headers: &HeaderMap,
        caller: &Caller,
    ) -> Result<AskedByForm, Error> {
        let now = Timestamp::from(std::time::SystemTime::now());
        let file_bytes = self.form.check_policy(bucket, now).map_err(|failed| match caller {
            Caller::Anonymous if failed.code() == Code::AccessDenied => {
                Error::new(Code::AccessDenied).because(failed)
            }
            _ => failed,
        })?;
        let (bucket, key) = (bucket.to_owned(), self.form.key()?.to_owned());
        let target = Target::Object { bucket, key };
        Ok(AskedByForm { target, headers: self.form.headers(headers)?, file_bytes })
    }

    pub(crate) fn file(&self, asked: &AskedByForm) -> Box<UnreadFile> {
        Box::new(UnreadFile { part: self.file.clone(), bytes: asked.file_bytes.clone() })
    }
}
