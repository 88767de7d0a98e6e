//! What names, paths, tags and texts may be (the patterns of IAM's service model), and what AWS says
//! where they aren't.

use std::fmt;

use crate::error::{IamError, Invalid};

/// Longest name of a user, in characters.
pub const USER_NAME_CHARACTERS_MAX: usize = 64;
/// Longest name of a group.
pub const GROUP_NAME_CHARACTERS_MAX: usize = 128;
/// Longest name of a policy.
pub const POLICY_NAME_CHARACTERS_MAX: usize = 128;
/// Longest path, both slashes included.
pub const PATH_CHARACTERS_MAX: usize = 512;
/// Longest description of a policy.
pub const DESCRIPTION_CHARACTERS_MAX: usize = 1000;
/// Longest key of a tag.
pub const TAG_KEY_CHARACTERS_MAX: usize = 128;
/// Longest value of a tag.
pub const TAG_VALUE_CHARACTERS_MAX: usize = 256;
/// Most tags of one user or policy, and of one request.
pub const TAGS_MAX: usize = 50;

/// A tag: keys are told apart without regard to case, and kept as they were written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value; may be empty.
    pub value: String,
}

/// Names are unique without regard to case.
pub(crate) fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// A name of `field` (`userName`, `groupName`, `policyName`), `[\w+=,.@-]+`.
pub(crate) fn check_name(field: &'static str, name: &str, max: usize) -> Result<(), IamError> {
    check_length(field, name, 1, max)?;
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"_+=,.@-".contains(&it);
    match name.bytes().all(fits) {
        true => Ok(()),
        false => Err(Invalid::NameCharacters { field }.into()),
    }
}

/// A path: `/`, or text without blanks between two slashes. Policies' paths allow fewer letters.
pub(crate) fn check_path(path: &str, of_policy: bool) -> Result<(), IamError> {
    check_length("path", path, 1, PATH_CHARACTERS_MAX)?;
    let inner = path.strip_prefix('/').and_then(|it| match it {
        "" => Some(""),
        _ => it.strip_suffix('/').filter(|it| !it.is_empty()),
    });
    let fits = |it: u8| match of_policy {
        true => it.is_ascii_alphanumeric() || b".,+@=_-/".contains(&it),
        false => it.is_ascii_graphic(),
    };
    let whole = |it: &str| it.is_empty() || !of_policy || it.split('/').all(|it| !it.is_empty());
    match inner {
        Some(inner) if inner.bytes().all(fits) && whole(inner) => Ok(()),
        _ => Err(Invalid::Path.into()),
    }
}

/// The `PathPrefix` of a listing, which what is listed has a path with; `/` if none is given.
pub fn path_prefix(prefix: Option<&str>) -> Result<&str, IamError> {
    let prefix = prefix.unwrap_or("/");
    check_length("pathPrefix", prefix, 1, PATH_CHARACTERS_MAX)?;
    let fits = prefix.starts_with('/') && prefix.bytes().all(|it| (0x21..=0x7f).contains(&it));
    if fits { Ok(prefix) } else { Err(Invalid::PathPrefix.into()) }
}

pub(crate) fn check_description(text: &str) -> Result<(), IamError> {
    check_length("description", text, 0, DESCRIPTION_CHARACTERS_MAX)
}

pub(crate) fn check_length(
    field: &'static str,
    text: &str,
    min: usize,
    max: usize,
) -> Result<(), IamError> {
    let count = text.chars().count();
    if count < min {
        return Err(Invalid::TooShort { field, min }.into());
    }
    if count > max {
        return Err(Invalid::TooLong { field, max }.into());
    }
    Ok(())
}

/// How the keys of tags are told apart, as AWS was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKeys {
    /// A policy's: by every letter.
    Exact,
    /// A user's: without regard to case.
    AnyCase,
}

impl TagKeys {
    pub(crate) fn same(self, a: &str, b: &str) -> bool {
        a == b || (self == Self::AnyCase && a.to_lowercase() == b.to_lowercase())
    }
}

impl fmt::Display for TagKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact => "",
            Self::AnyCase => " Please note that Tag keys are case insensitive.",
        })
    }
}

/// The tags of one request.
pub(crate) fn check_tags(tags: &[Tag], keys: TagKeys) -> Result<(), IamError> {
    if tags.len() > TAGS_MAX {
        return Err(Invalid::TooLong { field: "tags", max: TAGS_MAX }.into());
    }
    for (index, tag) in tags.iter().enumerate() {
        check_tag_key(&tag.key)?;
        check_length("tags.member.value", &tag.value, 0, TAG_VALUE_CHARACTERS_MAX)?;
        if !tag.value.chars().all(fits_tag) {
            return Err(Invalid::TagCharacters { field: "tags.member.value" }.into());
        }
        let same = |it: &Tag| keys.same(&it.key, &tag.key);
        if tags[..index].iter().any(same) {
            return Err(IamError::DuplicateTagKeys(keys));
        }
    }
    Ok(())
}

pub(crate) fn check_tag_key(key: &str) -> Result<(), IamError> {
    check_length("tags.member.key", key, 1, TAG_KEY_CHARACTERS_MAX)?;
    if !key.chars().all(fits_tag) {
        return Err(Invalid::TagCharacters { field: "tags.member.key" }.into());
    }
    // IAM User Guide, "Rules for tagging": the prefix is AWS's own, in any case.
    match key.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("aws:")) {
        true => Err(Invalid::ReservedTagKey.into()),
        false => Ok(()),
    }
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]`.
fn fits_tag(it: char) -> bool {
    it.is_alphabetic()
        || it.is_numeric()
        || (it.is_whitespace() && !it.is_control())
        || "_.:/=+-@".contains(it)
}

/// Tags with others put over them: one of the same key is replaced, its key's spelling included.
pub(crate) fn with_tags(old: &[Tag], new: &[Tag], keys: TagKeys) -> Vec<Tag> {
    let replaced = |tag: &&Tag| !new.iter().any(|it| keys.same(&it.key, &tag.key));
    old.iter().filter(replaced).chain(new).cloned().collect()
}

/// Tags without those of these keys; a key that isn't there is nothing.
pub(crate) fn without_tags(old: &[Tag], without: &[String], keys: TagKeys) -> Vec<Tag> {
    let kept = |tag: &&Tag| !without.iter().any(|it| keys.same(it, &tag.key));
    old.iter().filter(kept).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_digits_and_a_few_signs() {
        for good in ["a", "Kim.Lee+x=1,y@b_c-d", &"n".repeat(64)] {
            assert!(check_name("userName", good, 64).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a/b", "김", "a:b", "a*", &"n".repeat(65)] {
            assert!(check_name("userName", bad, 64).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_path_stands_between_slashes() {
        let longest = format!("/{}/", "p".repeat(510));
        for good in ["/", "/a/", "/a/b-c/", &longest] {
            assert!(check_path(good, false).is_ok() && check_path(good, true).is_ok(), "{good}");
        }
        assert!(check_path("/a!b/", false).is_ok() && check_path("/a!b/", true).is_err());
        let too_long = format!("/{}/", "p".repeat(511));
        for bad in ["", "//", "a", "a/", "/a", "/a b/", "/é/", &too_long] {
            assert!(check_path(bad, false).is_err() && check_path(bad, true).is_err(), "{bad}");
        }
        assert!(check_path("/a//b/", false).is_ok() && check_path("/a//b/", true).is_err());
    }

    #[test]
    fn tag_keys_are_told_apart_without_regard_to_case_but_for_policies() {
        let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
        let check_tags = |tags: &[Tag]| check_tags(tags, TagKeys::AnyCase);
        assert!(check_tags(&[tag("team", "a b"), tag("부서", "")]).is_ok());
        let two = [tag("team", "a"), tag("Team", "b")];
        assert!(matches!(check_tags(&two), Err(IamError::DuplicateTagKeys(TagKeys::AnyCase))));
        assert!(super::check_tags(&two, TagKeys::Exact).is_ok());
        let twice = [tag("team", "a"), tag("team", "b")];
        let refused = super::check_tags(&twice, TagKeys::Exact).unwrap_err();
        assert_eq!(refused.to_string(), "Duplicate tag keys found.");
        for bad in
            [tag("", "v"), tag("aws:x", "v"), tag("AWS:x", "v"), tag("k", "a\nb"), tag("k?", "")]
        {
            assert!(check_tags(std::slice::from_ref(&bad)).is_err(), "{bad:?}");
        }
        for (key, value, fits) in [(128, 256, true), (129, 1, false), (1, 257, false)] {
            let tag = tag(&"k".repeat(key), &"v".repeat(value));
            assert_eq!(check_tags(&[tag]).is_ok(), fits, "{key} {value}");
        }
        let many = |n: usize| (0..n).map(|it| tag(&it.to_string(), "")).collect::<Vec<_>>();
        assert!(check_tags(&many(50)).is_ok() && check_tags(&many(51)).is_err());
        let old = [tag("Team", "a"), tag("x", "1")];
        let new = with_tags(&old, &[tag("team", "b")], TagKeys::AnyCase);
        assert_eq!(new, [tag("x", "1"), tag("team", "b")]);
        let without = ["X".into(), "none".into()];
        assert_eq!(without_tags(&new, &without, TagKeys::AnyCase), [tag("team", "b")]);
        assert_eq!(without_tags(&new, &without, TagKeys::Exact), new);
        let both = with_tags(&old, &[tag("team", "b")], TagKeys::Exact);
        assert_eq!(both, [tag("Team", "a"), tag("x", "1"), tag("team", "b")]);
    }
}
