//! The AWS SDK for Rust as an application uses it, with its defaults: endpoint, region and key come from
//! the environment, checksums and retries are as the SDK has them. test_rust.py starts the server and this.

mod clients;

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::RequestId;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use aws_sdk_s3::types::{
    BucketLocationConstraint, ChecksumAlgorithm, ChecksumMode, ChecksumType,
    CompletedMultipartUpload, CompletedPart, CreateBucketConfiguration, Delete, MetadataDirective,
    ObjectAttributes, ObjectIdentifier, StorageClass, Tag, Tagging,
};
use clients::{
    Spy, bucket, code, empty, named_host, plain_http, random, s3, settings, status, text,
};

const MIB: usize = 1 << 20;

#[tokio::test]
async fn buckets_are_created_found_listed_and_deleted() {
    let s3 = s3().await;
    let there = || {
        let korea = CreateBucketConfiguration::builder()
            .location_constraint(BucketLocationConstraint::ApNortheast2)
            .build();
        s3.create_bucket().bucket("rust-located").create_bucket_configuration(korea).send()
    };
    there().await.unwrap();
    let location = s3.get_bucket_location().bucket("rust-located").send().await.unwrap();
    assert_eq!(location.location_constraint(), Some(&BucketLocationConstraint::ApNortheast2));
    let head = s3.head_bucket().bucket("rust-located").send().await.unwrap();
    assert_eq!(head.bucket_region(), Some("ap-northeast-2"));
    let plain = bucket(&s3, "rust-plain").await;
    let mut names = Vec::new();
    let mut pages = s3.list_buckets().max_buckets(1).into_paginator().send();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().buckets().iter().map(|it| it.name().unwrap().to_owned()));
    }
    assert!(names.contains(&plain) && names.iter().any(|it| it == "rust-located"), "{names:?}");
    let again = there().await.unwrap_err().into_service_error();
    assert!(again.is_bucket_already_owned_by_you(), "{again:?}");
    s3.put_object().bucket("rust-located").key("k").body(text("x")).send().await.unwrap();
    let full = s3.delete_bucket().bucket("rust-located").send().await.unwrap_err();
    assert_eq!(code(&full), "BucketNotEmpty");
    empty(&s3, "rust-located").await;
    empty(&s3, &plain).await;
    let gone = s3.head_bucket().bucket("rust-located").send().await.unwrap_err();
    assert!(gone.into_service_error().is_not_found());
}

#[tokio::test]
async fn errors_are_the_sdks_types() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-errors").await;
    let error = s3.get_object().bucket(&name).key("missing").send().await.unwrap_err();
    assert_eq!(status(&error), 404);
    let error = error.into_service_error();
    assert!(error.request_id().is_some());
    assert!(matches!(error, GetObjectError::NoSuchKey(_)), "{error:?}");
    let error = s3.head_object().bucket(&name).key("missing").send().await.unwrap_err();
    assert!(matches!(error.into_service_error(), HeadObjectError::NotFound(_)));
    let error = s3.list_objects_v2().bucket("rust-nowhere").send().await.unwrap_err();
    assert!(error.into_service_error().is_no_such_bucket());
    let abort = s3.abort_multipart_upload().bucket(&name).key("k").upload_id("none");
    assert!(abort.send().await.unwrap_err().into_service_error().is_no_such_upload());
    empty(&s3, &name).await;
}

#[tokio::test]
async fn listings_have_pages_folders_and_awkward_keys() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-keys").await;
    // In the order of their bytes.
    let keys = [
        "../up",
        "a b+c",
        "a%2Fb",
        "a&b<c>\"d\"",
        "deep//3",
        "deep/1",
        "deep/2",
        "plus+plus",
        "z",
        "한글/사진 1.png",
    ];
    for key in keys {
        s3.put_object().bucket(&name).key(key).body(text(key)).send().await.unwrap();
    }
    let mut seen = Vec::new();
    let mut pages = s3.list_objects_v2().bucket(&name).max_keys(3).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert!(page.contents().len() <= 3);
        seen.extend(page.contents().iter().map(|it| it.key().unwrap().to_owned()));
    }
    assert_eq!(seen, keys);
    let mut folders = Vec::new();
    let listed = s3.list_objects_v2().bucket(&name).delimiter("/").max_keys(2);
    let mut pages = listed.into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        folders.extend(page.common_prefixes().iter().map(|it| it.prefix().unwrap().to_owned()));
    }
    assert_eq!(folders, ["../", "deep/", "한글/"]);
    for key in keys {
        let got = s3.get_object().bucket(&name).key(key).send().await.unwrap();
        assert_eq!(got.body.collect().await.unwrap().to_vec(), key.as_bytes());
    }
    empty(&s3, &name).await;
}

#[tokio::test]
async fn an_object_comes_back_with_all_that_it_had() {
    let s3 = s3().await;
    let (name, key, body) = (bucket(&s3, "rust-objects").await, "사진/a b+c.png", random(100_000));
    let put = s3.put_object().bucket(&name).key(key).body(body.clone().into());
    let put = put.content_type("image/png").cache_control("max-age=60").content_language("ko");
    put.metadata("owner", "me").metadata("two-words", "a  b").send().await.unwrap();
    let head = s3.head_object().bucket(&name).key(key).send().await.unwrap();
    assert_eq!(head.content_length(), Some(100_000));
    assert_eq!(head.content_type(), Some("image/png"));
    assert_eq!(head.cache_control(), Some("max-age=60"));
    assert_eq!(head.content_language(), Some("ko"));
    let kept = [("owner", "me"), ("two-words", "a  b")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(head.metadata(), Some(&HashMap::from(kept)));
    let get = || s3.get_object().bucket(&name).key(key);
    let got = get().send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().to_vec(), body);
    for (range, want) in [
        ("bytes=0-9", &body[..10]),
        ("bytes=-7", &body[99_993..]),
        ("bytes=500-200000", &body[500..]),
    ] {
        let part = get().range(range).send().await.unwrap();
        assert!(part.content_range().unwrap().ends_with("/100000"));
        assert_eq!(part.body.collect().await.unwrap().to_vec(), want, "{range}");
    }
    let behind = get().range("bytes=100000-").send().await.unwrap_err();
    assert_eq!(code(&behind), "InvalidRange");
    for _ in 0..2 {
        s3.delete_object().bucket(&name).key(key).send().await.unwrap();
    }
    empty(&s3, &name).await;
}

#[tokio::test]
async fn conditions_of_writes_and_reads() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-conditions").await;
    let put = |body| s3.put_object().bucket(&name).key("k").body(text(body));
    let get = || s3.get_object().bucket(&name).key("k");
    let first = put("1").if_none_match("*").send().await.unwrap();
    let first = first.e_tag().unwrap();
    let there = put("2").if_none_match("*").send().await.unwrap_err();
    assert_eq!((code(&there), status(&there)), ("PreconditionFailed", 412));
    let second = put("2").if_match(first).send().await.unwrap();
    let second = second.e_tag().unwrap();
    assert_eq!(status(&put("3").if_match(first).send().await.unwrap_err()), 412);
    assert_eq!(status(&get().if_none_match(second).send().await.unwrap_err()), 304);
    assert_eq!(status(&get().if_match(first).send().await.unwrap_err()), 412);
    let ago = |seconds| DateTime::from(SystemTime::now() - Duration::from_secs(seconds));
    assert_eq!(status(&get().if_unmodified_since(ago(3600)).send().await.unwrap_err()), 412);
    get().if_modified_since(ago(60)).send().await.unwrap();
    let delete = |etag| s3.delete_object().bucket(&name).key("k").if_match(etag).send();
    assert_eq!(status(&delete(first).await.unwrap_err()), 412);
    delete(second).await.unwrap();
    empty(&s3, &name).await;
}

#[tokio::test]
async fn checksums_are_crc32_by_default_streams_have_theirs_in_a_trailer() {
    let spy = Spy::default();
    let config = aws_sdk_s3::config::Builder::from(&settings().await).interceptor(spy.clone());
    let s3 = Client::from_conf(config.build());
    let (name, body) = (bucket(&s3, "rust-checksums").await, random(3 * MIB + 7));
    let path = std::env::temp_dir().join("stream");
    tokio::fs::write(&path, &body).await.unwrap();
    for streamed in [false, true] {
        let source = match streamed {
            true => ByteStream::from_path(&path).await.unwrap(),
            false => body.clone().into(),
        };
        let put = s3.put_object().bucket(&name).key("k").body(source).send().await.unwrap();
        let crc32 = put.checksum_crc32().unwrap();
        match streamed {
            true => {
                assert_eq!(spy.header("x-amz-trailer"), "x-amz-checksum-crc32");
                assert_eq!(
                    spy.header("x-amz-content-sha256"),
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
                );
            }
            false => assert_eq!(spy.header("x-amz-checksum-crc32"), crc32),
        }
        let got = s3.get_object().bucket(&name).key("k").send().await.unwrap();
        assert_eq!(spy.header("x-amz-checksum-mode"), "ENABLED");
        assert_eq!(got.checksum_crc32(), Some(crc32));
        assert_eq!(got.checksum_type(), Some(&ChecksumType::FullObject));
        assert_eq!(got.content_encoding(), None, "aws-chunked is not kept");
        assert_eq!(got.body.collect().await.unwrap().to_vec(), body);
    }
    empty(&s3, &name).await;
}

#[tokio::test]
async fn every_algorithm_that_the_sdk_computes() {
    let s3 = s3().await;
    let (name, body) = (bucket(&s3, "rust-algorithms").await, random(70_000));
    let mut computed = Vec::new();
    // In MD5's name it sends a CRC32, which S3 doesn't take.
    for algorithm in ChecksumAlgorithm::values().iter().filter(|it| **it != "MD5") {
        let put = s3.put_object().bucket(&name).key(*algorithm).body(body.clone().into());
        let sent = put.checksum_algorithm(algorithm.parse().unwrap()).send().await;
        if let Err(error) = sent {
            assert!(error.raw_response().is_none(), "{algorithm}: {error:?}");
            continue;
        }
        computed.push(*algorithm);
        let get = s3.get_object().bucket(&name).key(*algorithm);
        let got = get.checksum_mode(ChecksumMode::Enabled).send().await.unwrap();
        assert_eq!(got.body.collect().await.unwrap().to_vec(), body);
        let about = s3.get_object_attributes().bucket(&name).key(*algorithm);
        let about = about.object_attributes(ObjectAttributes::Checksum);
        let about = about.object_attributes(ObjectAttributes::ObjectSize).send().await.unwrap();
        assert_eq!(about.object_size(), Some(70_000));
        let sum = about.checksum().unwrap();
        let found = match *algorithm {
            "CRC32" => sum.checksum_crc32(),
            "CRC32C" => sum.checksum_crc32_c(),
            "CRC64NVME" => sum.checksum_crc64_nvme(),
            "SHA1" => sum.checksum_sha1(),
            "SHA256" => sum.checksum_sha256(),
            "SHA512" => sum.checksum_sha512(),
            "MD5" => sum.checksum_md5(),
            "XXHASH64" => sum.checksum_xxhash64(),
            "XXHASH3" => sum.checksum_xxhash3(),
            "XXHASH128" => sum.checksum_xxhash128(),
            other => panic!("an algorithm that this test doesn't know: {other}"),
        };
        assert!(found.is_some(), "{algorithm}: {sum:?}");
    }
    for algorithm in ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] {
        assert!(computed.contains(&algorithm), "{computed:?}");
    }
    println!("computed: {computed:?}");
    empty(&s3, &name).await;
}

#[tokio::test]
async fn copies_tags_and_metadata() {
    let s3 = s3().await;
    let (name, key, copied) = (bucket(&s3, "rust-copies").await, "원본 +%2F.txt", "copies/한 글");
    let put = s3.put_object().bucket(&name).key(key).body(text("hello")).metadata("a", "1");
    put.tagging("kind=letter&to=you").send().await.unwrap();
    let source = format!("{name}/%EC%9B%90%EB%B3%B8%20%2B%252F.txt");
    let copy = |to| s3.copy_object().bucket(&name).key(to).copy_source(&source);
    let done = copy(copied).send().await.unwrap();
    let done = done.copy_object_result().unwrap();
    assert!(done.last_modified().is_some());
    let got = s3.get_object().bucket(&name).key(copied).send().await.unwrap();
    assert_eq!((got.tag_count(), got.metadata().unwrap()["a"].as_str()), (Some(2), "1"));
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"hello");
    let replaced = copy(key).metadata_directive(MetadataDirective::Replace).metadata("b", "2");
    replaced.send().await.unwrap();
    let head = s3.head_object().bucket(&name).key(key).send().await.unwrap();
    assert_eq!(head.metadata().unwrap().keys().collect::<Vec<_>>(), ["b"]);
    let same = copy(copied).copy_source_if_none_match(done.e_tag().unwrap()).send().await;
    assert_eq!(status(&same.unwrap_err()), 412);

    let tag = Tag::builder().key("색").value("파랑 +=").build().unwrap();
    let tags = Tagging::builder().tag_set(tag.clone()).build().unwrap();
    let put = s3.put_object_tagging().bucket(&name).key(key).tagging(tags.clone());
    put.send().await.unwrap();
    let found = s3.get_object_tagging().bucket(&name).key(key).send().await.unwrap();
    assert_eq!(found.tag_set(), [tag.clone()]);
    s3.delete_object_tagging().bucket(&name).key(key).send().await.unwrap();
    s3.put_bucket_tagging().bucket(&name).tagging(tags).send().await.unwrap();
    let found = s3.get_bucket_tagging().bucket(&name).send().await.unwrap();
    assert_eq!(found.tag_set(), [tag]);
    empty(&s3, &name).await;
}

#[tokio::test]
async fn copies_across_buckets_and_their_conditions() {
    let s3 = s3().await;
    let (from, to) = (bucket(&s3, "rust-from").await, bucket(&s3, "rust-to").await);
    let put = s3.put_object().bucket(&from).key("k").body(text("hello")).send().await.unwrap();
    let etag = put.e_tag().unwrap();
    let hour = DateTime::from(SystemTime::now() - Duration::from_secs(3600));
    let copy = || s3.copy_object().bucket(&to).key("copy").copy_source(format!("{from}/k"));
    for holding in [
        copy().if_none_match("*"),
        copy().if_match(etag),
        copy().copy_source_if_match(etag).copy_source_if_unmodified_since(hour),
        copy().copy_source_if_modified_since(hour),
    ] {
        holding.send().await.unwrap();
    }
    for failing in [
        copy().if_none_match("*"),
        copy().if_match("\"x\""),
        copy().copy_source_if_match("\"x\""),
        copy().copy_source_if_none_match(etag),
        copy().copy_source_if_unmodified_since(hour),
    ] {
        assert_eq!(code(&failing.send().await.unwrap_err()), "PreconditionFailed");
    }
    let got = s3.get_object().bucket(&to).key("copy").send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"hello");
    let onto = copy().bucket(&from).key("k").send().await.unwrap_err();
    assert_eq!(code(&onto), "InvalidRequest");
    let class = copy().storage_class(StorageClass::Glacier).send().await.unwrap_err();
    assert_eq!(code(&class), "InvalidStorageClass");

    let upload = s3.create_multipart_upload().bucket(&to).key("parts").send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let part = || {
        let part = s3.upload_part_copy().bucket(&to).key("parts").upload_id(id).part_number(1);
        part.copy_source(format!("{from}/k"))
    };
    let refused = part().copy_source_if_unmodified_since(hour).send().await.unwrap_err();
    assert_eq!(code(&refused), "PreconditionFailed");
    part().copy_source_if_match(etag).send().await.unwrap();
    let abort = s3.abort_multipart_upload().bucket(&to).key("parts").upload_id(id);
    abort.send().await.unwrap();
    empty(&s3, &from).await;
    empty(&s3, &to).await;
}

#[tokio::test]
async fn nothing() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-nothing").await;
    let put = s3.put_object().bucket(&name).key("k").send().await.unwrap();
    assert_eq!(put.e_tag(), Some("\"d41d8cd98f00b204e9800998ecf8427e\""));
    let got = s3.get_object().bucket(&name).key("k").send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"");
    let upload = s3.create_multipart_upload().bucket(&name).key("parts").send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let complete = |parts: Vec<CompletedPart>| {
        let all = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
        let complete = s3.complete_multipart_upload().bucket(&name).key("parts").upload_id(id);
        complete.multipart_upload(all).send()
    };
    assert_eq!(code(&complete(vec![]).await.unwrap_err()), "MalformedXML");
    let part = s3.upload_part().bucket(&name).key("parts").upload_id(id).part_number(1);
    let part = part.body(text("")).send().await.unwrap();
    let told = CompletedPart::builder().part_number(1).set_e_tag(part.e_tag).build();
    complete(vec![told]).await.unwrap();
    let head = s3.head_object().bucket(&name).key("parts").send().await.unwrap();
    assert_eq!(head.content_length(), Some(0));
    empty(&s3, &name).await;
}

#[tokio::test]
async fn deletions_of_many_on_conditions() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-deletions").await;
    let put = |body| s3.put_object().bucket(&name).key("k").body(text(body));
    let first = put("1").send().await.unwrap().e_tag.unwrap();
    let second = put("2").send().await.unwrap().e_tag.unwrap();
    let object =
        |key: &str, etag: &str| ObjectIdentifier::builder().key(key).e_tag(etag).build().unwrap();
    let all = [object("k", &first), object("none", &first), object("k", &second)];
    let all = Delete::builder().set_objects(Some(all.to_vec())).build().unwrap();
    let told = s3.delete_objects().bucket(&name).delete(all).send().await.unwrap();
    let codes: Vec<_> = told.errors().iter().map(|it| it.code().unwrap()).collect();
    assert_eq!(codes, ["PreconditionFailed", "NoSuchKey"]);
    assert_eq!(told.deleted().len(), 1);
    let class = put("x").storage_class(StorageClass::StandardIa).send().await.unwrap_err();
    assert_eq!(code(&class), "InvalidStorageClass");
    empty(&s3, &name).await;
}

#[tokio::test]
async fn parts_by_hand_and_parts_copied() {
    let s3 = s3().await;
    let (name, key) = (bucket(&s3, "rust-parts").await, "by hand");
    let (first, second) = (random(5 * MIB), random(6 * MIB));
    s3.put_object().bucket(&name).key("source").body(second.clone().into()).send().await.unwrap();
    let create = || s3.create_multipart_upload().bucket(&name).key(key);
    let upload = create().checksum_algorithm(ChecksumAlgorithm::Crc32).send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let one = s3.upload_part().bucket(&name).key(key).upload_id(id).part_number(1);
    let one = one.body(first.clone().into()).send().await.unwrap();
    let part = |number, etag: Option<&str>, sum: Option<&str>| {
        let part = CompletedPart::builder().part_number(number);
        part.set_e_tag(etag.map(Into::into)).set_checksum_crc32(sum.map(Into::into)).build()
    };
    let mut parts = vec![part(1, one.e_tag(), one.checksum_crc32())];
    let ranges = [(2, 0, 5 * MIB - 1), (3, 5 * MIB, 6 * MIB - 1)];
    for (number, from, to) in ranges {
        let copy = s3.upload_part_copy().bucket(&name).key(key).upload_id(id).part_number(number);
        let copy = copy.copy_source(format!("{name}/source"));
        let done = copy.copy_source_range(format!("bytes={from}-{to}")).send().await.unwrap();
        let done = done.copy_part_result().unwrap();
        parts.push(part(number, done.e_tag(), done.checksum_crc32()));
    }
    let mut listed = Vec::new();
    let list = s3.list_parts().bucket(&name).key(key).upload_id(id).max_parts(2);
    let mut pages = list.into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert!(page.parts().len() <= 2);
        listed.extend(page.parts().iter().map(|it| it.part_number().unwrap()));
    }
    assert_eq!(listed, [1, 2, 3]);
    let open = s3.list_multipart_uploads().bucket(&name).send().await.unwrap();
    assert_eq!(open.uploads().len(), 1);
    let all = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let complete = s3.complete_multipart_upload().bucket(&name).key(key).upload_id(id);
    let done = complete.multipart_upload(all).send().await.unwrap();
    assert!(done.e_tag().unwrap().ends_with("-3\""));
    assert!(done.checksum_crc32().unwrap().ends_with("-3"));
    let got = s3.get_object().bucket(&name).key(key).send().await.unwrap();
    assert!(got.body.collect().await.unwrap().to_vec() == [first, second].concat());
    let about = s3.get_object_attributes().bucket(&name).key(key);
    let about = about.object_attributes(ObjectAttributes::ObjectParts);
    let about = about.object_attributes(ObjectAttributes::Checksum).send().await.unwrap();
    let parts = about.object_parts().unwrap();
    assert_eq!(parts.total_parts_count(), Some(3));
    assert_eq!(parts.parts()[2].size(), Some(MIB as i64));
    assert_eq!(about.checksum().unwrap().checksum_type(), Some(&ChecksumType::Composite));
    // One without an algorithm, ended by ETags alone, and one that is given up.
    let upload = create().send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let one = s3.upload_part().bucket(&name).key(key).upload_id(id).part_number(1);
    let one = one.body(text("small")).send().await.unwrap();
    let all = CompletedMultipartUpload::builder().parts(part(1, one.e_tag(), None)).build();
    let complete = s3.complete_multipart_upload().bucket(&name).key(key).upload_id(id);
    complete.multipart_upload(all).send().await.unwrap();
    let upload = create().send().await.unwrap();
    let abort = s3.abort_multipart_upload().bucket(&name).key(key);
    abort.upload_id(upload.upload_id().unwrap()).send().await.unwrap();
    empty(&s3, &name).await;
}

#[tokio::test]
async fn presigned_urls() {
    let s3 = s3().await;
    let (name, key) = (bucket(&s3, "rust-presigned").await, "presigned 사진+.png");
    let minute = || PresigningConfig::expires_in(Duration::from_secs(60)).unwrap();
    let put = s3.put_object().bucket(&name).key(key).content_type("image/png");
    let put = put.presigned(minute()).await.unwrap();
    assert_eq!(plain_http(put.method(), put.uri(), put.headers(), b"png").await.0, 200);
    let get = s3.get_object().bucket(&name).key(key).presigned(minute()).await.unwrap();
    let (status, body) = plain_http(get.method(), get.uri(), get.headers(), b"").await;
    assert_eq!((status, body.as_slice()), (200, b"png".as_slice()));
    let other = get.uri().replace(".png", ".jpg");
    let refused = plain_http(get.method(), &other, get.headers(), b"").await;
    assert_eq!(refused.0, 403, "it is for one object");
    empty(&s3, &name).await;
}

#[tokio::test]
async fn a_bucket_in_the_hosts_name() {
    let s3 = s3().await;
    let (name, key) = (bucket(&s3, "rust-host").await, "by host/한글");
    let (endpoint, spy) = named_host();
    let config = aws_sdk_s3::config::Builder::from(&settings().await).endpoint_url(endpoint);
    let by_host = Client::from_conf(config.interceptor(spy.clone()).build());
    by_host.put_object().bucket(&name).key(key).body(text("x")).send().await.unwrap();
    assert!(
        spy.header("host").starts_with(&format!("{name}.localhost:")),
        "{}",
        spy.header("host")
    );
    let got = s3.get_object().bucket(&name).key(key).send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"x");
    assert_eq!(by_host.list_objects_v2().bucket(&name).send().await.unwrap().key_count(), Some(1));
    empty(&s3, &name).await;
}

#[tokio::test]
async fn a_user_may_what_its_policy_says() {
    let root = s3().await;
    let name = bucket(&root, "rust-identities").await;
    root.put_object().bucket(&name).key("k").body(text("x")).send().await.unwrap();
    let iam = aws_sdk_iam::Client::new(&settings().await);
    let user = "rust-reader";
    let created = iam.create_user().user_name(user).path("/tests/").send().await.unwrap();
    let created = created.user().unwrap();
    let again = iam.create_user().user_name("RUST-reader").send().await.unwrap_err();
    assert!(again.into_service_error().is_entity_already_exists_exception());
    let key = iam.create_access_key().user_name(user).send().await.unwrap();
    let key = key.access_key().unwrap();
    let read_only = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    iam.attach_user_policy().user_name(user).policy_arn(read_only).send().await.unwrap();

    let (id, secret) = (key.access_key_id(), key.secret_access_key());
    let theirs = aws_sdk_s3::config::Credentials::new(id, secret, None, None, "this test");
    let theirs = settings()
        .await
        .into_builder()
        .credentials_provider(aws_sdk_s3::config::SharedCredentialsProvider::new(theirs))
        .build();
    let me = aws_sdk_sts::Client::new(&theirs).get_caller_identity().send().await.unwrap();
    assert_eq!(me.arn(), Some(created.arn()));
    assert_eq!(me.user_id(), Some(created.user_id()));
    let s3 = Client::new(&theirs);
    let got = s3.get_object().bucket(&name).key("k").send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().to_vec(), b"x");
    let denied = s3.put_object().bucket(&name).key("k").body(text("y")).send().await.unwrap_err();
    assert_eq!((code(&denied), status(&denied)), ("AccessDenied", 403));

    iam.detach_user_policy().user_name(user).policy_arn(read_only).send().await.unwrap();
    iam.delete_access_key().user_name(user).access_key_id(id).send().await.unwrap();
    iam.delete_user().user_name(user).send().await.unwrap();
    empty(&root, &name).await;
}

/// S3 Control's rules always put the account before the host, so the server has to be called by a name.
#[tokio::test]
async fn s3_control() {
    let s3 = s3().await;
    let name = bucket(&s3, "rust-control").await;
    let me = aws_sdk_sts::Client::new(&settings().await).get_caller_identity();
    let account = me.send().await.unwrap().account.unwrap();
    let (endpoint, spy) = named_host();
    let config = aws_sdk_s3control::config::Builder::from(&settings().await);
    let config = config.endpoint_url(endpoint).interceptor(spy.clone()).build();
    let control = aws_sdk_s3control::Client::from_conf(config);
    let none = control.get_public_access_block().account_id(&account).send().await.unwrap_err();
    let none = none.into_service_error();
    assert!(none.is_no_such_public_access_block_configuration(), "{none:?}");
    assert!(spy.header("host").starts_with(&format!("{account}.localhost:")));
    let arn = format!("arn:aws:s3:::{name}");
    let tag = aws_sdk_s3control::types::Tag::builder().key("team").value("옹기").build().unwrap();
    let put = control.tag_resource().account_id(&account).resource_arn(&arn).tags(tag.clone());
    put.send().await.unwrap();
    let list = control.list_tags_for_resource().account_id(&account).resource_arn(&arn);
    assert_eq!(list.send().await.unwrap().tags(), [tag]);
    empty(&s3, &name).await;
}
