//! Ways around the front door: what an answer lets somebody infer who may not read it.

use testkit::{ACCOUNT, Answer, Ask, md5_base64};

use crate::users::{User, user};
use crate::{anonymous, outcome, put_policy, server, set_block};

/// Who may write and not read can't try out which object is there by its ETag.
#[tokio::test]
async fn comparing_an_object_with_an_etag_is_reading_it() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    let write = r#"{"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"],
        "Resource": "arn:aws:s3:::bucket/*"}"#;
    let read =
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}"#;
    let upload = server.ask(Ask::new("POST", "/bucket/key").query("uploads")).await;
    let upload = format!("uploadId={}", upload.element("UploadId"));
    let part = Ask::new("PUT", "/bucket/key").query(&format!("partNumber=1&{upload}"));
    let etag = server.ask(part.body("part")).await.header("etag").unwrap().to_owned();
    let parts = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>\
         </CompleteMultipartUpload>"
    );
    let asks = |key: &str| {
        let put = || Ask::new("PUT", &format!("/bucket/{key}"));
        let delete = Ask::new("DELETE", &format!("/bucket/{key}"));
        [
            put().header("if-match", "\"0123\"").body("new"),
            put().header("if-match", "none").body("new"),
            put().header("if-match", "\"0123\"").header("x-amz-copy-source", "/bucket/own"),
            delete.header("if-match", "\"0123\""),
        ]
    };
    let completing = || {
        let ask = Ask::new("POST", "/bucket/key").query(&upload);
        ask.header("if-match", "\"0123\"").body(&*parts)
    };
    let of_source =
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/own"}"#;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/own").body("own")).await.status, 200);
    kim.may(&server, &[write, of_source]).await;
    for ask in asks("key").into_iter().chain(asks("missing")).chain([completing()]) {
        let answer = kim.asks(&server, ask).await;
        assert_eq!(outcome(&answer), (403, "AccessDenied".into()));
        assert!(answer.message().contains("s3:GetObject"), "{}", answer.message());
    }
    assert_eq!(one_deleted(&server.ask(kim.signs(delete_one())).await), "AccessDenied");
    // Whether there is one at all is no secret of those who may write.
    let absent = || Ask::new("PUT", "/bucket/key").header("if-none-match", "*").body("new");
    assert_eq!(kim.asks(&server, absent()).await.status, 412);
    kim.may(&server, &[write, read]).await;
    for ask in asks("key").into_iter().chain([completing()]) {
        assert_eq!(kim.asks(&server, ask).await.status, 412);
    }
    assert_eq!(one_deleted(&server.ask(kim.signs(delete_one())).await), "PreconditionFailed");
    let any = Ask::new("DELETE", "/bucket/key").header("if-match", "*");
    kim.may(&server, &[write]).await;
    assert_eq!(kim.asks(&server, any).await.status, 204);
}

fn delete_one() -> Ask {
    let body = "<Delete><Object><Key>key</Key><ETag>\"0123\"</ETag></Object></Delete>";
    let ask = Ask::new("POST", "/bucket").query("delete");
    ask.header("content-md5", &md5_base64(body.as_bytes())).body(body)
}

/// The code inside the 200.
fn one_deleted(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.element("Code")
}

/// An access key's id isn't secret; whose it is, is for those who may ask.
#[tokio::test]
async fn a_refusal_doesnt_tell_whose_key_it_is() {
    let server = server().await;
    let (kim, lee) = (user(&server, "kim", &[]).await, user(&server, "lee", &[]).await);
    let told = async |who: &User, key: &str| {
        let body = format!("Action=GetAccessKeyLastUsed&Version=2010-05-08&AccessKeyId={key}");
        let ask = Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .signer(|it| it.service = "iam".into());
        let answer = who.asks(&server, ask.body(body)).await;
        assert_eq!(outcome(&answer), (403, "AccessDenied".into()));
        answer.message()
    };
    let nobodys = format!("{}{}", &lee.key[..lee.key.len() - 4], "AAAA");
    assert_eq!(told(&kim, &lee.key).await, told(&kim, &nobodys).await);
}

/// `aws:userid` has a value for those who sign nothing: a policy that asks for it is public.
#[tokio::test]
async fn nobodys_id_is_no_fixed_one() {
    let server = server().await;
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*",
        "Condition": {{"StringEquals": {{"aws:userid": ["{ACCOUNT}", "anonymous"]}}}}}}]}}"#
    );
    assert_eq!(outcome(&put_policy(&server, &policy).await), (403, "AccessDenied".into()));
    set_block(&server, [true, true, false, true]).await;
    assert_eq!(put_policy(&server, &policy).await.status, 204);
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 403);
    set_block(&server, [true, true, false, false]).await;
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 200);
}
