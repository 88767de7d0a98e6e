//! Access control lists: the owner's full control is all that there is.

use testkit::Ask;

use crate::{outcome, server};

#[tokio::test]
async fn every_list_is_the_owners_full_control() {
    let server = server().await;
    for path in ["/bucket", "/bucket/key"] {
        let list = server.ask(Ask::new("GET", path).query("acl")).await;
        assert_eq!(list.status, 200, "{}", list.text());
        let ids = list.elements("ID");
        assert_eq!((ids.len(), ids[0].len(), ids[0] == ids[1]), (2, 64, true), "{}", list.text());
        assert_eq!(list.elements("Permission"), ["FULL_CONTROL"]);
        assert!(list.text().contains("xsi:type=\"CanonicalUser\""), "{}", list.text());
    }
    let missing = server.ask(Ask::new("GET", "/bucket/none").query("acl")).await;
    assert_eq!(outcome(&missing), (404, "NoSuchKey".into()));
}

#[tokio::test]
async fn a_list_that_says_more_is_refused() {
    let server = server().await;
    let put =
        |name: &str, value: &str| Ask::new("PUT", "/bucket/key").body("x").header(name, value);
    for canned in ["private", "bucket-owner-full-control"] {
        assert_eq!(server.ask(put("x-amz-acl", canned)).await.status, 200, "{canned}");
    }
    for (name, value, code) in [
        ("x-amz-acl", "public-read", "AccessControlListNotSupported"),
        ("x-amz-acl", "authenticated-read", "AccessControlListNotSupported"),
        ("x-amz-grant-read", "emailAddress=a@b", "AccessControlListNotSupported"),
        ("x-amz-acl", "public", "InvalidArgument"),
    ] {
        let answer = server.ask(put(name, value)).await;
        assert_eq!(outcome(&answer), (400, code.into()), "{name}: {value}");
        let upload = Ask::new("POST", "/bucket/key").query("uploads").header(name, value);
        assert_eq!(outcome(&server.ask(upload).await), (400, code.into()), "{name}: {value}");
    }
    let made = |acl: &str| Ask::new("PUT", "/other").header("x-amz-acl", acl);
    let refused = server.ask(made("public-read")).await;
    assert_eq!(outcome(&refused), (400, "InvalidBucketAclWithObjectOwnership".into()));
    assert_eq!(server.ask(made("private")).await.status, 200);
}

#[tokio::test]
async fn no_list_can_be_set_where_the_owner_is_enforced() {
    let server = server().await;
    let list = server.ask(Ask::new("GET", "/bucket").query("acl")).await;
    let list = String::from_utf8(list.body).unwrap();
    for path in ["/bucket", "/bucket/key"] {
        let put = || Ask::new("PUT", path).query("acl");
        for ask in [put().header("x-amz-acl", "private"), put().body(list.clone())] {
            let answer = server.ask(ask).await;
            assert_eq!(outcome(&answer), (400, "AccessControlListNotSupported".into()));
            assert_eq!(answer.message(), "The bucket does not allow ACLs");
        }
        // What is no list is told first, as AWS was recorded.
        for (ask, code) in [
            (put(), "MissingSecurityHeader"),
            (put().header("x-amz-acl", "fake"), "InvalidArgument"),
            (put().header("x-amz-grant-write", "id=\"wrong\""), "InvalidArgument"),
            (put().header("x-amz-acl", "private").body(list.clone()), "UnexpectedContent"),
            (put().body("<AccessControlPolicy/>"), "MalformedACLError"),
        ] {
            assert_eq!(outcome(&server.ask(ask).await), (400, code.into()));
        }
    }
    // Without the setting lists may be set, as long as they say what is the case.
    let gone = server.ask(Ask::new("DELETE", "/bucket").query("ownershipControls")).await;
    assert_eq!(gone.status, 204);
    for path in ["/bucket", "/bucket/key"] {
        let put = || Ask::new("PUT", path).query("acl");
        assert_eq!(server.ask(put().header("x-amz-acl", "private")).await.status, 200);
        assert_eq!(server.ask(put().body(list.clone())).await.status, 200, "the owner's own");
        let read = put().body(list.replace("FULL_CONTROL", "READ"));
        assert_eq!(outcome(&server.ask(read).await), (501, "NotImplemented".into()));
        let more = server.ask(put().header("x-amz-acl", "public-read")).await;
        assert_eq!(outcome(&more), (501, "NotImplemented".into()));
        let none = server.ask(put()).await;
        assert_eq!(outcome(&none), (400, "MissingSecurityHeader".into()));
    }
}
