//! GetObjectAttributes: what is known of an object, as far as it is asked for.

use store::{ListedPart, Summary};
use types::ChecksumKind;
use wire::documents::{Checksum, GetObjectAttributesParts, ObjectPart};
use wire::inputs::GetObjectAttributesInput;
use wire::outputs::GetObjectAttributesOutput;
use wire::{Checksums, Code, Error, RequestHead};

use super::{check_version, checksums, page_size, part_marker};
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

const NAMES: [&str; 5] = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

pub(crate) struct GetObjectAttributes;

impl Handler for GetObjectAttributes {
    type Input = GetObjectAttributesInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetObjectAttributesInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:GetObjectVersion")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let action = match input.version_id {
            Some(_) => "s3:GetObjectVersionAttributes",
            None => "s3:GetObjectAttributes",
        };
        exchange.authorize::<Self>(&Ask::of_target(exchange).for_action(action))?;
        check_version(input.version_id.as_deref())?;
        let asked = asked(exchange)?;
        let is_asked = |name: &str| asked.iter().any(|it| it == name);
        let max = page_size("max-parts", input.max_parts)?;
        let after = part_marker(input.part_number_marker)?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let found = match is_asked("ObjectParts") {
            true => permit.store().get_with_parts(&bucket, &key).await,
            false => permit.store().get(&bucket, &key).await.map(|it| it.map(|it| (it, None))),
        };
        let (object, parts) = found.map_err(|e| error_of(e, exchange))?.ok_or_else(|| {
            exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()))
        })?;
        Ok(Answer::of(GetObjectAttributesOutput {
            last_modified: Some(object.summary.modified),
            etag: is_asked("ETag").then(|| object.summary.etag.to_string()),
            checksum: is_asked("Checksum").then(|| checksum(&object.summary)),
            object_parts: parts.map(|parts| page(&object.summary, parts, (after, max))),
            storage_class: is_asked("StorageClass").then(|| "STANDARD".into()),
            object_size: is_asked("ObjectSize").then_some(object.summary.length as i64),
            ..Default::default()
        }))
    }
}

/// `x-amz-object-attributes`: a list, in one header or several.
fn asked(exchange: &Exchange<'_>) -> Result<Vec<String>, Error> {
    let lines = exchange.head.headers.get_all("x-amz-object-attributes").into_iter();
    let names = lines.flat_map(|it| it.to_str().unwrap_or_default().split(','));
    let names: Vec<String> = names.map(|it| it.trim().to_owned()).collect();
    if names.iter().all(String::is_empty) {
        return Err(Error::new(Code::InvalidRequest).message(
            "The x-amz-object-attributes header specifying the attributes to be retrieved is \
             either missing or empty",
        ));
    }
    match names.iter().find(|it| !NAMES.contains(&it.as_str())) {
        Some(name) => Err(Error::argument("x-amz-object-attributes", name)
            .message("Invalid attribute name specified.")),
        None => Ok(names),
    }
}

/// Without `-N` behind a composite one, as S3 has it here.
fn checksum(object: &Summary) -> Checksum {
    let (sum, kind) =
        checksums::of_object((object.declared, object.declared_kind), object.crc64nvme);
    let mut checksum =
        Checksum { checksum_type: kind.map(|it| it.name().into()), ..Default::default() };
    checksum.set_checksum(sum);
    checksum
}

/// Parts are listed where each has a checksum that its object's is made of; else they are counted.
fn page(
    object: &Summary,
    parts: Vec<ListedPart>,
    (after, max): (u16, usize),
) -> GetObjectAttributesParts {
    let count = parts.len();
    let mut page =
        GetObjectAttributesParts { total_parts_count: Some(count as i64), ..Default::default() };
    if object.declared_kind != Some(ChecksumKind::Composite) {
        return page;
    }
    let mut rest = parts.into_iter().filter(|it| it.number > after);
    let listed: Vec<ListedPart> = rest.by_ref().take(max).collect();
    page.part_number_marker = Some(i64::from(after));
    page.next_part_number_marker = Some(listed.last().map_or(0, |it| i64::from(it.number)));
    page.max_parts = Some(max as i64);
    page.is_truncated = Some(max > 0 && rest.next().is_some());
    let parts = listed.into_iter().map(|it| {
        let (number, size) = (Some(i64::from(it.number)), Some(it.length as i64));
        let mut part = ObjectPart { part_number: number, size, ..Default::default() };
        part.set_checksum(it.declared);
        part
    });
    page.parts = parts.collect();
    page
}
