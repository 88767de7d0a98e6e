//! Who may do what, as a text that is checked in: every operation that acts, asked by everybody.
//!
//! `ONGGI_MATRIX=write cargo test -p onggi-testkit --test access matrix` writes it anew; a difference is
//! a decision that somebody changed. An operation that acts and that a user without policies isn't
//! refused fails here, unless it is for everybody.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use testkit::{ACCOUNT, Answer, Ask, Payload, TestServer};

use crate::users::{User, user};

/// AWS-managed policies, each with a user of its own.
const POLICIES: [&str; 9] = [
    "AdministratorAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMUserChangePassword",
];
/// A browser's question is answered before anybody is asked who he is; who one is needs no permission.
const FOR_EVERYBODY: [&str; 2] = ["OptionsObject", "GetCallerIdentity"];

/// Whatever an operation of IAM or STS may want to be told; what it doesn't know it passes over.
const PARAMETERS: [(&str, &str); 30] = [
    ("UserName", "target"),
    ("NewPath", "/new/"),
    ("GroupName", "target"),
    ("PolicyName", "target"),
    ("PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    ("PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    (
        "PolicyDocument",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#,
    ),
    ("AccessKeyId", "AKIAAAAAAAAAAAAAAAAA"),
    ("Status", "Active"),
    ("Password", "Passw0rd!Passw0rd!"),
    ("OldPassword", "Passw0rd!Passw0rd!"),
    ("NewPassword", "Passw0rd!Passw0rd?"),
    ("Tags.member.1.Key", "k"),
    ("Tags.member.1.Value", "v"),
    ("TagKeys.member.1", "k"),
    ("VersionId", "v1"),
    ("AccountAlias", "target-alias"),
    ("Arn", "arn:aws:iam::123456789012:user/target"),
    ("SerialNumber", "arn:aws:iam::123456789012:mfa/target"),
    ("RoleName", "target"),
    ("RoleArn", "arn:aws:iam::123456789012:role/target"),
    ("RoleSessionName", "target"),
    ("AssumeRolePolicyDocument", "{}"),
    ("InstanceProfileName", "target"),
    ("ServiceName", "s3.amazonaws.com"),
    ("PathPrefix", "/"),
    ("MaxItems", "10"),
    ("SSHPublicKeyId", "APKAAAAAAAAAAAAAAAAA"),
    ("CertificateId", "AAAAAAAAAAAAAAAAAAAAAAAA"),
    ("ServiceSpecificCredentialId", "ACCAAAAAAAAAAAAAAAAA"),
];

struct Operation {
    service: &'static str,
    name: String,
    facts: Value,
}

fn model(name: &str) -> String {
    let path = format!("{}/../../model/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn operations() -> Vec<Operation> {
    let table: toml::Table = model("operations.toml").parse().unwrap();
    let mut operations = vec![];
    for service in ["s3", "iam", "sts", "s3control"] {
        let facts: Value = serde_json::from_str(&model(&format!("{service}.json"))).unwrap();
        for row in table[service].as_array().unwrap() {
            if row["status"].as_str() == Some("acts") && row.get("alias").is_none() {
                let name = row["name"].as_str().unwrap().to_owned();
                let facts = facts["operations"][&name].clone();
                operations.push(Operation { service, name, facts });
            }
        }
    }
    operations
}

impl Operation {
    fn ask(&self) -> Ask {
        match (self.service, &*self.name) {
            ("iam", _) => return self.form("2010-05-08"),
            ("sts", _) => return self.form("2011-06-15"),
            (_, "OptionsObject") => return Ask::new("OPTIONS", "/bucket/key"),
            // Signed in its form, if at all: this one isn't, so everybody is anonymous.
            (_, "PostObject") => {
                let part = |name: &str, value: &str| {
                    format!(
                        "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                    )
                };
                let body = format!("{}{}--x--\r\n", part("key", "new"), part("file", "x"));
                return Ask::new("POST", "/bucket")
                    .header("content-type", "multipart/form-data; boundary=x")
                    .body(body)
                    .anonymous();
            }
            (_, "CreateBucket") => return Ask::new("PUT", "/new-bucket"),
            _ => {}
        }
        let uri = self.facts["uri"].as_str().unwrap_or_else(|| panic!("{}", self.name));
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut path = path.replace("{Bucket}", "bucket").replace("{Key+}", "key");
        path = path.replace("{resourceArn+}", "arn%3Aaws%3As3%3A%3A%3Abucket");
        let mut pairs: Vec<String> =
            query.split('&').filter(|it| !it.is_empty()).map(String::from).collect();
        let mut ask = Ask::new(self.facts["method"].as_str().unwrap(), &path);
        for need in self.facts["needs"].as_array().unwrap() {
            let (place, name) = need.as_str().unwrap().split_once(':').unwrap();
            let lower = name.to_ascii_lowercase();
            match place {
                "querystring" if pairs.iter().all(|it| it.split('=').next() != Some(name)) => {
                    pairs.push(format!("{name}=1"));
                }
                "querystring" => {}
                _ if lower == "x-amz-copy-source" => ask = ask.header(&lower, "/bucket/key"),
                _ if lower == "x-amz-account-id" => ask = ask.header(&lower, ACCOUNT),
                _ => ask = ask.header(&lower, "x"),
            }
        }
        if self.name == "DeleteObjects" {
            ask = ask.body("<Delete><Object><Key>key</Key></Object></Delete>");
        }
        if self.name == "PutObjectTagging" {
            ask = ask.body("<Tagging><TagSet></TagSet></Tagging>");
        }
        ask.query(&pairs.join("&"))
    }

    fn form(&self, version: &str) -> Ask {
        let service = self.service.to_owned();
        let pairs = PARAMETERS
            .iter()
            .map(|(name, value)| format!("&{name}={}", testkit::percent(value, false)));
        let body = format!("Action={}&Version={version}{}", self.name, pairs.collect::<String>());
        Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .signer(|it| it.service = service)
            .payload(Payload::Silent)
            .body(body)
    }
}

/// Makes what the last request may have taken away.
async fn prepare(server: &TestServer) {
    server.ask(Ask::new("PUT", "/bucket")).await;
    server.ask(Ask::new("DELETE", "/bucket").query("policy")).await;
    server.ask(Ask::new("PUT", "/bucket/key").body("x")).await;
    server.ask(Ask::new("DELETE", "/new-bucket")).await;
    let new = iam::NewUser { name: "target".into(), ..Default::default() };
    let _ = server.iam().create_user(ACCOUNT.parse().unwrap(), new).await;
}

/// What IAM refuses to everybody who may ask it: a change of AWS's policies, a key that isn't there.
const WHOEVER_ASKS: [&str; 2] = ["outside your own account.", "on resource: access key"];

fn is_refused(method: &str, answer: &Answer) -> bool {
    let (code, sentence) = (answer.code(), answer.message());
    if WHOEVER_ASKS.iter().any(|it| sentence.contains(it)) {
        return false;
    }
    (method == "HEAD" && answer.status == 403)
        || ["AccessDenied", "MissingAuthenticationToken"].contains(&&*code)
}

#[tokio::test]
async fn the_matrix_is_as_it_is_checked_in() {
    let server = TestServer::start().await;
    let mut users: Vec<(String, Option<User>)> = vec![("root".into(), None)];
    for policy in POLICIES {
        users.push((policy.into(), Some(user(&server, policy, &[policy]).await)));
    }
    users.push(("nothing".into(), Some(user(&server, "nothing", &[]).await)));
    let mut text =
        String::from("Who may do what: generated by crates/testkit/tests/access/matrix.rs.\n\n");
    for (index, (name, _)) in users.iter().enumerate() {
        text += &format!("{}. {name}\n", (b'a' + index as u8) as char);
    }
    text += "   anonymous\n\n";
    let mut open = vec![];
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for operation in operations() {
        let mut cells = String::new();
        for (index, (name, user)) in users.iter().enumerate() {
            prepare(&server).await;
            let ask = operation.ask();
            let method = ask.method.clone();
            let answer = match user {
                None => server.ask(ask).await,
                Some(user) => user.asks(&server, ask).await,
            };
            let refused = is_refused(&method, &answer);
            cells.push(if refused { '.' } else { (b'a' + index as u8) as char });
            if name == "nothing" && !refused && !FOR_EVERYBODY.contains(&&*operation.name) {
                open.push(format!("{}: {}", operation.name, answer.text()));
            }
        }
        prepare(&server).await;
        let ask = operation.ask();
        let method = ask.method.clone();
        let refused = is_refused(&method, &server.ask(ask.anonymous()).await);
        cells += if refused { "  ." } else { "  anonymous" };
        rows.insert(format!("{:<9} {}", operation.service, operation.name), cells);
    }
    assert!(open.is_empty(), "not refused to a user without policies: {open:#?}");
    for (name, cells) in rows {
        text += &format!("{name:<50} {cells}\n");
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/access/matrix.txt");
    if std::env::var("ONGGI_MATRIX").as_deref() == Ok("write") {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs: Vec<_> = text.lines().filter(|it| !kept.lines().any(|kept| kept == *it)).collect();
    assert!(
        differs.is_empty() && kept.lines().count() == text.lines().count(),
        "decisions changed, or operations came: if that is meant, write tests/access/matrix.txt anew \
         with ONGGI_MATRIX=write. {differs:#?}"
    );
}
