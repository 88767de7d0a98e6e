//! A client that knows HTTP/1.1 as far as tests need it and sends exactly what it is told.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Message;

/// An answer that takes longer fails the test.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection. Answers may be read one by one: it stays open as long as the server keeps it.
pub struct Connection {
    stream: TcpStream,
    /// Read and not yet taken.
    ahead: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, ahead: vec![] }
    }

    /// Sends bytes. Whether the server has closed already shows in what it answers.
    pub async fn write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// Sends no more; the server can still answer.
    pub async fn end_writing(&mut self) {
        let _ = self.stream.shutdown().await;
    }

    /// Sends a request and reads its answer. Head and body go in two pieces, so that an answer that
    /// comes without the body being read is noticed.
    pub async fn exchange(&mut self, message: &Message) -> Answer {
        self.write(&message.head()).await;
        self.write(&message.body).await;
        self.answer(&message.method).await
    }

    /// Reads the next final answer, past any `100 Continue`.
    pub async fn answer(&mut self, method: &str) -> Answer {
        loop {
            let answer = self.any_answer(method).await.expect("an answer");
            if answer.status != 100 {
                return answer;
            }
        }
    }

    /// Reads the next answer, also an interim one; none if the server closes first.
    pub async fn any_answer(&mut self, method: &str) -> Option<Answer> {
        let head = loop {
            if let Some(at) = find(&self.ahead, b"\r\n\r\n") {
                break self.ahead.drain(..at + 4).collect::<Vec<u8>>();
            }
            if !self.read_more().await {
                return None;
            }
        };
        let head = String::from_utf8(head).expect("heads are text here");
        let mut lines = head.lines();
        let status = lines.next().and_then(|it| it.get(9..12)?.parse().ok()).expect("a status");
        let headers: Vec<(String, String)> = lines
            .filter_map(|it| it.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer = Answer { status, headers, body: vec![] };
        if method != "HEAD" && status != 100 && status != 204 && status != 304 {
            answer.body = self.body(&answer).await;
        }
        Some(answer)
    }

    async fn body(&mut self, answer: &Answer) -> Vec<u8> {
        if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().expect("a number");
            while self.ahead.len() < length {
                assert!(self.read_more().await, "the body ended early");
            }
            return self.ahead.drain(..length).collect();
        }
        while self.read_more().await {}
        std::mem::take(&mut self.ahead)
    }

    /// Reads what there is; false at the end.
    pub async fn read_more(&mut self) -> bool {
        let mut piece = vec![0; 64 << 10];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut piece)).await;
        match read.expect("the server answers or closes in time") {
            Ok(0) | Err(_) => false,
            Ok(bytes) => {
                self.ahead.extend_from_slice(&piece[..bytes]);
                true
            }
        }
    }

    /// Whether the server closes within a while, sending nothing more.
    pub async fn is_closed_within(&mut self, time: Duration) -> bool {
        let mut piece = [0; 1024];
        matches!(tokio::time::timeout(time, self.stream.read(&mut piece)).await, Ok(Ok(0) | Err(_)))
    }

    /// Whether nothing at all comes for a while.
    pub async fn is_silent_for(&mut self, time: Duration) -> bool {
        if !self.ahead.is_empty() {
            return false;
        }
        let mut piece = [0; 1];
        tokio::time::timeout(time, self.stream.peek(&mut piece)).await.is_err()
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

impl Answer {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }

    /// The text of every element of a name, still escaped.
    pub fn elements(&self, name: &str) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.body);
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let pieces = text.split(&open).skip(1);
        pieces.filter_map(|it| Some(it.split_once(&close)?.0.to_owned())).collect()
    }

    /// The text of the first element of a name; empty if there is none.
    pub fn element(&self, name: &str) -> String {
        self.elements(name).into_iter().next().unwrap_or_default()
    }

    /// An error's code.
    pub fn code(&self) -> String {
        self.element("Code")
    }

    /// An error's message.
    pub fn message(&self) -> String {
        self.element("Message")
    }
}
