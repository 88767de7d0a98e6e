//! What a decision costs: a user with ten policies of twenty statements (issue 5 wants 2 us).
//! `cargo run --release -p onggi-policy --example cost`

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use policy::{Attached, Context, Policies, Policy, PolicyKind, Requester, evaluate};

const POLICIES: usize = 10;
const STATEMENTS: usize = 20;
/// The best of so many batches is what it costs when nobody else takes the core.
const BATCHES: usize = 200;
const ROUNDS: u32 = 1000;

fn main() -> std::io::Result<()> {
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
    let mut out = std::io::stdout().lock();
    // Of other actions; of the action on other resources; of both with a condition that denies.
    for (name, actions, effect, condition) in [
        ("other actions", r#"["s3:PutObject", "s3:DeleteObject*"]"#, "Allow", ""),
        ("other resources", r#"["s3:Get*", "s3:ListBucket"]"#, "Allow", ""),
        ("denials elsewhere", r#"["s3:*"]"#, "Deny", ""),
        (
            "ten conditions met",
            r#"["s3:PutObject", "iam:*"]"#,
            "Allow",
            r#", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#,
        ),
    ] {
        let policies: Vec<Policy> = (0..POLICIES)
            .map(|policy| {
                let mut statements: Vec<String> = (0..STATEMENTS)
                    .map(|it| {
                        format!(
                            r#"{{"Sid": "S{it}", "Effect": "{effect}", "Action": {actions},
                                "Resource": ["arn:aws:s3:::bucket-{policy}-{it}/*"]}}"#
                        )
                    })
                    .collect();
                let last = r#"{"Effect": "Allow", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::bucket/home/${aws:username}/*""#;
                statements[STATEMENTS - 1] = format!("{last}{condition}}}");
                let document = format!(
                    r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
                    statements.join(",")
                );
                Policy::parse(document.as_bytes(), PolicyKind::Identity).expect("a policy")
            })
            .collect();
        let attached: Vec<Attached<'_>> =
            policies.iter().map(|policy| Attached { name: "p", policy }).collect();
        let given = Policies { identity: &attached, ..Policies::default() };
        let batch = || {
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(evaluate(black_box(&context), black_box(&given)));
            }
            start.elapsed() / ROUNDS
        };
        let each = (0..BATCHES).map(|_| batch()).min().unwrap_or_default();
        writeln!(out, "{name:20} {each:?}")?;
    }
    Ok(())
}
