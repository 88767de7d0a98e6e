//! The log: how its lines look, and how they get to stderr.
//!
//! Every request leaves a line, so lines are cheap: they are put together without `fmt`'s machinery
//! where that is easy, gathered in memory and written many at a time, at the latest after
//! [`DELAY_MAX`]. A warning or an error takes everything before it along at once. What a crash of
//! this process leaves unwritten is at most that delay's lines; they are a record for people, not the
//! store's.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use parking_lot::{Condvar, Mutex};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;
use types::Timestamp;

use crate::config::LogFormat;

/// A line waits no longer than this for others.
const DELAY_MAX: Duration = Duration::from_millis(100);
/// So many bytes don't wait. Whoever adds the line that fills them writes them out, and so waits for
/// a reader that is slow: memory doesn't grow.
const GATHERED_BYTES: usize = 64 << 10;

/// Sends this process's log to stderr from now on. What it gives writes the rest when it is dropped.
pub(crate) fn to_stderr(format: LogFormat, level: &str, ansi: bool) -> Flush {
    let lines = Arc::new(Lines::new(io::stderr()));
    let waiting = Arc::clone(&lines);
    std::thread::Builder::new()
        .name("log".into())
        .spawn(move || waiting.write_out_forever())
        .expect("a thread can be started");
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(level))
        .with_ansi(ansi)
        .event_format(Layout(format))
        .with_writer(Sink(Arc::clone(&lines)))
        .init();
    let style = Style { format, ansi };
    let _ = DIRECT.set(Direct { style, lines: Arc::clone(&lines) });
    Flush(lines)
}

/// Writes the last lines when it is dropped.
pub(crate) struct Flush(Arc<Lines<io::Stderr>>);

impl Drop for Flush {
    fn drop(&mut self) {
        self.0.write_out();
    }
}

/// Lines that wait to be written.
pub(crate) struct Lines<W> {
    gathered: Mutex<Vec<u8>>,
    /// Told when there is something to write.
    some: Condvar,
    out: Mutex<Out<W>>,
}

struct Out<W> {
    writer: W,
    /// Takes the place of what is being written.
    spare: Vec<u8>,
}

impl<W: Write> Lines<W> {
    fn new(writer: W) -> Self {
        let out = Mutex::new(Out { writer, spare: Vec::new() });
        Self { gathered: Mutex::default(), some: Condvar::new(), out }
    }

    fn add(&self, line: &[u8], urgent: bool) {
        let mut gathered = self.gathered.lock();
        let first = gathered.is_empty();
        gathered.extend_from_slice(line);
        let full = gathered.len() >= GATHERED_BYTES;
        drop(gathered);
        if urgent || full {
            self.write_out();
        } else if first {
            self.some.notify_one();
        }
    }

    /// Lines keep their order: `out` is held from taking them to having written them.
    fn write_out(&self) {
        let mut out = self.out.lock();
        let mut bytes = std::mem::take(&mut out.spare);
        std::mem::swap(&mut bytes, &mut self.gathered.lock());
        // Nobody could be told that the log can't be written.
        let _ = out.writer.write_all(&bytes).and_then(|()| out.writer.flush());
        bytes.clear();
        out.spare = bytes;
    }

    fn write_out_forever(&self) {
        loop {
            let mut gathered = self.gathered.lock();
            while gathered.is_empty() {
                self.some.wait(&mut gathered);
            }
            drop(gathered);
            std::thread::sleep(DELAY_MAX);
            self.write_out();
        }
    }
}

/// What the subscriber writes to.
struct Sink(Arc<Lines<io::Stderr>>);

/// A line's way into the lines.
struct Entry<'a> {
    lines: &'a Lines<io::Stderr>,
    urgent: bool,
}

impl Write for Entry<'_> {
    /// The subscriber gives a whole line at once.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.lines.add(line, self.urgent);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Entry<'a>;

    fn make_writer(&'a self) -> Entry<'a> {
        Entry { lines: &self.0, urgent: false }
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Entry<'a> {
        Entry { lines: &self.0, urgent: *about.level() <= Level::WARN }
    }
}

/// Writes a line of this time past the subscriber, if [`to_stderr`] was called: the access record's,
/// which every request pays for. Whether it is wanted the caller has asked `tracing`.
pub(crate) fn record(time: Timestamp, target: &str, fields: impl FnOnce(&mut Line<'_>)) {
    let Some(direct) = DIRECT.get() else { return };
    with_scratch(|text| {
        let mut line = Line::begin_at(time, text, &direct.style, (&Level::INFO, target));
        fields(&mut line);
        line.end();
        direct.lines.add(text.as_bytes(), false);
    });
}

/// Where [`record`] writes.
struct Direct {
    style: Style,
    lines: Arc<Lines<io::Stderr>>,
}

static DIRECT: OnceLock<Direct> = OnceLock::new();

thread_local! {
    /// A line is put together here, so that it costs no allocation.
    static SCRATCH: RefCell<String> = const { RefCell::new(String::new()) };
}

fn with_scratch<T>(work: impl FnOnce(&mut String) -> T) -> T {
    SCRATCH.with(|it| match it.try_borrow_mut() {
        Ok(mut text) => {
            text.clear();
            work(&mut text)
        }
        // What a field's `Debug` logs while its line is being made.
        Err(_) => work(&mut String::new()),
    })
}

/// How lines look.
#[derive(Clone, Copy)]
struct Style {
    format: LogFormat,
    ansi: bool,
}

/// How an event becomes a line.
struct Layout(LogFormat);

impl<S, N> FormatEvent<S, N> for Layout
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut out: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let style = Style { format: self.0, ansi: out.has_ansi_escapes() };
        let about = (event.metadata().level(), event.metadata().target());
        with_scratch(|text| {
            let mut line = Line::begin(text, &style, about);
            event.record(&mut line);
            line.end();
            out.write_str(text)
        })
    }
}

fn colour(level: &Level) -> &'static str {
    match *level {
        Level::ERROR => "\x1b[31m",
        Level::WARN => "\x1b[33m",
        Level::INFO => "\x1b[32m",
        _ => "\x1b[2m",
    }
}

/// A line that is being put together: in text ` name=value`, texts in quotation marks and the message
/// without; in JSON `,"name":value`.
pub(crate) struct Line<'a> {
    text: &'a mut String,
    format: LogFormat,
}

impl<'a> Line<'a> {
    fn begin(text: &'a mut String, style: &Style, (level, target): (&Level, &str)) -> Self {
        Self::begin_at(Timestamp::from(SystemTime::now()), text, style, (level, target))
    }

    fn begin_at(
        time: Timestamp,
        text: &'a mut String,
        style: &Style,
        (level, target): (&Level, &str),
    ) -> Self {
        let time = time.iso8601();
        let mut line = Self { text, format: style.format };
        match style.format {
            LogFormat::Text => {
                let (colour, end) = if style.ansi { (colour(level), "\x1b[0m") } else { ("", "") };
                line.words(&[&time, " ", colour, level.as_str(), end, " ", target, ":"]);
            }
            LogFormat::Json => {
                line.words(&["{\"timestamp\":\"", &time, "\",\"level\":\"", level.as_str()]);
                line.words(&["\",\"target\":"]);
                line.json(target);
            }
        }
        line
    }

    fn end(self) {
        self.text.push_str(if self.format == LogFormat::Json { "}\n" } else { "\n" });
    }

    fn words(&mut self, words: &[&str]) {
        words.iter().for_each(|it| self.text.push_str(it));
    }

    /// Inlined, so that a name that is known when the program is compiled is copied as a number is.
    #[inline]
    fn name(&mut self, name: &str) {
        match self.format {
            LogFormat::Text if name == "message" => self.text.push(' '),
            LogFormat::Text => self.words(&[" ", name, "="]),
            LogFormat::Json => {
                self.text.push(',');
                self.json(name);
                self.text.push(':');
            }
        }
    }

    /// A text. Whatever a client sent, it stays within its quotation marks and on its line.
    #[inline]
    pub(crate) fn put_text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.value(value);
    }

    fn value(&mut self, value: &str) {
        let plain = |b: u8| (b' '..=b'~').contains(&b) & (b != b'"') & (b != b'\\');
        match self.format {
            // Every byte is looked at, whatever was found so far: so many are looked at together.
            LogFormat::Text if value.bytes().fold(true, |all, it| all & plain(it)) => {
                self.words(&["\"", value, "\""]);
            }
            LogFormat::Text => self.show(&format_args!("{value:?}")),
            LogFormat::Json => self.json(value),
        }
    }

    /// A whole number.
    #[inline]
    pub(crate) fn put_number(&mut self, name: &str, value: u64) {
        self.name(name);
        push_number(self.text, value);
    }

    /// `true` or `false`.
    #[inline]
    pub(crate) fn put_flag(&mut self, name: &str, value: bool) {
        self.name(name);
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// A word of ours, which needs no quotation marks in text.
    pub(crate) fn put_word(&mut self, name: &str, value: &str) {
        self.name(name);
        match self.format {
            LogFormat::Text => self.text.push_str(value),
            LogFormat::Json => self.json(value),
        }
    }

    /// Where somebody is, as `Display` would write it at four times the cost.
    pub(crate) fn put_address(&mut self, name: &str, address: SocketAddr) {
        let SocketAddr::V4(address) = address else {
            return self.put_word(name, &address.to_string());
        };
        let quote = if self.format == LogFormat::Json { "\"" } else { "" };
        self.name(name);
        self.text.push_str(quote);
        for (octet, behind) in address.ip().octets().into_iter().zip(['.', '.', '.', ':']) {
            push_number(self.text, octet.into());
            self.text.push(behind);
        }
        push_number(self.text, address.port().into());
        self.text.push_str(quote);
    }

    fn show(&mut self, value: &dyn fmt::Display) {
        // A `String` takes everything.
        let _ = write!(self.text, "{value}");
    }

    /// A JSON string (RFC 8259, 7).
    fn json(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
            self.text.push_str(&rest[..at]);
            self.show(&format_args!("\\u{:04x}", rest.as_bytes()[at]));
            rest = &rest[at + 1..];
        }
        self.words(&[rest, "\""]);
    }
}

/// Every request's line has several numbers in it: `fmt` costs more than the rest of it.
fn push_number(text: &mut String, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.push_str(std::str::from_utf8(&digits[at..]).expect("digits"));
}

impl Visit for Line<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put_text(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put_number(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.name(field.name());
        self.show(&value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put_flag(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put_word(field.name(), &format!("{value:?}"));
    }
}

/// The line that [`record`] would write.
#[cfg(test)]
pub(crate) fn line_of_text(target: &str, fields: impl FnOnce(&mut Line<'_>)) -> String {
    let mut text = String::new();
    let style = Style { format: LogFormat::Text, ansi: false };
    let mut line = Line::begin(&mut text, &style, (&Level::INFO, target));
    fields(&mut line);
    line.end();
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// A reader that says when it was written to, and may be slow.
    struct Pipe(mpsc::SyncSender<String>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The lines that `log` leaves, without their times.
    fn logged(format: LogFormat, log: impl FnOnce()) -> Vec<String> {
        #[derive(Clone, Default)]
        struct Kept(Arc<Mutex<Vec<u8>>>);
        impl Write for Kept {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().extend_from_slice(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .event_format(Layout(format))
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, log);
        let text = String::from_utf8(kept.0.lock().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn say() {
        let (none, cause) = (None::<&str>, Some("dis\"k\n\u{1b}[2J"));
        tracing::info!(target: "t", uri = "/b/옹", n = 5_u64, ok = true, none, cause, "a message");
    }

    #[test]
    fn a_line_of_text_stays_a_line() {
        let lines = logged(LogFormat::Text, say);
        let wanted = r#"Z INFO t: a message uri="/b/옹" n=5 ok=true cause="dis\"k\n\u{1b}[2J""#;
        assert!(lines.len() == 1 && lines[0].ends_with(wanted), "{lines:?}");
    }

    #[test]
    fn a_record_looks_as_an_event_does() {
        let event = logged(LogFormat::Text, || {
            tracing::info!(target: "t", a = "x\"", n = u64::MAX, zero = 0_u64, no = false);
        });
        let record = line_of_text("t", |line| {
            line.put_text("a", "x\"");
            line.put_number("n", u64::MAX);
            line.put_number("zero", 0);
            line.put_flag("no", false);
        });
        let without_time = |line: &str| line.split_once(' ').map(|(_, rest)| rest.to_owned());
        assert_eq!(without_time(&event[0]), without_time(record.trim_end()));
    }

    #[test]
    fn addresses_stand_in_lines_as_they_are_displayed() {
        for address in ["127.0.0.1:9000", "10.200.3.254:1", "[::1]:65535"] {
            let at = address.parse().unwrap();
            for (format, wanted) in [
                (LogFormat::Text, format!(" peer={address}")),
                (LogFormat::Json, format!(",\"peer\":\"{address}\"")),
            ] {
                let mut text = String::new();
                Line { text: &mut text, format }.put_address("peer", at);
                assert_eq!(text, wanted);
            }
        }
    }

    #[test]
    fn a_line_of_json_is_json() {
        let lines = logged(LogFormat::Json, say);
        assert_eq!(lines.len(), 1);
        let read: serde_json::Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(read["message"], "a message");
        assert_eq!(read["cause"], "dis\"k\n\u{1b}[2J");
        assert_eq!((&read["n"], &read["ok"]), (&5.into(), &true.into()));
        assert_eq!((&read["level"], &read["target"]), (&"INFO".into(), &"t".into()));
        assert!(read["timestamp"].as_str().unwrap().ends_with('Z') && read.get("none").is_none());
    }

    #[test]
    fn lines_are_written_together_and_in_order() {
        let (sender, written) = mpsc::sync_channel(10);
        let lines = Lines::new(Pipe(sender));
        lines.add(b"one\n", false);
        lines.add(b"two\n", false);
        assert!(written.try_recv().is_err(), "they wait");
        lines.add(b"a warning\n", true);
        assert_eq!(written.try_recv().unwrap(), "one\ntwo\na warning\n");
        let long = vec![b'x'; GATHERED_BYTES];
        lines.add(&long[1..], false);
        assert!(written.try_recv().is_err(), "one byte less than what doesn't wait");
        lines.add(b"x", false);
        assert_eq!(written.try_recv().unwrap().len(), GATHERED_BYTES);
    }

    #[test]
    fn a_lone_line_doesnt_wait_for_ever() {
        let (sender, written) = mpsc::sync_channel(10);
        let lines = Arc::new(Lines::new(Pipe(sender)));
        let waiting = Arc::clone(&lines);
        std::thread::spawn(move || waiting.write_out_forever());
        lines.add(b"alone\n", false);
        assert_eq!(written.recv_timeout(Duration::from_secs(10)).unwrap(), "alone\n");
    }
}
