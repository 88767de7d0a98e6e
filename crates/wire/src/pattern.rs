//! The regular expressions of AWS's models, each as a function: there are a dozen, and clients wait
//! for none of them to be compiled.

/// What a text's letters must be.
pub(crate) struct Pattern {
    /// As the model has it, for the error's sentence.
    pub(crate) text: &'static str,
    /// Whether a text is so.
    pub(crate) fits: fn(&str) -> bool,
    /// What AWS says instead of the expression.
    pub(crate) sentence: Option<&'static str>,
}

const fn pattern(text: &'static str, fits: fn(&str) -> bool) -> Pattern {
    Pattern { text, fits, sentence: None }
}

/// Names of users, groups and policies.
pub(crate) const NAME: Pattern = Pattern {
    text: r"[\w+=,.@-]+",
    fits: |it| !it.is_empty() && it.bytes().all(|b| is_word(b) || b"+=,.@-".contains(&b)),
    sentence: Some("It must contain only alphanumeric characters and/or the following: +=,.@_-"),
};

/// Paths of users and groups.
pub(crate) const PATH: Pattern = Pattern {
    text: r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)",
    fits: |it| {
        let inside = it.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        it == "/"
            || inside.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_graphic()))
    },
    sentence: Some(
        "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    ),
};

/// Paths of policies.
pub(crate) const POLICY_PATH: Pattern = Pattern {
    text: r"((/[A-Za-z0-9\.,\+@=_-]+)*)/",
    fits: |it| {
        let words = it.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        let fits = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| is_word(b) || b".,+@=-".contains(&b))
        };
        it == "/" || words.is_some_and(|it| it.split('/').all(fits))
    },
    sentence: PATH.sentence,
};

/// What paths that are listed begin with.
pub(crate) const PATH_PREFIX: Pattern = Pattern {
    text: r"\u002F[\u0021-\u007F]*",
    fits: |it| it.starts_with('/') && it.bytes().all(|b| (0x21..=0x7f).contains(&b)),
    sentence: Some(
        "It must begin with the / character and contain only alphanumeric characters and/or / \
         characters.",
    ),
};

/// Keys of tags.
pub(crate) const TAG_KEY: Pattern =
    pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", |it| !it.is_empty() && is_tag(it));

/// Values of tags.
pub(crate) const TAG_VALUE: Pattern = pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", is_tag);

/// Where a page begins.
pub(crate) const MARKER: Pattern = pattern(r"[\u0020-\u00FF]+", |it| {
    !it.is_empty() && it.chars().all(|c| ('\u{20}'..='\u{ff}').contains(&c))
});

/// Policy documents.
pub(crate) const DOCUMENT: Pattern = Pattern {
    text: r"[\u0009\u000A\u000D\u0020-\u00FF]+",
    fits: is_printable,
    sentence: Some("It must contain only printable ASCII characters."),
};

/// Passwords.
pub(crate) const PASSWORD: Pattern = pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+", is_printable);

/// Ids of a policy's versions.
pub(crate) const VERSION_ID: Pattern = pattern(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", |it| {
    let Some(rest) = it.strip_prefix('v') else { return false };
    let (number, suffix) = rest.split_once('.').unwrap_or((rest, ""));
    number.bytes().all(|b| b.is_ascii_digit())
        && number.bytes().next().is_some_and(|b| b != b'0')
        && suffix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
});

/// Ids of access keys; what is too short is for its length to say.
pub(crate) const WORD: Pattern = Pattern {
    text: r"[\w]+",
    fits: |it| it.bytes().all(is_word),
    sentence: Some("It must contain only alphanumeric characters."),
};

/// An account's alias.
pub(crate) const ALIAS: Pattern = Pattern {
    text: r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
    fits: |it| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        (3..=63).contains(&it.len())
            && it.bytes().all(|b| plain(b) || b == b'-')
            && !it.starts_with('-')
            && !it.ends_with('-')
            && !it.contains("--")
    },
    sentence: Some(
        "It must be a minimum length of 3 characters and maximum length of 63 characters, contain \
         only digits, lowercase letters, and hyphens (-), but cannot begin or end with a hyphen.",
    ),
};

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_printable(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}'))
}

/// `\p{L}`, `\p{Z}` and `\p{N}` and some signs. (Rust counts the marks of some scripts as letters,
/// AWS's expression doesn't.)
fn is_tag(text: &str) -> bool {
    let is_space = |c: char| c.is_whitespace() && !c.is_control();
    text.chars().all(|c| c.is_alphanumeric() || is_space(c) || "_.:/=+-@".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_patterns() {
        for (pattern, good, bad) in [
            (&NAME, &["a", "A_b+=,.@-9"][..], &["", "a b", "a/b", "옹기", "a:b"][..]),
            (&PATH, &["/", "/a/", "/a/b!/", "//x//"], &["", "a", "/a", "a/", "/a b/", "/\u{7f}/"]),
            (&POLICY_PATH, &["/", "/a/", "/a.b/c_d/"], &["", "/a", "//", "/a//b/", "/!/"]),
            (&PATH_PREFIX, &["/", "/a", "/a\u{7f}"], &["", "a", "/ "]),
            (&TAG_VALUE, &["", "a b_.:/=+-@9", "옹기\u{3000}"], &["a\n", "#", "*", "\u{0}"]),
            (&TAG_KEY, &["a b"], &["", "#"]),
            (&MARKER, &["a ÿ"], &["", "\n", "옹"]),
            (&DOCUMENT, &["{\r\n\t\"ÿ\"}"], &["", "{\u{1}}", "옹"]),
            (&VERSION_ID, &["v1", "v10", "v1.a-B"], &["", "v", "v0", "1", "v1.a_b", "v1a"]),
            (&WORD, &["AKIA_9"], &["AKIA-9", "A B"]),
            (&ALIAS, &["abc", "a-b-c", "123"], &["ab", "-ab", "ab-", "a--b", "Abc", "a_b"]),
        ] {
            for text in good {
                assert!((pattern.fits)(text), "{} takes {text:?}", pattern.text);
            }
            for text in bad {
                assert!(!(pattern.fits)(text), "{} refuses {text:?}", pattern.text);
            }
        }
    }
}
