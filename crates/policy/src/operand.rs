//! The values of conditions and how one is compared with a request's (IAM User Guide, "Condition
//! operators"). What can't be compared is [`Truth::Unknown`]: no `Allow` matches by it, every
//! `Deny` does.

use std::net::IpAddr;

use base64::Engine as _;
use types::{Network, Timestamp};

use crate::error::ErrorKind;
use crate::pattern::{ARN_PARTS, Parts, Pattern};
use crate::variables::{Keys, Meaning, Template};

/// Three-valued logic: `min` is "and", `max` is "or".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

impl From<bool> for Truth {
    fn from(it: bool) -> Self {
        if it { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// What an operator looks at, before it is negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equals,
    EqualsIgnoreCase,
    Like,
    Numeric(Relation),
    Date(Relation),
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

/// How the request's value stands to the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    fn holds<T: PartialOrd>(self, request: &T, policy: &T) -> bool {
        match self {
            Self::Equal => request == policy,
            Self::Less => request < policy,
            Self::LessOrEqual => request <= policy,
            Self::Greater => request > policy,
            Self::GreaterOrEqual => request >= policy,
        }
    }
}

/// One value of a condition.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Text(Template),
    /// In lower case.
    TextIgnoringCase(Template),
    Like(Pattern),
    Number(f64),
    Date(Timestamp),
    Bool(bool),
    Binary(Box<[u8]>),
    Network(Network),
    Arn(Pattern),
}

impl Operand {
    /// What has to be filled in.
    pub fn template(&self) -> Option<&Template> {
        match self {
            Self::Text(template) | Self::TextIgnoringCase(template) => Some(template),
            Self::Like(pattern) | Self::Arn(pattern) => pattern.template(),
            Self::Number(_) | Self::Date(_) | Self::Bool(_) => None,
            Self::Binary(_) | Self::Network(_) => None,
        }
    }

    /// Reads a value for an operator. Variables are for text and ARNs only.
    pub fn parse(text: &str, comparison: Comparison, variables: bool) -> Result<Self, ErrorKind> {
        let refused = |wanted| ErrorKind::Operand { value: text.to_owned(), wanted };
        let plain = Meaning { wildcards: false, variables };
        let wild = Meaning { wildcards: true, variables };
        Ok(match comparison {
            Comparison::Equals => Self::Text(Template::parse(text, plain)?),
            Comparison::EqualsIgnoreCase => Self::TextIgnoringCase(Template::parse(text, plain)?),
            Comparison::Like => Self::Like(Pattern::new(Template::parse(text, wild)?, Parts::None)),
            Comparison::Numeric(_) => Self::Number(number(text).ok_or(refused("a number"))?),
            Comparison::Date(_) => Self::Date(date(text).ok_or(refused("a date"))?),
            Comparison::Bool | Comparison::Null => {
                Self::Bool(boolean(text).ok_or(refused("true or false"))?)
            }
            Comparison::Binary => {
                let bytes = base64::engine::general_purpose::STANDARD.decode(text);
                Self::Binary(bytes.map_err(|_| refused("base64"))?.into())
            }
            Comparison::IpAddress => {
                Self::Network(Network::parse(text).ok_or(refused("an IP address or a CIDR"))?)
            }
            Comparison::Arn => {
                let template = Template::parse(text, wild)?;
                // `*` is no ARN but is written for any.
                let six = text.splitn(ARN_PARTS, ':').count() == ARN_PARTS;
                if text != "*" && !(six && text.starts_with("arn:")) {
                    return Err(refused("an ARN"));
                }
                Self::Arn(Pattern::new(template, Parts::Condition))
            }
        })
    }

    /// Whether a value of the request is as this one asks.
    pub fn compare(&self, value: &str, comparison: Comparison, keys: &dyn Keys) -> Truth {
        let known = |it: Option<bool>| it.map_or(Truth::Unknown, Truth::from);
        match self {
            Self::Text(template) => known(template.fill(keys).map(|it| it.text() == value)),
            Self::TextIgnoringCase(template) => {
                let same = |it: Template| it.text().to_lowercase() == value.to_lowercase();
                known(template.fill(keys).map(same))
            }
            Self::Like(pattern) => known(pattern.matches(value, Parts::None, keys)),
            Self::Number(own) => match comparison {
                Comparison::Numeric(relation) => {
                    known(number(value).map(|it| relation.holds(&it, own)))
                }
                _ => Truth::Unknown,
            },
            Self::Date(own) => match comparison {
                Comparison::Date(relation) => known(date(value).map(|it| relation.holds(&it, own))),
                _ => Truth::Unknown,
            },
            Self::Bool(own) => known(boolean(value).map(|it| it == *own)),
            Self::Binary(own) => (**own == *value.as_bytes()).into(),
            Self::Network(own) => known(value.parse().ok().map(|it: IpAddr| own.contains(it))),
            Self::Arn(pattern) => {
                let six = value.splitn(ARN_PARTS, ':').count() == ARN_PARTS;
                match six && value.starts_with("arn:") {
                    true => known(pattern.matches_arn(value, keys)),
                    false => Truth::Unknown,
                }
            }
        }
    }
}

impl Pattern {
    fn matches_arn(&self, arn: &str, keys: &dyn Keys) -> Option<bool> {
        // A lone `*` has no parts to stay in.
        if let Self::Ready(glob) = self
            && glob.is_lone_star()
        {
            return Some(true);
        }
        self.matches(arn, Parts::Condition, keys)
    }
}

/// Digits, perhaps a sign, a fraction, an exponent; not what else `f64` reads, such as `inf`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let form = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    let number: f64 = text.bytes().all(form).then(|| text.parse().ok())??;
    number.is_finite().then_some(number)
}

fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

/// ISO 8601 as the W3C's note has it (`2026`, `2026-11`, `2026-11-24`, `2026-11-24T10:12Z`, with
/// seconds, a fraction, a zone as `+09:00`), or seconds since 1970 with more digits than a year.
/// Without a zone it is UTC. From 1970 on.
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    const YEAR_DIGITS: usize = 4;
    if text.bytes().all(|it| it.is_ascii_digit()) && text.len() != YEAR_DIGITS {
        let seconds: u64 = text.parse().ok()?;
        return Some(Timestamp::from_millis(seconds.checked_mul(1000)?));
    }
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00:00Z"));
    let day = match day.len() {
        4 => format!("{day}-01-01"),
        7 => format!("{day}-01"),
        _ => day.to_owned(),
    };
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone_at);
    let seconds = if time.len() == "10:12".len() { ":00" } else { "" };
    let local = Timestamp::parse_iso8601(&format!("{day}T{time}{seconds}Z"))?;
    let Some(offset) = zone.strip_prefix(['+', '-']) else {
        return matches!(zone, "" | "Z").then_some(local);
    };
    let (hours, minutes) = offset.split_once(':')?;
    let two = |it: &str| it.len() == 2 && it.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes): (u64, u64) = (two(hours) && two(minutes))
        .then(|| Some((hours.parse().ok()?, minutes.parse().ok()?)))??;
    let offset = (hours < 24 && minutes < 60).then_some((hours * 60 + minutes) * 60_000)?;
    let millis = match zone.starts_with('+') {
        true => local.millis().checked_sub(offset)?,
        false => local.millis().checked_add(offset)?,
    };
    Some(Timestamp::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_their_forms() {
        for (text, expected) in [
            ("2026-11-24T10:12:00Z", "2026-11-24T10:12:00.000Z"),
            ("2026-11-24T10:12Z", "2026-11-24T10:12:00.000Z"),
            ("2026-11-24T10:12:00.5+09:00", "2026-11-24T01:12:00.500Z"),
            ("2026-11-24T23:30:00-01:00", "2026-11-25T00:30:00.000Z"),
            ("2026-11-24", "2026-11-24T00:00:00.000Z"),
            ("2026-11", "2026-11-01T00:00:00.000Z"),
            ("2026", "2026-01-01T00:00:00.000Z"),
            ("1795515120", "2026-11-24T10:12:00.000Z"),
        ] {
            assert_eq!(date(text).map(|it| it.iso8601()).as_deref(), Some(expected), "{text}");
        }
        for bad in
            ["", "b", "2026-13", "2026-02-30", "2026-11-24T", "2026-11-24T10:12:00+9", "é026", "-1"]
        {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(number("-1.5e3"), Some(-1500.0));
        for bad in ["", "inf", "NaN", "0x10", "1e999", "ten"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}
