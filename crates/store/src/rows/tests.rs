use super::*;
use crate::object::Headers;

fn sum(algorithm: ChecksumAlgorithm) -> Option<Checksum> {
    Checksum::new(algorithm, &vec![7; algorithm.bytes()])
}

fn summary() -> Summary {
    Summary {
        length: 5,
        modified: Timestamp::from_millis(9),
        etag: ETag::of_parts([3; 16], 2),
        crc64nvme: sum(ChecksumAlgorithm::Crc64Nvme),
        declared: sum(ChecksumAlgorithm::Sha256),
        declared_kind: Some(ChecksumKind::FullObject),
    }
}

fn details(value_bytes: usize) -> Details {
    Details {
        headers: Headers { expires: Some("soon".into()), ..Headers::default() },
        user: vec![("name".into(), "옹기".into()), ("long".into(), "x".repeat(value_bytes))],
        tags: vec![("colour".into(), String::new())],
    }
}

fn head() -> Head {
    Head { write: 1, upload: Some(UploadId(4)), summary: summary(), overflows: false }
}

#[test]
fn rows_are_read_back() {
    let rows = head().encode(&details(9));
    assert_eq!(Head::decode(&rows.head).unwrap(), head());
    assert_eq!(Head::decode_whole(&rows.head).unwrap(), (head(), Some(details(9).into())));
    assert_eq!(rows.overflow, None);
    let upload = UploadRow {
        attempt: 8,
        initiated: Timestamp::from_millis(4),
        algorithm: Some(ChecksumAlgorithm::Crc32),
        kind: Some(ChecksumKind::Composite),
        replaces: 17,
        details: details(60_000),
        initiator: "arn:aws:iam::000000000001:user/kim".into(),
    };
    assert_eq!(UploadRow::decode(&upload.encode()).unwrap(), upload);
    // As rows were before they had it.
    let encoded = upload.encode();
    let old = &encoded[..encoded.len() - 2 - upload.initiator.len()];
    let expected = UploadRow { initiator: String::new(), ..upload };
    assert_eq!(UploadRow::decode(old).unwrap(), expected);
    for life in [Life::Active, Life::Deleting { until: Timestamp::from_millis(5), by: 7 }] {
        let bucket = BucketRow {
            space: 3,
            owner: AccountId::from_number(1),
            created: Timestamp::from_millis(4),
            location: "eu-west-1".into(),
            life,
            attempt: 6,
        };
        assert_eq!(BucketRow::decode(&bucket.encode()).unwrap(), bucket);
    }
    let gate = Gate { attempt: 3, open: true };
    assert_eq!(Gate::decode(&gate.encode()).unwrap(), gate);
    assert_eq!(decode_numbers(&encode_numbers(&[1, 10_000])).unwrap(), [1, 10_000]);
    let part = PartRow {
        number: 10_000,
        length: 5,
        md5: [2; 16],
        modified: Timestamp::from_millis(6),
        crc64nvme: summary().crc64nvme.unwrap(),
        declared: None,
    };
    let table = vec![(part, BlobRef { length: 5, place: [9; 32] }); 3];
    assert_eq!(decode_table(&encode_table(&table)).unwrap(), table);
}

/// At the limit and one byte behind it.
#[test]
fn details_that_outgrow_a_head_row_overflow() {
    let fixed = head().encode(&details(0)).head.len();
    let most = HEAD_BYTES_MAX - fixed;
    let rows = head().encode(&details(most));
    assert_eq!((rows.head.len(), rows.overflow), (HEAD_BYTES_MAX, None));
    let rows = head().encode(&details(most + 1));
    let found = Head::decode(&rows.head).unwrap();
    assert_eq!(found, Head { overflows: true, ..head() });
    assert_eq!(Head::decode_whole(&rows.head).unwrap().1, None);
    let overflow = rows.overflow.unwrap();
    assert_eq!(found.decode_overflow(&overflow).unwrap(), Some(details(most + 1).into()));
    let other = Head { write: 2, ..found };
    assert_eq!(other.decode_overflow(&overflow).unwrap(), None, "another write's");
}

#[test]
fn cut_rows_are_damage() {
    let whole = head().encode(&details(9)).head;
    for length in 0..whole.len() {
        assert!(matches!(Head::decode_whole(&whole[..length]), Err(StoreError::Damaged(_))));
    }
}
