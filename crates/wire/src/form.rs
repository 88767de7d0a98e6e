//! The parameters of an AWS Query request, read and checked as the model says. All that is wrong is
//! said at once, as AWS says it: "2 validation errors detected: ...". STS says the wrong value back, IAM
//! doesn't, and has words of its own for some patterns.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::error::Error;
use crate::generated::errors::Code;
use crate::head::RequestHead;
use crate::operation::Service;
use crate::pattern::{self, Pattern};
use crate::query::Query;

/// What an operation of IAM or STS is asked; implemented in `gen`.
pub trait QueryInput: Sized {
    /// Reads the form; an error is AWS's for whatever in it isn't as it must be.
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error>;
}

/// Most of a value that is said back, in characters: a policy document may have 131,072.
const ECHO_CHARACTERS_MAX: usize = 256;

/// What a text must be like.
pub(crate) struct Rule {
    /// Its length in characters.
    pub(crate) length: RangeInclusive<usize>,
    /// Its letters.
    pub(crate) pattern: Option<Pattern>,
    /// The values that there are; empty if any will do.
    pub(crate) one_of: &'static [&'static str],
    /// It is never said back.
    pub(crate) is_secret: bool,
}

/// A form being read.
pub(crate) struct Form<'a> {
    query: Option<&'a Query>,
    is_iam: bool,
    /// What stands before the names: `Tags.member.1.` in a list's first structure.
    prefix: String,
    violations: Vec<Violation>,
    /// A sentence of its own, for what AWS looks at only when nothing was violated.
    sentence: Option<String>,
    is_malformed: bool,
}

/// What is wrong with a member.
struct Violation {
    /// Where the member comes in IAM's sentence ([`turn`]).
    turn: u32,
    sentence: String,
}

impl Rule {
    fn admits(&self, value: &str) -> bool {
        self.length.contains(&value.chars().count())
            && self.pattern.as_ref().is_none_or(|it| (it.fits)(value))
            && (self.one_of.is_empty() || self.one_of.contains(&value))
    }

    /// As AWS says it of the members of a list.
    fn in_words(&self) -> String {
        let (min, max) = (self.length.start(), self.length.end());
        let mut all = vec![];
        if !self.one_of.is_empty() {
            all.push("satisfy enum value set".to_owned());
        }
        if *max < usize::MAX {
            all.push(format!("have length less than or equal to {max}"));
            all.push(format!("have length greater than or equal to {min}"));
        }
        if let Some(pattern) = &self.pattern {
            all.push(format!("satisfy regular expression pattern: {}", pattern.text));
        }
        all.push("not be null".to_owned());
        let all: Vec<_> = all.iter().map(|it| format!("Member must {it}")).collect();
        format!("satisfy constraint: [{}]", all.join(", "))
    }
}

impl<'a> Form<'a> {
    /// The request's form, of IAM or of STS.
    pub(crate) fn of(head: &RequestHead<'a>, service: Service) -> Self {
        Self {
            query: head.form,
            is_iam: service == Service::Iam,
            prefix: String::new(),
            violations: vec![],
            sentence: None,
            is_malformed: false,
        }
    }

    /// What was read, if all of it was as it must be.
    pub(crate) fn finish<T>(mut self, read: T) -> Result<T, Error> {
        if self.is_malformed {
            return Err(Error::new(Code::MalformedInput).message(""));
        }
        if self.is_iam {
            self.violations.sort_by_key(|it| it.turn);
        }
        let violated: Vec<_> = self.violations.into_iter().map(|it| it.sentence).collect();
        let sentence = match violated.len() {
            0 => match self.sentence {
                None => return Ok(read),
                Some(sentence) => sentence,
            },
            1 => format!("1 validation error detected: {}", violated[0]),
            many => format!("{many} validation errors detected: {}", violated.join("; ")),
        };
        Err(Error::new(Code::ValidationError).message(sentence))
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.query?.get(&format!("{}{name}", self.prefix))
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str, rule: &Rule) -> Option<String> {
        let value = self.value(name)?;
        self.check(name, value, rule);
        Some(value.to_owned())
    }

    /// A text that must be there.
    pub(crate) fn needed_text(&mut self, name: &str, rule: &Rule) -> String {
        if self.value(name).is_none() {
            self.absent(name);
        }
        self.text(name, rule).unwrap_or_default()
    }

    /// What must be there isn't.
    fn absent(&mut self, name: &str) {
        let path = self.path(name);
        let null = if self.is_iam { "" } else { " null" };
        let sentence = format!(
            "Value{null} at '{path}' failed to satisfy constraint: Member must not be null"
        );
        self.violations.push(Violation { turn: turn(&path), sentence });
    }

    /// Says so if a list that must be there isn't. An empty one travels as a name without a number.
    pub(crate) fn needed_list(&mut self, name: &str) {
        let start = format!("{}{name}", self.prefix);
        let pairs = self.query.map(Query::pairs).unwrap_or_default();
        let follows = |rest: &str| rest.is_empty() || rest.starts_with('.');
        if !pairs.iter().any(|(it, _)| it.strip_prefix(&start).is_some_and(follows)) {
            self.absent(name);
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, name: &str, within: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(name)?;
        let Ok(number) = value.parse::<i32>().map(i64::from) else {
            self.is_malformed = true;
            return None;
        };
        if number < *within.start() {
            let limit = within.start();
            self.violation(name, value, format!("have value greater than or equal to {limit}"));
        } else if number > *within.end() {
            let limit = within.end();
            self.violation(name, value, format!("have value less than or equal to {limit}"));
        }
        Some(number)
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        let value = self.value(name)?;
        match value.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.is_malformed = true;
                None
            }
        }
    }

    /// A list of texts. Of one that isn't as it must be, AWS says all that its texts must be, and not
    /// which of them is wrong.
    pub(crate) fn texts(&mut self, name: &str, most: usize, rule: &Rule) -> Vec<String> {
        let items = self.items(name, most);
        let texts: Vec<_> = items.iter().filter_map(|at| self.value(at)).collect();
        if !texts.iter().all(|it| rule.admits(it)) {
            let path = self.path(name);
            self.violations.push(violation(None, &path, &rule.in_words()));
        }
        texts.into_iter().map(str::to_owned).collect()
    }

    /// A list of structures.
    pub(crate) fn structures<T>(
        &mut self,
        name: &str,
        most: usize,
        read: impl Fn(&mut Self) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for at in self.items(name, most) {
            let outside = self.prefix.len();
            self.prefix.push_str(&at);
            self.prefix.push('.');
            all.push(read(self));
            self.prefix.truncate(outside);
        }
        all
    }

    /// The names of a list's items, in the order of their numbers: `Tags.member.1`. The numbers
    /// needn't be without gaps.
    fn items(&mut self, name: &str, most: usize) -> Vec<String> {
        let start = format!("{}{name}.member.", self.prefix);
        let pairs = self.query.map(Query::pairs).unwrap_or_default();
        let numbers: BTreeSet<u32> = pairs
            .iter()
            .filter_map(|(it, _)| it.strip_prefix(&start)?.split('.').next()?.parse().ok())
            .collect();
        if numbers.len() > most {
            self.violations.push(violation(
                None,
                &self.path(name),
                &format!("have length less than or equal to {most}"),
            ));
            return vec![];
        }
        numbers.into_iter().map(|it| format!("{name}.member.{it}")).collect()
    }

    fn check(&mut self, name: &str, value: &str, rule: &Rule) {
        let echo = (!rule.is_secret && !self.is_iam).then_some(value);
        let path = self.path(name);
        let length = value.chars().count();
        let mut violated = |what: String| self.violations.push(violation(echo, &path, &what));
        if let Some(pattern) = &rule.pattern
            && !(pattern.fits)(value)
        {
            // What paths begin with has two patterns and one sentence.
            let pattern = if name == "PathPrefix" { &pattern::PATH_PREFIX } else { pattern };
            match pattern.sentence.filter(|_| self.is_iam) {
                // IAM looks at that first, and then no further.
                Some(what) => {
                    let sentence = format!("The specified value for {path} is invalid. {what}");
                    self.sentence.get_or_insert(sentence);
                    return;
                }
                None => violated(format!("satisfy regular expression pattern: {}", pattern.text)),
            }
        }
        if length < *rule.length.start() {
            let limit = rule.length.start();
            violated(format!("have length greater than or equal to {limit}"));
        }
        if length > *rule.length.end() {
            let limit = rule.length.end();
            violated(format!("have length less than or equal to {limit}"));
        }
        if !rule.one_of.is_empty() && !rule.one_of.contains(&value) {
            violated(match self.is_iam {
                true => "satisfy enum value set".to_owned(),
                false => format!("satisfy enum value set: [{}]", rule.one_of.join(", ")),
            });
        }
    }

    fn violation(&mut self, name: &str, value: &str, what: String) {
        let path = self.path(name);
        let echo = (!self.is_iam).then_some(value);
        self.violations.push(violation(echo, &path, &what));
    }

    /// A member as AWS's sentences call it: `tags.1.member.key`.
    fn path(&self, name: &str) -> String {
        let whole = format!("{}{name}", self.prefix);
        let mut words: Vec<String> = whole.split('.').map(with_small_initial).collect();
        for at in 1..words.len() {
            if words[at - 1] == "member" && words[at].bytes().all(|b| b.is_ascii_digit()) {
                words.swap(at - 1, at);
            }
        }
        words.join(".")
    }
}

fn violation(value: Option<&str>, path: &str, what: &str) -> Violation {
    let value = value.map(|it| format!(" '{}'", shortened(it))).unwrap_or_default();
    let sentence =
        format!("Value{value} at '{path}' failed to satisfy constraint: Member must {what}");
    Violation { turn: turn(path), sentence }
}

/// Where a member comes among others that are wrong. IAM keeps them in a hash map of Java's, which has
/// room for sixteen: recorded of UpdateAccountPasswordPolicy and CreateOpenIDConnectProvider.
fn turn(path: &str) -> u32 {
    let member = path.split('.').next().unwrap_or_default();
    let hash = member
        .bytes()
        .fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    (hash ^ (hash >> 16)) % 16
}

fn shortened(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(ECHO_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}...", &value[..end]).into(),
        None => value.into(),
    }
}

fn with_small_initial(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
