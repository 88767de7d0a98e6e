//! Policy documents: any bytes are a policy or an error with a place in them, and what is a policy
//! decides any request. The input is the document.

#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::{Attached, Context, Effect, Held, Policies, Policy, PolicyKind, Quoting, Requester};
use policy::{denial, evaluate};

fuzz_target!(|document: &[u8]| {
    for kind in [PolicyKind::Identity, PolicyKind::Resource] {
        match Policy::parse(document, kind) {
            Ok(policy) => decide(&policy),
            Err(error) => {
                let lines = document.split(|byte| *byte == b'\n').count();
                assert!((1..=lines).contains(&(error.at.line as usize)), "{error}");
                assert!(!error.iam_message().is_empty() && !error.s3_message().is_empty());
            }
        }
    }
});

fn decide(policy: &Policy) {
    let owner = "123456789012".parse().expect("twelve digits");
    let user = Requester::User {
        account: owner,
        arn: "arn:aws:iam::123456789012:user/kim".to_owned(),
        id: "AIDAKIM".to_owned(),
    };
    let keys = vec![
        ("aws:username", "kim"),
        ("aws:SourceIp", "10.1.2.3"),
        ("aws:CurrentTime", "2026-11-24T10:12:00Z"),
        ("aws:PrincipalArn", "arn:aws:iam::123456789012:user/kim"),
        ("s3:max-keys", "1000"),
        ("aws:TagKeys", "a"),
        ("aws:TagKeys", "b"),
    ];
    let held = [Held { name: "p".into(), policy: policy.clone().into() }];
    let bucket = Attached { name: "p", policy };
    let policies = match policy.kind() {
        PolicyKind::Identity => Policies { identity: &held, ..Policies::default() },
        PolicyKind::Resource => Policies { resource: Some(bucket), ..Policies::default() },
    };
    for requester in [&user, &Requester::Anonymous] {
        let context = Context {
            requester,
            canonical_user: None,
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/home/kim/k",
            owner,
            keys: &keys,
        };
        let decision = evaluate(&context, &policies);
        let explained = denial(&context, &decision.because, Quoting::Quoted).is_some();
        let own = requester.account().is_some();
        assert_eq!(explained, own && decision.effect == Effect::Deny);
    }
}
