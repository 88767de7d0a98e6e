//! PutObjectTagging: the tags that an object has from now on, in place of those that it had.

use wire::inputs::PutObjectTaggingInput;
use wire::{Error, RequestHead};

use super::{check_version, tags};
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutObjectTagging;

impl Handler for PutObjectTagging {
    type Input = PutObjectTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutObjectTaggingInput::decode(head)
    }

    /// Policies may speak of the tags, so it is asked when they are known. Whom nothing could ever
    /// allow it isn't read them.
    fn ask(exchange: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        let hopeless = !exchange.is_signed() && exchange.settings()?.policy.is_none();
        Ok(hopeless.then(|| Ask::of_target(exchange)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let read = tags::of_document(&document);
        let ask = Ask::of_object(exchange, &input.version_id, "s3:PutObjectVersionTagging");
        let ask = tags::told(ask, read.as_deref().unwrap_or_default());
        // Whoever may not do it isn't told what is wrong with the tags.
        let permit = exchange.authorize::<Self>(&ask)?;
        let tags = read?;
        check_version(input.version_id.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let set = permit.store().set_tags(&bucket, &key, tags).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
