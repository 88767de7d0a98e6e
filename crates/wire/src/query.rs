//! A query string, decoded once: pairs in their order.

use percent_encoding::percent_decode;

use crate::error::Error;
use crate::generated::errors::Code;

/// Most parameters of a query.
const PARAMETERS_MAX: usize = 100;
/// Most parameters of a form: lists of an IAM action are a parameter an item.
const FORM_PARAMETERS_MAX: usize = 1000;

/// The parameters of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes; `+` is a space, as AWS reads it. Bytes that aren't UTF-8 are an `InvalidURI`.
    pub fn parse(raw: &str) -> Result<Self, Error> {
        Self::read(raw, PARAMETERS_MAX, Code::RequestHeaderSectionTooLarge)
    }

    /// Decodes a form, which is written like a query.
    pub fn parse_form(body: &[u8]) -> Result<Self, Error> {
        let raw = std::str::from_utf8(body).map_err(|_| Error::new(Code::InvalidURI))?;
        Self::read(raw, FORM_PARAMETERS_MAX, Code::MaxMessageLengthExceeded)
    }

    fn read(raw: &str, most: usize, too_many: Code) -> Result<Self, Error> {
        let mut pairs = Vec::new();
        for pair in raw.split('&').filter(|it| !it.is_empty()) {
            if pairs.len() == most {
                return Err(Error::new(too_many));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push((decoded(name)?, decoded(value)?));
        }
        Ok(Self(pairs))
    }

    /// A parameter's value; the first one if it is repeated.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// A parameter's values.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter is there, with any value or none.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All pairs in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

fn decoded(text: &str) -> Result<String, Error> {
    let spaced;
    let bytes = if text.contains('+') {
        spaced = text.replace('+', " ");
        spaced.as_bytes()
    } else {
        text.as_bytes()
    };
    let decoded = percent_decode(bytes).decode_utf8();
    decoded.map(Into::into).map_err(|_| Error::new(Code::InvalidURI))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_once() {
        let query = Query::parse("prefix=a%2Fb+c%2B&uploads&x=&&v=%2541").unwrap();
        assert_eq!(query.get("prefix"), Some("a/b c+"));
        assert_eq!(query.get("uploads"), Some(""));
        assert!(query.has("x") && !query.has("y"));
        assert_eq!(query.get("v"), Some("%41"));
    }

    #[test]
    fn what_is_no_text_or_too_much_is_refused() {
        assert_eq!(Query::parse("a=%ff").unwrap_err().code(), Code::InvalidURI);
        let most = vec!["a=1"; PARAMETERS_MAX].join("&");
        assert!(Query::parse(&most).is_ok());
        let more = Query::parse(&format!("{most}&a=1")).unwrap_err();
        assert_eq!(more.code(), Code::RequestHeaderSectionTooLarge);
    }
}
