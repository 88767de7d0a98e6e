// Buckets, listings, deletion of many, and the SDK's typed errors.

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class BucketsTest {
    private final S3Client s3 = Clients.S3;

    @Test
    void bucketsAreCreatedFoundListedAndDeleted() {
        var there = CreateBucketRequest.builder().bucket("java-located")
            .createBucketConfiguration(it -> it.locationConstraint(BucketLocationConstraint.AP_NORTHEAST_2)).build();
        s3.createBucket(there);
        assertEquals("ap-northeast-2", s3.getBucketLocation(it -> it.bucket("java-located")).locationConstraintAsString());
        assertEquals("ap-northeast-2", s3.headBucket(it -> it.bucket("java-located")).bucketRegion());
        try (var plain = Clients.Bucket.create()) {
            var names = s3.listBucketsPaginator(it -> it.maxBuckets(1)).buckets().stream().map(Bucket::name).toList();
            assertTrue(names.containsAll(List.of("java-located", plain.name())), names.toString());
        }
        assertThrows(BucketAlreadyOwnedByYouException.class, () -> s3.createBucket(there));
        s3.putObject(it -> it.bucket("java-located").key("k"), RequestBody.fromString("x"));
        var full = assertThrows(S3Exception.class, () -> s3.deleteBucket(it -> it.bucket("java-located")));
        assertEquals("BucketNotEmpty", full.awsErrorDetails().errorCode());
        new Clients.Bucket("java-located").close();
        assertThrows(NoSuchBucketException.class, () -> s3.headBucket(it -> it.bucket("java-located")));
    }

    @Test
    void errorsAreTheSdksClasses() {
        try (var bucket = Clients.Bucket.create()) {
            var missing = assertThrows(NoSuchKeyException.class,
                () -> s3.getObjectAsBytes(it -> it.bucket(bucket.name()).key("missing")));
            assertEquals(404, missing.statusCode());
            assertNotNull(missing.requestId());
            assertThrows(NoSuchKeyException.class, () -> s3.headObject(it -> it.bucket(bucket.name()).key("missing")));
            assertThrows(NoSuchBucketException.class, () -> s3.listObjectsV2(it -> it.bucket("java-nowhere")));
            assertThrows(NoSuchUploadException.class,
                () -> s3.abortMultipartUpload(it -> it.bucket(bucket.name()).key("k").uploadId("none")));
        }
    }

    @Test
    void listingsHavePagesFoldersAndAwkwardKeys() {
        // In the order of their bytes.
        var keys = List.of("../up", "a b+c", "a%2Fb", "a&b<c>\"d\"", "deep//3", "deep/1", "deep/2", "plus+plus", "z", "한글/사진 1.png");
        try (var bucket = Clients.Bucket.create()) {
            for (var key : keys) s3.putObject(it -> it.bucket(bucket.name()).key(key), RequestBody.fromString(key));
            var pages = s3.listObjectsV2Paginator(it -> it.bucket(bucket.name()).maxKeys(3));
            assertTrue(pages.stream().allMatch(it -> it.contents().size() <= 3));
            assertEquals(keys, pages.contents().stream().map(S3Object::key).toList());
            var folders = s3.listObjectsV2Paginator(it -> it.bucket(bucket.name()).delimiter("/").maxKeys(2)).commonPrefixes();
            assertEquals(List.of("../", "deep/", "한글/"), folders.stream().map(CommonPrefix::prefix).toList());
            for (var key : keys) {
                assertEquals(key, s3.getObjectAsBytes(it -> it.bucket(bucket.name()).key(key)).asUtf8String());
            }
        }
    }
}
