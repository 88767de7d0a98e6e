//! JSON as policies need it: every value knows where it stands, an object names nothing twice,
//! numbers keep their digits. Strict RFC 8259, UTF-8 without a byte order mark.
//!
//! serde_json gives neither positions of values nor an error for a repeated key; a policy that says
//! `Effect` twice must not be read as its last one. This is all the JSON that the crate needs.

use std::ops::Range;

use crate::error::{ErrorKind, Failure, PolicyError, Position};

/// How deep values may be nested: a policy needs six (document, statements, statement, condition,
/// operator, values).
pub const JSON_DEPTH_MAX: usize = 16;

#[derive(Debug)]
pub(crate) struct Value {
    pub at: Position,
    /// The bytes of the document that it takes, quotes included.
    pub span: Range<usize>,
    pub json: Json,
}

#[derive(Debug)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// As it is written.
    Number(Box<str>),
    Text(Box<str>),
    Array(Vec<Value>),
    Object(Vec<Member>),
}

#[derive(Debug)]
pub(crate) struct Member {
    pub at: Position,
    pub name: Box<str>,
    pub value: Value,
}

/// Reads one value and nothing after it but white space.
pub(crate) fn read(document: &[u8]) -> Result<Value, PolicyError> {
    let mut reader = Reader { bytes: document, offset: 0, at: Position::START, path: vec![] };
    let outcome = reader.document();
    outcome.map_err(|(kind, at)| PolicyError { kind, at, path: written(&reader.path) })
}

/// How long a document is without the white space between its tokens.
pub(crate) fn normalized_bytes(document: &[u8]) -> usize {
    let (mut bytes, mut in_text, mut escaped) = (0, false, false);
    for byte in document {
        if in_text {
            in_text = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
        } else {
            in_text = *byte == b'"';
        }
        bytes += usize::from(in_text || !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }
    bytes
}

/// The way from the root to what stands at a position: `Statement[0].Effect`. Empty for the root.
pub(crate) fn path_to(root: &Value, at: Position) -> String {
    let mut steps = vec![];
    find(root, at, &mut steps);
    written(&steps)
}

fn find(value: &Value, at: Position, steps: &mut Vec<Step>) -> bool {
    if value.at == at {
        return true;
    }
    match &value.json {
        Json::Array(items) => items.iter().enumerate().any(|(index, item)| {
            steps.push(Step::Item(index));
            find(item, at, steps) || steps.pop().is_none()
        }),
        Json::Object(members) => members.iter().any(|member| {
            steps.push(Step::Member(member.name.clone()));
            member.at == at || find(&member.value, at, steps) || steps.pop().is_none()
        }),
        _ => false,
    }
}

enum Step {
    Item(usize),
    Member(Box<str>),
}

fn written(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Member(name) if path.is_empty() => path.push_str(name),
            Step::Member(name) => {
                path.push('.');
                path.push_str(name);
            }
        }
    }
    path
}

struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
    at: Position,
    path: Vec<Step>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Failure> {
        if let Err(e) = std::str::from_utf8(self.bytes) {
            while self.offset < e.valid_up_to() {
                self.bump();
            }
            return self.fail("bytes that aren't UTF-8");
        }
        let value = self.value(0)?;
        self.blanks();
        if self.peek().is_some() { self.fail("something after the end") } else { Ok(value) }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Failure> {
        self.blanks();
        let (at, from) = (self.at, self.offset);
        if depth == JSON_DEPTH_MAX {
            return self.fail("values nested too deeply");
        }
        let json = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Json::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Json::Bool(true))?,
            Some(b'f') => self.word("false", Json::Bool(false))?,
            Some(b'n') => self.word("null", Json::Null)?,
            Some(_) => return self.fail("no value begins like this"),
            None => return self.fail("the document ends where a value is expected"),
        };
        Ok(Value { at, span: from..self.offset, json })
    }

    fn object(&mut self, depth: usize) -> Result<Json, Failure> {
        self.bump();
        let mut members: Vec<Member> = vec![];
        let mut names = std::collections::HashSet::new();
        self.blanks();
        if self.take(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.blanks();
            let at = self.at;
            if self.peek() != Some(b'"') {
                return self.fail("a name in quotes is expected");
            }
            let name = self.text()?;
            self.path.push(Step::Member(name.clone()));
            if !names.insert(name.clone()) {
                return Err((ErrorKind::Duplicate(name.into()), at));
            }
            self.blanks();
            if !self.take(b':') {
                return self.fail("a colon is expected");
            }
            let value = self.value(depth + 1)?;
            self.path.pop();
            members.push(Member { at, name, value });
            self.blanks();
            if self.take(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.take(b',') {
                return self.fail("a comma or } is expected");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, Failure> {
        self.bump();
        let mut items = vec![];
        self.blanks();
        if self.take(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            self.path.push(Step::Item(items.len()));
            items.push(self.value(depth + 1)?);
            self.path.pop();
            self.blanks();
            if self.take(b']') {
                return Ok(Json::Array(items));
            }
            if !self.take(b',') {
                return self.fail("a comma or ] is expected");
            }
        }
    }

    fn text(&mut self) -> Result<Box<str>, Failure> {
        self.bump();
        let mut text: Vec<u8> = vec![];
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.bump();
                    let text = String::from_utf8(text).expect("pieces of UTF-8 and whole chars");
                    return Ok(text.into());
                }
                Some(b'\\') => {
                    self.bump();
                    let c = self.escape()?;
                    text.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                Some(0..0x20) => return self.fail("a control character in a string"),
                Some(byte) => {
                    text.push(byte);
                    self.bump();
                }
                None => return self.fail("a string without an end"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Failure> {
        let c = match self.peek() {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.bump();
                return self.code_point();
            }
            _ => return self.fail("an escape that JSON doesn't have"),
        };
        self.bump();
        Ok(c)
    }

    fn code_point(&mut self) -> Result<char, Failure> {
        let first = self.four_digits()?;
        let code = match first {
            0xd800..0xdc00 => {
                if !(self.take(b'\\') && self.take(b'u')) {
                    return self.fail("half of a surrogate pair");
                }
                match self.four_digits()? {
                    second @ 0xdc00..0xe000 => {
                        0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                    }
                    _ => return self.fail("half of a surrogate pair"),
                }
            }
            code => code,
        };
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.fail("half of a surrogate pair"),
        }
    }

    fn four_digits(&mut self) -> Result<u32, Failure> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|it| char::from(it).to_digit(16)) else {
                return self.fail("four hexadecimal digits are expected");
            };
            code = code * 16 + digit;
            self.bump();
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Json, Failure> {
        let from = self.offset;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let digits = std::str::from_utf8(&self.bytes[from..self.offset]).expect("ASCII");
        Ok(Json::Number(digits.into()))
    }

    fn digits(&mut self) -> Result<(), Failure> {
        let from = self.offset;
        while self.peek().is_some_and(|it| it.is_ascii_digit()) {
            self.bump();
        }
        if self.offset == from { self.fail("a digit is expected") } else { Ok(()) }
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, Failure> {
        if !self.bytes[self.offset..].starts_with(word.as_bytes()) {
            return self.fail("no value begins like this");
        }
        word.bytes().for_each(|_| self.bump());
        Ok(json)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.bump();
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.bump();
        }
        there
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.offset).copied()
    }

    fn bump(&mut self) {
        match self.bytes[self.offset] {
            b'\n' => self.at = Position { line: self.at.line + 1, column: 1 },
            // A character is counted where it begins.
            byte if byte & 0xc0 != 0x80 => self.at.column += 1,
            _ => {}
        }
        self.offset += 1;
    }

    fn fail<T>(&self, why: &'static str) -> Result<T, Failure> {
        Err((ErrorKind::Json(why), self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(value: &Value) -> serde_json::Value {
        match &value.json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(it) => (*it).into(),
            Json::Number(digits) => serde_json::from_str(digits).unwrap(),
            Json::Text(text) => (**text).into(),
            Json::Array(items) => items.iter().map(plain).collect(),
            Json::Object(members) => serde_json::Value::Object(
                members.iter().map(|it| (it.name.to_string(), plain(&it.value))).collect(),
            ),
        }
    }

    #[test]
    fn an_error_says_line_column_and_element() {
        for (document, line, column, path, why) in [
            ("", 1, 1, "", "the document ends where a value is expected"),
            ("{\n  \"é\": [1, tru]\n}", 2, 12, "é[1]", "no value begins like this"),
            ("{\"a\": {\"b\": 01}}", 1, 14, "a", "a comma or } is expected"),
            ("[\"a\tb\"]", 1, 4, "[0]", "a control character in a string"),
            ("[\"\\ud800x\"]", 1, 9, "[0]", "half of a surrogate pair"),
            ("{} {}", 1, 4, "", "something after the end"),
        ] {
            let error = read(document.as_bytes()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Json(why), "{document}");
            assert_eq!((error.at.line, error.at.column), (line, column), "{document}");
            assert_eq!(error.path, path, "{document}");
        }
        let error = read(b"{\"a\": {\"b\": 1,\n \"b\": 2}}").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Duplicate("b".into()));
        assert_eq!((error.at.line, error.at.column, &*error.path), (2, 2, "a.b"));
        let deep = "[".repeat(JSON_DEPTH_MAX + 1);
        let error = read(deep.as_bytes()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Json("values nested too deeply"));
        assert!(read(&[0xff]).is_err());
    }

    proptest! {
        #[test]
        fn it_reads_what_serde_json_reads(text in "[\\[\\]{}:,\"\\\\a-c0-2.eE+\\-unltr \n\u{e9}]{0,24}") {
            let theirs: Option<serde_json::Value> = serde_json::from_str(&text).ok();
            match (read(text.as_bytes()), theirs) {
                (Ok(ours), Some(theirs)) => prop_assert_eq!(plain(&ours), theirs),
                (Err(e), Some(_)) => prop_assert!(matches!(e.kind, ErrorKind::Duplicate(_)), "{}", e),
                // serde_json has no room for a number like 1e999; we keep its digits.
                (Ok(_), None) => prop_assert!(text.contains(['e', 'E']), "{}", text),
                (Err(_), None) => {}
            }
        }
    }
}
