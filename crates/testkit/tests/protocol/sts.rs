//! STS as its clients ask: by form and by query, with and without `x-amz-content-sha256`.

use testkit::{ACCESS_KEY, ACCOUNT, Ask, Payload, Signature, TestServer};

fn sts(parameters: &str) -> Ask {
    Ask::new("POST", "/")
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .signer(|it| it.service = "sts".into())
        .payload(Payload::Silent)
        .body(format!("{parameters}&Version=2011-06-15"))
}

#[tokio::test]
async fn root_learns_who_it_is() {
    let server = TestServer::start().await;
    let posted = server.ask(sts("Action=GetCallerIdentity")).await;
    let id = posted.header("x-amzn-requestid").unwrap();
    assert_eq!(
        posted.text(),
        format!(
            "200 <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<GetCallerIdentityResponse \
             xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <UserId>{ACCOUNT}</UserId><Account>{ACCOUNT}</Account>\
             <Arn>arn:aws:iam::{ACCOUNT}:root</Arn></GetCallerIdentityResult><ResponseMetadata>\
             <RequestId>{id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        )
    );
    let get = Ask::new("GET", "/").query("Action=GetCallerIdentity&Version=2011-06-15");
    let get = get.signer(|it| it.service = "sts".into());
    for ask in [
        sts("Action=GetCallerIdentity").payload(Payload::Signed),
        get.clone().payload(Payload::Silent),
        get.payload(Payload::Silent).signed(Signature::Presigned { expires_s: "60".into() }),
    ] {
        let answer = server.ask(ask).await;
        assert_eq!(answer.element("UserId"), ACCOUNT, "{}", answer.text());
    }
}

#[tokio::test]
async fn an_access_keys_id_tells_its_account() {
    let server = TestServer::start().await;
    for (id, status, account) in [
        (ACCESS_KEY, 200, ACCOUNT),
        // Aidan Steele's example ("AWS Access Key ID formats").
        ("AKIASP2TPHJSQH3FJRUX", 200, "171436882533"),
        ("AKIA0000000000000000", 400, ""),
        ("ASHORTONE", 400, ""),
        ("", 400, ""),
    ] {
        let answer = server.ask(sts(&format!("Action=GetAccessKeyInfo&AccessKeyId={id}"))).await;
        let text = answer.text();
        assert_eq!((answer.status, &*answer.element("Account")), (status, account), "{id}: {text}");
    }
}
