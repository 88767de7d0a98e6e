//! Answers that may take longer than a client waits for the first byte: copies, and completions of
//! large uploads ("CopyObject" and "CompleteMultipartUpload", S3 API Reference).
//!
//! What is done within [`Timeouts::prompt`] is answered as always. Behind that the answer begins with 200 and an
//! XML declaration, then a space comes now and then, and at last the document, or an error in the
//! place of it: clients look for one there.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use wire::xml::DECLARATION;
use wire::{Error, Identifiers, Protocol, Service};

use crate::body::{Content, Source, Work};
use crate::pipeline::Answer;
use crate::request_id::RequestId;
use crate::timeouts::Timeouts;

/// The answer of work that may take long.
pub(crate) async fn answer(
    timeouts: Timeouts,
    work: impl Future<Output = Result<String, Error>> + Send + 'static,
) -> Result<Answer, Error> {
    let mut work: Work = Box::pin(work);
    if let Ok(done) = tokio::time::timeout(timeouts.prompt, &mut work).await {
        return Ok(Answer::empty(200).with_xml(done?));
    }
    let mut answer = Answer::empty(200).with_xml(String::new());
    answer.content = Content::Late(work);
    Ok(answer)
}

/// What an error of late work says of its request.
pub(crate) struct About {
    pub(crate) request_id: RequestId,
    pub(crate) host_id: String,
}

/// The content of an answer whose work isn't done yet.
pub(crate) fn content(timeouts: Timeouts, work: Work, about: About) -> Content {
    let source =
        Late { work: Some(work), space: timeouts.space, began: false, about, failure: None };
    Content::Stream { length: None, source: Box::new(source) }
}

struct Late {
    /// None once it is done.
    work: Option<Work>,
    space: Duration,
    began: bool,
    about: About,
    failure: Option<&'static str>,
}

impl Late {
    async fn piece(&mut self) -> Option<Bytes> {
        if !std::mem::replace(&mut self.began, true) {
            return Some(DECLARATION.into());
        }
        let Ok(done) = tokio::time::timeout(self.space, self.work.as_mut()?).await else {
            return Some(Bytes::from_static(b" "));
        };
        self.work = None;
        let document = done.unwrap_or_else(|error| {
            self.failure = Some(error.code().as_str());
            let About { request_id, host_id } = &self.about;
            let request_id = request_id.as_str();
            let service = Some(Service::S3);
            let about = Identifiers { service, request_id, host_id };
            error.to_xml(Protocol::S3, about)
        });
        let root = document.strip_prefix(DECLARATION).unwrap_or(&document);
        Some(Bytes::copy_from_slice(root.as_bytes()))
    }
}

impl Source for Late {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + '_>> {
        Box::pin(async move { Ok(self.piece().await) })
    }

    fn failure(&self) -> Option<&'static str> {
        self.failure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request_id::{ConnectionIds, RequestIds};
    use wire::Code;

    async fn told(
        takes: Duration,
        outcome: Result<String, Error>,
    ) -> (String, Option<&'static str>) {
        let answered = answer(Timeouts::default(), async move {
            tokio::time::sleep(takes).await;
            outcome
        });
        let answer = answered.await.map_err(|e| e.code()).expect("late errors are in the body");
        let work = match answer.content {
            Content::Late(work) => work,
            Content::Whole(bytes) => return (String::from_utf8(bytes.to_vec()).unwrap(), None),
            _ => panic!("neither late nor in time"),
        };
        let request_id = ConnectionIds::default().next(&RequestIds::new(1));
        let about = About { request_id, host_id: "H".into() };
        let Content::Stream { mut source, length: None } =
            content(Timeouts::default(), work, about)
        else {
            panic!("no stream")
        };
        let mut text = String::new();
        while let Some(bytes) = source.next().await.unwrap() {
            text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
        (text, source.failure())
    }

    #[tokio::test(start_paused = true)]
    async fn spaces_come_until_the_document_does() {
        let document = || Ok(format!("{DECLARATION}<Done/>"));
        let prompt = told(Duration::from_secs(9), document()).await;
        assert_eq!(prompt, (format!("{DECLARATION}<Done/>"), None));
        let late = told(Duration::from_secs(22), document()).await;
        assert_eq!(late, (format!("{DECLARATION}  <Done/>"), None));
        let (text, failure) =
            told(Duration::from_secs(11), Err(Error::new(Code::InternalError))).await;
        assert_eq!(failure, Some("InternalError"));
        assert!(
            text.starts_with(&format!("{DECLARATION}<Error><Code>InternalError</Code>")),
            "{text}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_in_time_has_its_status() {
        let work = async { Err(Error::new(Code::NoSuchUpload)) };
        let answer = answer(Timeouts::default(), work).await;
        assert_eq!(answer.err().map(|it| it.code()), Some(Code::NoSuchUpload));
    }
}
