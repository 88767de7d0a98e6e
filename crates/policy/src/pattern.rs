//! Patterns of actions and ARNs, and what they match.
//!
//! `*` is any number of characters, `?` is one. Actions don't distinguish case. An ARN is six parts
//! between colons, the last of which may contain colons itself. In a `Resource` a wildcard stays in
//! its part, except that a `*` at a part's end goes on over the colons (IAM User Guide, "Resource");
//! in an ARN condition every part is matched for itself ("Condition operators").

use std::borrow::Cow;

use crate::error::{ErrorKind, IAM_RESOURCES, Position};
use crate::gate::Gate;
use crate::variables::{Keys, Meaning, Part, Template};

/// The parts of an ARN.
pub(crate) const ARN_PARTS: usize = 6;

/// Compiled text with wildcards.
#[derive(Clone, Debug)]
pub(crate) enum Glob {
    Exact(Box<str>),
    /// Text and then anything: most patterns with a wildcard.
    Prefix(Prefix),
    General(Box<[Token]>),
}

/// Text that begins so. Patterns of one policy begin alike more often than they end alike: the last
/// bytes are compared first, without following the pointer.
#[derive(Clone, Debug)]
pub(crate) struct Prefix {
    last: [u8; 8],
    pub text: Box<str>,
}

impl Prefix {
    fn new(text: String) -> Self {
        let last = text.as_bytes().last_chunk().copied().unwrap_or_default();
        Self { last, text: text.into() }
    }

    fn begins(&self, text: &str) -> bool {
        let len = self.text.len();
        let last = text.as_bytes().get(..len).map(<[u8]>::last_chunk);
        let alike = match last {
            Some(Some(last)) => *last == self.last,
            Some(None) => true,
            None => false,
        };
        alike && text.starts_with(&*self.text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Char(char),
    /// `?`
    One,
    /// `?` that isn't a colon.
    OneInPart,
    /// `*`
    Many,
    /// `*` without colons.
    ManyInPart,
}

impl Token {
    fn takes(self, c: char) -> bool {
        match self {
            Self::Char(own) => own == c,
            Self::One | Self::Many => true,
            Self::OneInPart | Self::ManyInPart => c != ':',
        }
    }
}

/// Where the parts of a pattern end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parts {
    /// Nowhere: plain text.
    None,
    /// At the first five colons; a `*` at a part's end passes them.
    Resource,
    /// At the first five colons.
    Condition,
}

impl Glob {
    /// Of a template without variables.
    pub fn new(template: &Template, parts: Parts) -> Self {
        if let [] | [Part::Text(_)] = &*template.0 {
            return Self::Exact(template.text().into());
        }
        let tokens = tokens(template, parts);
        match tokens.split_last() {
            Some((Token::Many, text)) if text.iter().all(|it| matches!(it, Token::Char(_))) => {
                let chars = text.iter().map(|it| if let Token::Char(c) = it { *c } else { '*' });
                Self::Prefix(Prefix::new(chars.collect()))
            }
            _ => Self::General(tokens.into()),
        }
    }

    /// Whether it is `*` and nothing else.
    pub fn is_lone_star(&self) -> bool {
        match self {
            Self::Exact(_) => false,
            Self::Prefix(prefix) => prefix.text.is_empty(),
            Self::General(tokens) => matches!(**tokens, [Token::ManyInPart]),
        }
    }

    /// What everything begins with that it matches, and whether that is all of it.
    fn beginning(&self) -> (Cow<'_, str>, bool) {
        match self {
            Self::Exact(text) => (Cow::Borrowed(text), true),
            Self::Prefix(prefix) => (Cow::Borrowed(&prefix.text), false),
            Self::General(tokens) => {
                let chars = tokens.iter().map_while(|it| match it {
                    Token::Char(c) => Some(*c),
                    _ => None,
                });
                (Cow::Owned(chars.collect()), false)
            }
        }
    }

    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(own) => **own == *text,
            Self::Prefix(prefix) => prefix.begins(text),
            Self::General(tokens) if tokens.contains(&Token::ManyInPart) => {
                matches_all_ways(tokens, text)
            }
            Self::General(tokens) => matches_last_star(tokens, text),
        }
    }
}

fn tokens(template: &Template, parts: Parts) -> Vec<Token> {
    let mut tokens = vec![];
    let mut colons = if parts == Parts::None { ARN_PARTS } else { 0 };
    for (index, part) in template.0.iter().enumerate() {
        let bound = colons < ARN_PARTS - 1;
        match part {
            Part::Text(text) => {
                colons += text.matches(':').count();
                tokens.extend(text.chars().map(Token::Char));
            }
            Part::One if bound => tokens.push(Token::OneInPart),
            Part::One => tokens.push(Token::One),
            Part::Many if bound => {
                let at_end = match template.0.get(index + 1) {
                    None => true,
                    Some(Part::Text(text)) => text.starts_with(':'),
                    Some(_) => false,
                };
                let passes = at_end && parts == Parts::Resource;
                tokens.push(if passes { Token::Many } else { Token::ManyInPart });
            }
            Part::Many => tokens.push(Token::Many),
            Part::Variable { .. } => unreachable!("filled before it is matched"),
        }
    }
    tokens
}

/// Where every `*` takes anything it is enough to try again from the last one.
fn matches_last_star(tokens: &[Token], text: &str) -> bool {
    let mut rest = text.chars();
    let mut at = 0;
    let mut again = None;
    loop {
        match tokens.get(at) {
            Some(Token::Many) => {
                at += 1;
                again = Some((at, rest.clone()));
                continue;
            }
            Some(token) => {
                let mut next = rest.clone();
                if next.next().is_some_and(|c| token.takes(c)) {
                    rest = next;
                    at += 1;
                    continue;
                }
            }
            None if rest.as_str().is_empty() => return true,
            None => {}
        }
        let Some((after_star, chars)) = &mut again else { return false };
        if chars.next().is_none() {
            return false;
        }
        at = *after_star;
        rest = chars.clone();
    }
}

/// A `*` that may not pass a colon can make an earlier one take more: all ways at once.
fn matches_all_ways(tokens: &[Token], text: &str) -> bool {
    let mut at = vec![false; tokens.len() + 1];
    at[0] = true;
    let pass_stars = |at: &mut Vec<bool>| {
        for (index, token) in tokens.iter().enumerate() {
            at[index + 1] |= at[index] && matches!(token, Token::Many | Token::ManyInPart);
        }
    };
    pass_stars(&mut at);
    for c in text.chars() {
        let mut next = vec![false; tokens.len() + 1];
        for (index, token) in tokens.iter().enumerate().filter(|(index, _)| at[*index]) {
            let star = matches!(token, Token::Many | Token::ManyInPart);
            next[if star { index } else { index + 1 }] |= token.takes(c);
        }
        pass_stars(&mut next);
        at = next;
    }
    at[tokens.len()]
}

/// An action of a request, ready to be compared with many patterns.
#[derive(Debug)]
pub(crate) struct Action {
    lower: Box<str>,
    head: u64,
}

impl Action {
    pub fn new(action: &str) -> Self {
        let lower = action.to_ascii_lowercase();
        let head = head(lower.as_bytes()).0;
        Self { lower: lower.into(), head }
    }

    /// What statements that may bear on it and this resource let pass.
    pub fn gate(&self, resource: &str) -> Gate {
        Gate::of_request(&self.lower, resource)
    }
}

const HEAD_BYTES: usize = 8;

/// The first bytes, and which bits of them are there.
fn head(bytes: &[u8]) -> (u64, u64) {
    let mut head = [0; HEAD_BYTES];
    let mut mask = [0; HEAD_BYTES];
    for (index, byte) in bytes.iter().take(HEAD_BYTES).enumerate() {
        (head[index], mask[index]) = (*byte, 0xff);
    }
    (u64::from_le_bytes(head), u64::from_le_bytes(mask))
}

/// What stands in `Action` or `NotAction`: `s3:Get*`.
#[derive(Clone, Debug)]
pub struct ActionPattern {
    /// Its first letters. Most patterns differ from most actions in them: what doesn't match is
    /// seen without following a pointer.
    head: u64,
    mask: u64,
    /// They are all that it asks for: `s3:*`.
    short: bool,
    glob: Glob,
    text: Box<str>,
    at: Position,
}

impl ActionPattern {
    pub(crate) fn parse(text: &str, at: Position) -> Result<Self, ErrorKind> {
        let form = text.split_once(':');
        match form {
            None if text == "*" => {}
            None => return Err(ErrorKind::ActionVendor(text.into())),
            Some((_, name)) if name.contains(':') => {
                return Err(ErrorKind::ActionColons(text.into()));
            }
            Some((vendor, name)) => {
                let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
                if vendor != "*" && (vendor.is_empty() || !vendor.chars().all(letters)) {
                    return Err(ErrorKind::Vendor(vendor.into()));
                }
                if name.is_empty() || !name.chars().all(|c| c.is_ascii_graphic()) {
                    return Err(ErrorKind::Action(text.into()));
                }
            }
        }
        let lower = text.to_ascii_lowercase();
        let meaning = Meaning { wildcards: true, variables: false };
        let glob = Glob::new(&Template::parse(&lower, meaning)?, Parts::None);
        let literal = lower.find(['*', '?']).unwrap_or(lower.len());
        let (head, mask) = head(&lower.as_bytes()[..literal]);
        let short = matches!(&glob, Glob::Prefix(it) if it.text.len() <= HEAD_BYTES);
        Ok(Self { head, mask, short, glob, text: text.into(), at })
    }

    /// What every action begins with that it matches, in lower case, and whether that is all of it.
    pub(crate) fn beginning(&self) -> (Cow<'_, str>, bool) {
        self.glob.beginning()
    }

    pub(crate) fn matches(&self, action: &Action) -> bool {
        action.head & self.mask == self.head && (self.short || self.glob.matches(&action.lower))
    }

    /// Whether it matches this action, `s3:GetObject` in any case.
    pub fn matches_name(&self, action: &str) -> bool {
        self.matches(&Action::new(action))
    }

    /// As the policy says it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    pub fn position(&self) -> Position {
        self.at
    }
}

/// Text or an ARN with wildcards and, in version 2012-10-17, variables.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    Ready(Glob),
    /// Has variables, and at most a `*` at its end: most patterns with variables.
    Letters(Template),
    /// Has variables and other wildcards.
    Open(Template),
}

impl Pattern {
    pub fn new(template: Template, parts: Parts) -> Self {
        if !template.has_variables() {
            return Self::Ready(Glob::new(&template, parts));
        }
        // In a condition even the last `*` may be bound to its part.
        match template.is_open_at_end_only() && parts != Parts::Condition {
            true => Self::Letters(template),
            false => Self::Open(template),
        }
    }

    /// What has to be filled in.
    pub fn template(&self) -> Option<&Template> {
        match self {
            Self::Ready(_) => None,
            Self::Letters(template) | Self::Open(template) => Some(template),
        }
    }

    /// None if a variable can't be filled.
    pub fn matches(&self, text: &str, parts: Parts, keys: &dyn Keys) -> Option<bool> {
        match self {
            Self::Ready(glob) => Some(glob.matches(text)),
            Self::Letters(template) => template.matches_letters(text, keys),
            Self::Open(template) => {
                template.fill(keys).map(|it| Glob::new(&it, parts).matches(text))
            }
        }
    }
}

/// What stands in `Resource` or `NotResource`: `arn:aws:s3:::bucket/*`.
#[derive(Clone, Debug)]
pub struct ResourcePattern {
    pattern: Pattern,
    text: Box<str>,
    at: Position,
}

impl ResourcePattern {
    pub(crate) fn parse(text: &str, variables: bool, at: Position) -> Result<Self, ErrorKind> {
        let template = Template::parse(text, Meaning { wildcards: true, variables })?;
        if text != "*" {
            check_arn(text, variables)?;
        }
        Ok(Self { pattern: Pattern::new(template, Parts::Resource), text: text.into(), at })
    }

    /// What has to be filled in.
    pub(crate) fn template(&self) -> Option<&Template> {
        self.pattern.template()
    }

    /// What everything begins with that it matches, and whether that is all of it.
    pub(crate) fn beginning(&self) -> (Cow<'_, str>, bool) {
        match &self.pattern {
            Pattern::Ready(glob) => glob.beginning(),
            Pattern::Letters(template) | Pattern::Open(template) => match template.0.first() {
                Some(Part::Text(text)) => (Cow::Borrowed(text), false),
                _ => (Cow::Borrowed(""), false),
            },
        }
    }

    /// None if a variable in it can't be filled.
    pub(crate) fn matches(&self, resource: &str, keys: &dyn Keys) -> Option<bool> {
        self.pattern.matches(resource, Parts::Resource, keys)
    }

    /// As the policy says it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    pub fn position(&self) -> Position {
        self.at
    }
}

/// The partitions of AWS; resources of `aws-cn` never match here, but such policies are policies.
const PARTITIONS: [&str; 6] = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "*"];

fn check_arn(text: &str, variables: bool) -> Result<(), ErrorKind> {
    let mut parts = text.splitn(ARN_PARTS, ':');
    let (arn, partition) = (parts.next(), parts.next());
    let Some(partition) = partition else {
        return Err(ErrorKind::Resource(text.into()));
    };
    let has_all = text.splitn(ARN_PARTS, ':').count() == ARN_PARTS;
    if arn != Some("arn") {
        // AWS takes whatever stands before the first colon for `arn`, and says `*` for what is missing.
        let mut rest: Vec<&str> = text.splitn(ARN_PARTS, ':').skip(1).collect();
        rest.resize(ARN_PARTS - 1, "*");
        let arn = format!("arn:{}", rest.join(":"));
        return Err(ErrorKind::Partition { partition: partition.into(), arn });
    }
    if !PARTITIONS.contains(&partition) {
        return Err(match has_all {
            true => ErrorKind::Partition { partition: partition.into(), arn: text.into() },
            false => ErrorKind::ResourceParts(text.into()),
        });
    }
    let vendor = parts.next();
    if vendor == Some("") {
        return Err(ErrorKind::ResourceParts(text.into()));
    }
    let vendor = vendor.unwrap_or_default();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if vendor.is_empty() || !vendor.chars().all(letters) {
        return Err(ErrorKind::ResourceVendor(text.into()));
    }
    let rest: Vec<&str> = parts.collect();
    if !has_all && !text.ends_with('*') {
        return Err(ErrorKind::ResourceParts(text.into()));
    }
    if let [region, account, name] = *rest {
        check_region_and_kind(vendor, (region, account, name), text)?;
    }
    // Only the last part may vary (IAM User Guide, "Where you can use policy variables").
    let early = &rest[..rest.len().min(ARN_PARTS - 4)];
    if variables && early.iter().any(|it| it.contains("${")) {
        return Err(ErrorKind::Variable(text.into()));
    }
    Ok(())
}

/// Kinds of resources of IAM that its sentence about them doesn't name: they are younger, or found in
/// AWS's reference only. A policy that AWS takes is a policy.
const IAM_OTHERS: [&str; 6] =
    ["assumed-role/", "delegation-request/", "contextProvider/", "root", "*", "${"];

/// The buckets and objects of S3 and the resources of IAM are in no region, and those of IAM are of a
/// kind.
fn check_region_and_kind(
    vendor: &str,
    (region, account, name): (&str, &str, &str),
    text: &str,
) -> Result<(), ErrorKind> {
    let in_region = match vendor {
        // What is in a region is an account's: access points, jobs.
        "s3" => !region.is_empty() && account.is_empty(),
        "iam" => !region.is_empty(),
        _ => false,
    };
    if in_region {
        return Err(ErrorKind::ResourceRegion(text.into()));
    }
    let kinds = || IAM_RESOURCES.iter().chain(&IAM_OTHERS);
    if vendor == "iam" && !kinds().any(|it| name.starts_with(it)) {
        return Err(ErrorKind::IamResource(text.into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn resource(pattern: &str, arn: &str) -> bool {
        let at = Position::START;
        ResourcePattern::parse(pattern, true, at).unwrap().matches(arn, &()).unwrap()
    }

    #[test]
    fn an_action_matches_in_any_case() {
        for (pattern, action, expected) in [
            ("s3:GetObject", "s3:getobject", true),
            ("S3:get*", "s3:GetObjectTagging", true),
            ("s3:*", "s3:PutObject", true),
            ("s3:*", "s3express:PutObject", false),
            ("*", "iam:CreateUser", true),
            ("*:*", "iam:CreateUser", true),
            ("iam:*AccessKey*", "iam:CreateAccessKey", true),
            ("iam:*AccessKey*", "iam:CreateUser", false),
            ("s3:GetObjec?", "s3:GetObject", true),
            ("s3:GetObject?", "s3:GetObject", false),
            ("s3:Get", "s3:GetObject", false),
            // Alike in the first eight letters, and in all but the last.
            ("s3:GetObj*", "s3:GetObviously", false),
            ("s3:GetObjects*", "s3:GetObjectA", false),
            ("s3:GetO*", "s3:Get", false),
        ] {
            let parsed = ActionPattern::parse(pattern, Position::START).unwrap();
            assert_eq!(parsed.matches_name(action), expected, "{pattern} {action}");
        }
    }

    #[test]
    fn a_resource_matches_part_by_part() {
        for (pattern, arn, expected) in [
            ("*", "arn:aws:s3:::b", true),
            ("arn:aws:s3:::b", "arn:aws:s3:::b", true),
            ("arn:aws:s3:::b", "arn:aws:s3:::B", false),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/a:b:c/d", true),
            ("arn:aws:s3:::b*", "arn:aws:s3:::b2/k", true),
            ("arn:aws:s3:::?/k", "arn:aws:s3:::é/k", true),
            ("arn:aws:iam::*:user/x", "arn:aws:iam::123456789012:user/x", true),
            // A star at a part's end goes on over colons, one inside a part doesn't.
            ("arn:aws:iam:*", "arn:aws:iam::123456789012:user/x", true),
            ("arn:aws:sts::*:x", "arn:aws:sts::1:2:x", true),
            ("arn:aws:sts::1*2:x", "arn:aws:sts::1:2:x", false),
            ("arn:aws:sts::1*2:x", "arn:aws:sts::1832:x", true),
            ("arn:aws:sts::1?2:x", "arn:aws:sts::1:2:x", false),
        ] {
            assert_eq!(resource(pattern, arn), expected, "{pattern} {arn}");
        }
    }

    #[test]
    fn the_form_is_checked() {
        use ErrorKind as Kind;
        let at = Position::START;
        for (action, error) in [
            ("GetObject", Kind::ActionVendor("GetObject".into())),
            ("", Kind::ActionVendor("".into())),
            ("s3:Get:Object", Kind::ActionColons("s3:Get:Object".into())),
            ("a a:Get", Kind::Vendor("a a".into())),
            ("s*:Get", Kind::Vendor("s*".into())),
            ("s3:", Kind::Action("s3:".into())),
            ("s3:Get Object", Kind::Action("s3:Get Object".into())),
        ] {
            assert_eq!(ActionPattern::parse(action, at).unwrap_err(), error);
        }
        let odd = "arn:odd:s3:::b";
        for (resource, error) in [
            ("b", Kind::Resource("b".into())),
            ("", Kind::Resource("".into())),
            ("arn:odd:s3:::b", Kind::Partition { partition: "odd".into(), arn: odd.into() }),
            ("arn:aws", Kind::ResourceVendor("arn:aws".into())),
            ("arn:aws:*:::b", Kind::ResourceVendor("arn:aws:*:::b".into())),
            ("arn:aws:s3::b", Kind::ResourceParts("arn:aws:s3::b".into())),
            ("arn:aws:s3::${aws:b}:b", Kind::Variable("arn:aws:s3::${aws:b}:b".into())),
            // As moto and versitygw have it of AWS.
            ("s3::b/*", Kind::Partition { partition: "".into(), arn: "arn::b/*:*:*:*".into() }),
            ("a:b:c", Kind::Partition { partition: "b".into(), arn: "arn:b:c:*:*:*".into() }),
            ("arn:awss3::b/*", Kind::ResourceParts("arn:awss3::b/*".into())),
            ("arn:aws::::b", Kind::ResourceParts("arn:aws::::b".into())),
            ("arn:aws:s3:eu::b", Kind::ResourceRegion("arn:aws:s3:eu::b".into())),
            ("arn:aws:iam:eu::user/*", Kind::ResourceRegion("arn:aws:iam:eu::user/*".into())),
            ("arn:aws:iam:::b", Kind::IamResource("arn:aws:iam:::b".into())),
        ] {
            assert_eq!(ResourcePattern::parse(resource, true, at).unwrap_err(), error);
        }
        for taken in [
            "arn:aws:s3:eu:123456789012:accesspoint/a/object/*",
            "arn:aws:iam::123456789012:user/${aws:username}",
            "arn:aws:iam::*:*",
            "arn:aws:iam::123456789012:root",
            "arn:aws:iam:*",
        ] {
            assert!(ResourcePattern::parse(taken, true, at).is_ok(), "{taken}");
        }
    }

    /// Tries every way that a star can go.
    fn slowly(tokens: &[Token], text: &[char]) -> bool {
        match (tokens.first(), text.first()) {
            (None, first) => first.is_none(),
            (Some(star @ (Token::Many | Token::ManyInPart)), first) => {
                slowly(&tokens[1..], text)
                    || first.is_some_and(|c| star.takes(*c)) && slowly(tokens, &text[1..])
            }
            (Some(token), Some(c)) => token.takes(*c) && slowly(&tokens[1..], &text[1..]),
            (Some(_), None) => false,
        }
    }

    proptest! {
        #[test]
        fn every_way_of_matching_is_one(pattern in "[ab:*?]{0,9}", text in "[ab:]{0,9}") {
            let meaning = Meaning { wildcards: true, variables: false };
            let template = Template::parse(&pattern, meaning).unwrap();
            let chars: Vec<char> = text.chars().collect();
            for parts in [Parts::None, Parts::Resource, Parts::Condition] {
                let expected = slowly(&tokens(&template, parts), &chars);
                prop_assert_eq!(Glob::new(&template, parts).matches(&text), expected);
            }
        }
    }
}
