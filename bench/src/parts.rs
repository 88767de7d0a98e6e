//! What some parts of a request cost by themselves, on one thread of this machine with nobody else in
//! the way: MD5, which bounds what one stream can be stored at, and what a decision costs.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use md5::Digest as _;
use policy::{Context, Held, Policies, Policy, PolicyKind, Requester, evaluate};

/// The best of so many tries is what it costs when nobody else takes the core.
const TRIES: usize = 200;
/// MD5 is measured on so many bytes at once.
const MD5_BYTES: usize = 4 << 20;
const MD5_ROUNDS: usize = 2;
const ROUNDS: u32 = 500;
/// As many policies as a user can have, and statements in each.
const POLICIES: usize = 10;
const STATEMENTS: usize = 20;

/// What was measured.
pub struct Parts {
    /// Bytes a second of one MD5 of a long text.
    pub md5_rate: f64,
    /// Each case of a decision and what it takes.
    pub decisions: Vec<(&'static str, Duration)>,
}

impl Parts {
    /// Measures them on a text.
    pub fn measure(text: &[u8]) -> Self {
        Self { md5_rate: md5_rate(text), decisions: decisions() }
    }

    /// The dearest decision.
    pub fn decision_max(&self) -> Duration {
        self.decisions.iter().map(|it| it.1).max().unwrap_or_default()
    }

    /// As lines of the report.
    pub fn report(&self) -> String {
        let gib = f64::from(1 << 30);
        let mut text = format!(
            "MD5 alone, one thread: {:.0} MB/s, {:.0} ms/GiB\n",
            self.md5_rate / 1e6,
            gib / self.md5_rate * 1e3
        );
        let _ = write!(text, "A decision over {POLICIES} policies of {STATEMENTS} statements:");
        for (at, (name, time)) in self.decisions.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(text, "{comma} {name} {:.2} us", time.as_secs_f64() * 1e6);
        }
        text + "\n"
    }
}

fn md5_rate(text: &[u8]) -> f64 {
    let rate = |bytes: &[u8]| {
        let begun = Instant::now();
        black_box(md5::Md5::digest(black_box(bytes)));
        bytes.len() as f64 / begun.elapsed().as_secs_f64().max(1e-9)
    };
    let pieces = (0..MD5_ROUNDS).flat_map(|_| text.chunks(MD5_BYTES));
    pieces.map(rate).fold(0.0, f64::max)
}

/// In each case all statements but the last are alike; the last, in every policy, allows, but in the
/// first case, where nothing does.
fn decisions() -> Vec<(&'static str, Duration)> {
    const ALLOWS: &str = r#""Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::bucket/home/${aws:username}/*""#;
    const DENIES: &str = r#""Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::other/*""#;
    let met =
        format!(r#"{ALLOWS}, "Condition": {{"IpAddress": {{"aws:SourceIp": "10.0.0.0/8"}}}}"#);
    let (gets, others) = (r#"["s3:Get*", "s3:ListBucket"]"#, r#"["s3:PutObject", "iam:*"]"#);
    [
        ("nothing matches", "Allow", gets, DENIES),
        ("other resources", "Allow", gets, ALLOWS),
        ("other actions", "Allow", others, ALLOWS),
        ("denials elsewhere", "Deny", r#"["s3:*"]"#, ALLOWS),
        ("a condition in each", "Allow", others, &met),
    ]
    .map(|(name, effect, actions, last)| (name, decision(effect, actions, last)))
    .into()
}

fn decision(effect: &str, actions: &str, last: &str) -> Duration {
    let policy = |policy: usize| {
        let mut statements: Vec<String> = (1..STATEMENTS)
            .map(|it| {
                format!(
                    r#"{{"Sid": "S{it}", "Effect": "{effect}", "Action": {actions},
                        "Resource": ["arn:aws:s3:::bucket-{policy}-{it}/*"]}}"#
                )
            })
            .collect();
        statements.push(format!(r#"{{"Effect": {last}}}"#));
        let statements = statements.join(",");
        let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        Policy::parse(document.as_bytes(), PolicyKind::Identity).expect("a policy")
    };
    let held = |it| Held { name: "p".into(), policy: policy(it).into() };
    let policies: Vec<Held> = (0..POLICIES).map(held).collect();
    let given = Policies { identity: &policies, ..Policies::default() };
    let account = "123456789012".parse().expect("twelve digits");
    let requester = Requester::User {
        account,
        arn: "arn:aws:iam::123456789012:user/kim".to_owned(),
        id: "AIDAKIM".to_owned(),
    };
    let keys = vec![("aws:username", "kim"), ("aws:SourceIp", "10.1.2.3")];
    let context = Context {
        requester: &requester,
        canonical_user: None,
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/home/kim/picture.jpg",
        owner: account,
        keys: &keys,
    };
    let one = || {
        let begun = Instant::now();
        for _ in 0..ROUNDS {
            black_box(evaluate(black_box(&context), black_box(&given)));
        }
        begun.elapsed() / ROUNDS
    };
    (0..TRIES).map(|_| one()).min().unwrap_or_default()
}
