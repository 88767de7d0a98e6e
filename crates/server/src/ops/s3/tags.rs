//! Tags of buckets and objects: which there may be, how they come with a request, and what policies
//! see of them.

use std::collections::HashSet;

use bytes::Bytes;
use store::{Config, Store};
use wire::documents::{Tag, Tagging};
use wire::xml::Element;
use wire::{Code, Error, Query};

use crate::authorize::Ask;
use crate::ops::error_of;
use crate::pipeline::Exchange;

const KEY_CHARACTERS_MAX: usize = 128;
const VALUE_CHARACTERS_MAX: usize = 256;

/// A key and its value.
pub(crate) type Pair = (String, String);

/// What is tagged, and how S3 refuses its tags: `None` are sentences that name the tag.
pub(crate) struct Tagged {
    most: usize,
    too_many: &'static str,
    system: System,
    twice: Option<&'static str>,
    invalid: Option<&'static str>,
}

/// How a key that begins with `aws:` is refused.
enum System {
    /// By its name.
    Named(&'static str),
    /// By a sentence alone.
    Said(&'static str),
}

/// A bucket ("Using cost allocation S3 bucket tags", S3 User Guide).
pub(crate) const BUCKET: Tagged = Tagged {
    most: 50,
    too_many: "Bucket tag count cannot be greater than 50",
    system: System::Named("System tags cannot be added/updated by requester"),
    twice: None,
    invalid: None,
};

/// A bucket that is being made; sentences as AWS was recorded.
pub(crate) const NEW_BUCKET: Tagged = Tagged {
    system: System::Said(
        "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. \
         Remove \"aws:\" from your tag keys and try again.",
    ),
    ..BUCKET
};

/// What an ARN names, in S3 Control's words; recorded likewise.
pub(crate) const RESOURCE: Tagged = Tagged {
    twice: Some(
        "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
    ),
    invalid: Some(
        "This request contains a tag key or value that isn't valid. Valid characters include the \
         following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can \
         contain up to 256 characters.",
    ),
    ..NEW_BUCKET
};

/// An object ("Categorizing your objects using tags", S3 User Guide).
pub(crate) const OBJECT: Tagged = Tagged {
    most: store::TAGS_MAX,
    too_many: "Object tags cannot be greater than 10",
    system: System::Named("Your TagKey cannot be prefixed with aws:"),
    twice: None,
    invalid: None,
};

/// Refuses what S3 refuses.
pub(crate) fn check(tags: &[Pair], of: &Tagged) -> Result<(), Error> {
    let refused = |why: &'static str| Error::new(Code::InvalidTag).message(why);
    if tags.len() > of.most {
        return Err(Error::new(Code::BadRequest).message(of.too_many));
    }
    let mut keys = HashSet::new();
    for (key, value) in tags {
        if key.is_empty() || key.chars().count() > KEY_CHARACTERS_MAX || !is_text(key) {
            return Err(match of.invalid {
                Some(why) => refused(why),
                None => refused("The TagKey you have provided is invalid").with("TagKey", key),
            });
        }
        if value.chars().count() > VALUE_CHARACTERS_MAX || !is_text(value) {
            return Err(match of.invalid {
                Some(why) => refused(why),
                None => refused("The TagValue you have provided is invalid")
                    .with("TagKey", key)
                    .with("TagValue", value),
            });
        }
        if key.to_lowercase().starts_with("aws:") {
            return Err(match of.system {
                System::Named(why) => refused(why).with("TagKey", key),
                System::Said(why) => refused(why),
            });
        }
        if !keys.insert(key) {
            return Err(match of.twice {
                Some(why) => refused(why),
                None => {
                    refused("Cannot provide multiple Tags with the same key").with("TagKey", key)
                }
            });
        }
    }
    Ok(())
}

/// Letters, digits and spaces of any script, and these signs.
fn is_text(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "+-=._:/@".contains(c))
}

/// Tags as pairs: both halves must be there.
pub(crate) fn pairs(tags: Vec<Tag>) -> Result<Vec<Pair>, Error> {
    let pair = |tag: Tag| Some((tag.key?, tag.value?));
    let all: Option<Vec<_>> = tags.into_iter().map(pair).collect();
    all.ok_or_else(|| Error::new(Code::MalformedXML))
}

/// Sets a bucket's tags, or removes them. Where they count for access that takes TagResource and
/// UntagResource ("PutBucketAbac", S3 API Reference: these operations no longer can).
pub(super) async fn set_of_bucket(
    exchange: &Exchange<'_>,
    store: &Store,
    document: Option<Bytes>,
) -> Result<(), Error> {
    if exchange.settings()?.abac {
        return Err(Error::new(Code::InvalidRequest).message(
            "The bucket's tags are used for access control (ABAC is enabled): use TagResource and \
             UntagResource to change them",
        ));
    }
    let bucket = exchange.bucket();
    let set = store.set_config_if(&bucket, (Config::Tags, document), &[Config::Abac]).await;
    set.map_err(|e| error_of(e, exchange))
}

/// An object's tags from a `Tagging` document.
pub(crate) fn of_document(document: &[u8]) -> Result<Vec<Pair>, Error> {
    let tagging = Tagging::read(&Element::parse(document, "Tagging")?)?;
    let tags = pairs(tagging.tag_set)?;
    check(&tags, &OBJECT)?;
    Ok(tags)
}

/// An object's tags from `x-amz-tagging`, which is written like a query; none without the header.
pub(crate) fn of_header(header: Option<&str>) -> Result<Vec<Pair>, Error> {
    let Some(text) = header else { return Ok(vec![]) };
    let invalid = || {
        Error::argument("x-amz-tagging", text).message(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query \
                 parameters without tag name duplicates.",
        )
    };
    let query = Query::parse(text).map_err(|_| invalid())?;
    let tags = query.pairs();
    let mut keys = HashSet::new();
    let is_written_well = |(key, value): &Pair| {
        !key.is_empty() && is_text(key) && is_text(value) && keys.insert(key.clone())
    };
    if !tags.iter().all(is_written_well) {
        return Err(invalid());
    }
    check(tags, &OBJECT)?;
    // AWS keeps no order of these; this one reads well.
    let mut tags = tags.to_vec();
    tags.sort();
    Ok(tags)
}

/// The same as an answer has them.
pub(crate) fn listed(tags: Vec<Pair>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key: Some(key), value: Some(value) }).collect()
}

/// The question of an operation that writes an object which may have tags. Tags that are wrong are
/// told only to whoever may write.
pub(crate) fn ask_to_put(exchange: &Exchange<'_>, header: Option<&str>) -> Ask {
    told(Ask::of_target(exchange), &of_header(header).unwrap_or_default())
}

/// The tags that a new object gets: giving it some needs a permit of its own.
pub(crate) fn to_put<Op>(
    exchange: &Exchange<'_>,
    header: Option<&str>,
) -> Result<Vec<Pair>, Error> {
    let tags = of_header(header)?;
    if header.is_some() {
        authorize_to_put::<Op>(exchange, &tags)?;
    }
    Ok(tags)
}

/// Whether the caller may give the object that a request names these tags.
pub(crate) fn authorize_to_put<Op>(exchange: &Exchange<'_>, tags: &[Pair]) -> Result<(), Error> {
    let ask = told(Ask::of_target(exchange), tags).for_action("s3:PutObjectTagging");
    exchange.authorize::<Op>(&ask).map(drop)
}

/// Tells policies which tags an object is to have.
pub(crate) fn told(ask: Ask, tags: &[Pair]) -> Ask {
    tags.iter().fold(ask, |ask, (key, value)| {
        let ask = ask.with(format!("s3:RequestObjectTag/{key}"), value);
        ask.with("s3:RequestObjectTagKeys", key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> Pair {
        (key.into(), value.into())
    }

    #[test]
    fn limits_are_inclusive() {
        let many = |count: usize| (0..count).map(|it| tag(&it.to_string(), "")).collect::<Vec<_>>();
        for (most, of) in [(10, OBJECT), (50, BUCKET), (50, RESOURCE)] {
            assert!(check(&many(most), &of).is_ok());
            assert_eq!(check(&many(most + 1), &of).unwrap_err().code(), Code::BadRequest);
        }
        let (key, value) = ("옹".repeat(128), "값".repeat(256));
        assert!(check(&[tag(&key, &value)], &OBJECT).is_ok());
        for (key, value) in [
            (format!("{key}k"), value.clone()),
            (key.clone(), format!("{value}v")),
            (String::new(), String::new()),
            ("aws:x".into(), String::new()),
            ("a,b".into(), String::new()),
            ("a".into(), "a?".into()),
        ] {
            let error = check(&[(key, value)], &OBJECT).unwrap_err();
            assert_eq!(error.code(), Code::InvalidTag);
        }
    }

    /// As AWS was recorded.
    #[test]
    fn a_refusal_is_worded_by_what_is_tagged() {
        let twice = [tag("k", ""), tag("k", "")];
        for (tags, of, sentence, named) in [
            (&[tag("aws:k", "")][..], &BUCKET, "System tags cannot", Some("aws:k")),
            (&[tag("aws:k", "")], &OBJECT, "Your TagKey cannot be prefixed", Some("aws:k")),
            (&[tag("aws:k", "")], &NEW_BUCKET, "User-defined tag keys can't", None),
            (&[tag("aws:k", "")], &RESOURCE, "User-defined tag keys can't", None),
            (&twice, &BUCKET, "Cannot provide multiple Tags", Some("k")),
            (&twice, &RESOURCE, "There are duplicate tag keys", None),
            (&[tag("k,", "")], &NEW_BUCKET, "The TagKey you have", Some("k,")),
            (&[tag("k,", "")], &RESOURCE, "This request contains a tag key or value", None),
            (&[tag("k", "v,")], &RESOURCE, "This request contains a tag key or value", None),
        ] {
            let error = check(tags, of).unwrap_err();
            assert_eq!(error.code(), Code::InvalidTag);
            assert!(error.sentence().starts_with(sentence), "{error:?}");
            assert_eq!(error.element("TagKey"), named);
        }
    }

    /// AWS's answers, as others have recorded them.
    #[test]
    fn the_header_is_a_query() {
        assert_eq!(of_header(None).unwrap(), []);
        assert_eq!(
            of_header(Some("a=1+2&b=%EC%98%B9")).unwrap(),
            [tag("a", "1 2"), tag("b", "옹")]
        );
        assert_eq!(of_header(Some("a&&&b")).unwrap(), [tag("a", ""), tag("b", "")]);
        for (header, code) in [
            ("key1=val1&key1=val2", Code::InvalidArgument),
            ("key1=val1,key2=val2", Code::InvalidArgument),
            ("%FF=1", Code::InvalidArgument),
            ("=1", Code::InvalidArgument),
            ("aws:a=1", Code::InvalidTag),
            ("a&b&c&d&e&f&g&h&i&j&k", Code::BadRequest),
        ] {
            assert_eq!(of_header(Some(header)).unwrap_err().code(), code, "{header}");
        }
    }
}
