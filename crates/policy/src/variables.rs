//! Policy variables (IAM User Guide, "Variables and tags"): text with places that a request fills.
//!
//! A value that a request fills in is taken letter by letter: a `*` in a user's tag is no wildcard.

use crate::error::ErrorKind;

/// What a request knows about itself: condition keys and their values.
///
/// The server answers from what it has at hand, so that nothing is gathered which no policy asks
/// for. Names come in ASCII lower case whole, tag keys included: AWS compares them so.
pub trait Keys {
    /// The values of a key; none when the request doesn't have it or it has no value.
    fn values(&self, key: &str) -> Vec<String>;
}

/// A request that knows nothing.
impl Keys for () {
    fn values(&self, _: &str) -> Vec<String> {
        vec![]
    }
}

/// Keys in a list, for tests and the simulator: `[("aws:SourceIp", "10.1.2.3")]`. A name may stand
/// there several times: its values are all of them.
impl<K: AsRef<str>, V: AsRef<str>> Keys for Vec<(K, V)> {
    fn values(&self, key: &str) -> Vec<String> {
        let named = self.iter().filter(|(name, _)| name.as_ref().eq_ignore_ascii_case(key));
        named.map(|(_, value)| value.as_ref().to_owned()).collect()
    }
}

/// Text with wildcards and variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(pub Box<[Part]>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(Box<str>),
    /// `?`
    One,
    /// `*`
    Many,
    /// `${key}` or `${key, 'default'}`; the key in lower case.
    Variable {
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

/// Which of the letters of a text mean something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaning {
    pub wildcards: bool,
    /// Not in version 2008-10-17, where `${` are two letters like others.
    pub variables: bool,
}

impl Template {
    /// The keys of its variables, in lower case.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Variable { key, .. } => Some(&**key),
            Part::Text(_) | Part::One | Part::Many => None,
        })
    }

    pub fn parse(text: &str, meaning: Meaning) -> Result<Self, ErrorKind> {
        let mut parts = vec![];
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let part = match c {
                '$' if meaning.variables && rest.starts_with("${") => {
                    let (part, after) = variable(rest)?;
                    rest = after;
                    part
                }
                '*' | '?' if meaning.wildcards => {
                    rest = &rest[1..];
                    if c == '*' { Part::Many } else { Part::One }
                }
                c => {
                    rest = &rest[c.len_utf8()..];
                    Part::Text(c.to_string().into())
                }
            };
            match part {
                Part::Text(text) => plain.push_str(&text),
                part => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain).into()));
                    }
                    parts.push(part);
                }
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain.into()));
        }
        Ok(Self(parts.into()))
    }

    /// Without wildcards and variables: the same for every request.
    pub fn is_fixed(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }

    pub fn has_variables(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Variable { .. }))
    }

    /// Whether it has no wildcard but possibly a `*` at its end.
    pub fn is_open_at_end_only(&self) -> bool {
        let is_wild = |it: &Part| matches!(it, Part::One | Part::Many);
        match self.0.split_last() {
            Some((Part::One, _)) => false,
            Some((_, before)) => !before.iter().any(is_wild),
            None => true,
        }
    }

    /// Whether it is this text, or what it begins with if a `*` is its end; it has no other
    /// wildcards. None if a variable can't be filled, as [`Self::fill`].
    pub fn matches_letters(&self, text: &str, keys: &dyn Keys) -> Option<bool> {
        let mut rest = Some(text);
        for part in &self.0 {
            match part {
                Part::Text(letters) => rest = rest.and_then(|it| it.strip_prefix(&**letters)),
                // Asked for although the text may differ already: it may not be there.
                Part::Variable { key, default } => {
                    let value = value(keys, key, default.as_deref())?;
                    rest = rest.and_then(|it| it.strip_prefix(&*value));
                }
                Part::Many => return Some(rest.is_some()),
                Part::One => unreachable!("patterns with other wildcards are filled first"),
            }
        }
        Some(rest == Some(""))
    }

    /// With the request's values in the places of the variables. None if one has no value, or
    /// several, and no default.
    pub fn fill(&self, keys: &dyn Keys) -> Option<Self> {
        let parts = self.0.iter().map(|part| match part {
            Part::Variable { key, default } => {
                Some(Part::Text(value(keys, key, default.as_deref())?.into()))
            }
            part => Some(part.clone()),
        });
        parts.collect::<Option<_>>().map(Self)
    }

    /// The text, if it is nothing else.
    pub fn text(&self) -> String {
        let texts = self.0.iter().map(|part| match part {
            Part::Text(text) => &**text,
            Part::One => "?",
            Part::Many => "*",
            Part::Variable { .. } => unreachable!("filled before its text is asked for"),
        });
        texts.collect()
    }
}

/// A variable's one value, or its default.
fn value(keys: &dyn Keys, key: &str, default: Option<&str>) -> Option<String> {
    let mut values = keys.values(key);
    let value = if values.len() == 1 { values.pop() } else { None };
    value.or_else(|| default.map(str::to_owned))
}

/// Reads the variable that a text begins with, and gives what follows it.
fn variable(text: &str) -> Result<(Part, &str), ErrorKind> {
    let refused = || ErrorKind::Variable(text.to_owned());
    let inside = &text[2..];
    for literal in ["*", "?", "$"] {
        if let Some(after) = inside.strip_prefix(literal).and_then(|it| it.strip_prefix('}')) {
            return Ok((Part::Text(literal.into()), after));
        }
    }
    let end = inside.find([',', '}', '{', '$', '\'']).ok_or_else(refused)?;
    let key = inside[..end].trim();
    let (vendor, name) = key.split_once(':').ok_or_else(refused)?;
    if vendor.is_empty() || name.is_empty() {
        return Err(refused());
    }
    let key = key.to_ascii_lowercase().into();
    let rest = &inside[end..];
    if let Some(after) = rest.strip_prefix('}') {
        return Ok((Part::Variable { key, default: None }, after));
    }
    let quoted = rest.strip_prefix(',').and_then(|it| it.trim_start().strip_prefix('\''));
    let (default, after) = quoted.and_then(|it| it.split_once('\'')).ok_or_else(refused)?;
    let after = after.trim_start().strip_prefix('}').ok_or_else(refused)?;
    Ok((Part::Variable { key, default: Some(default.into()) }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Meaning = Meaning { wildcards: true, variables: true };

    fn filled(text: &str, keys: Vec<(&str, &str)>) -> Option<String> {
        Template::parse(text, ALL).unwrap().fill(&keys).map(|it| it.text())
    }

    #[test]
    fn a_variable_is_filled_from_the_request() {
        let keys = vec![("aws:username", "kim"), ("aws:PrincipalTag/Team", "red")];
        assert_eq!(filled("home/${aws:username}/*", keys.clone()).unwrap(), "home/kim/*");
        assert_eq!(filled("${AWS:UserName}-${aws:principaltag/team}", keys).unwrap(), "kim-red");
    }

    #[test]
    fn a_variable_without_one_value_takes_its_default_or_isnt_filled() {
        assert_eq!(filled("${aws:username, 'nobody'}/x", vec![]).unwrap(), "nobody/x");
        assert_eq!(filled("${aws:username,'a, b}'}", vec![]).unwrap(), "a, b}");
        assert_eq!(filled("${aws:username}", vec![]), None);
        assert_eq!(
            filled("${aws:TagKeys}", vec![("aws:TagKeys", "a"), ("aws:TagKeys", "b")]),
            None
        );
    }

    #[test]
    fn three_letters_can_be_written_as_variables() {
        let template = Template::parse("a${*}b${?}c${$}{d}$", ALL).unwrap();
        assert!(template.is_fixed());
        assert_eq!(template.text(), "a*b?c${d}$");
    }

    #[test]
    fn a_filled_value_has_no_wildcards() {
        let template = Template::parse("${aws:username}", ALL).unwrap();
        let filled = template.fill(&vec![("aws:username", "*")]).unwrap();
        assert!(filled.is_fixed());
    }

    #[test]
    fn the_old_version_has_no_variables() {
        let old = Meaning { wildcards: true, variables: false };
        assert_eq!(Template::parse("${aws:username}", old).unwrap().text(), "${aws:username}");
    }

    #[test]
    fn what_is_no_variable_is_refused() {
        for bad in
            ["${", "${}", "${aws}", "${aws:}", "${aws:a", "${aws:a,}", "${aws:a,'b}", "${a:${b:c}}"]
        {
            assert!(Template::parse(bad, ALL).is_err(), "{bad}");
        }
    }
}
