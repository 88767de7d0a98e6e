// Copies across buckets and onto themselves, their conditions, objects and parts of nothing, deletions of
// many, storage classes.

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

class CopiesTest {
    private static final String NOTHING = "\"d41d8cd98f00b204e9800998ecf8427e\"";
    private final S3Client s3 = Clients.S3;

    private static void fails(String code, Executable work) {
        assertEquals(code, assertThrows(S3Exception.class, work).awsErrorDetails().errorCode());
    }

    @Test
    void copiesAcrossBucketsAndTheirConditions() {
        var hour = Instant.now().minusSeconds(3600);
        try (var one = Clients.Bucket.create(); var other = Clients.Bucket.create()) {
            String from = one.name(), to = other.name();
            var etag = s3.putObject(it -> it.bucket(from).key("k"), RequestBody.fromString("hello")).eTag();
            var copy = CopyObjectRequest.builder().sourceBucket(from).sourceKey("k").destinationBucket(to).destinationKey("copy");
            List<Consumer<CopyObjectRequest.Builder>> holding = List.of(it -> it.ifNoneMatch("*"), it -> it.ifMatch(etag),
                it -> it.copySourceIfMatch(etag).copySourceIfUnmodifiedSince(hour), it -> it.copySourceIfModifiedSince(hour));
            List<Consumer<CopyObjectRequest.Builder>> failing = List.of(it -> it.ifNoneMatch("*"), it -> it.ifMatch("\"x\""),
                it -> it.copySourceIfMatch("\"x\""), it -> it.copySourceIfNoneMatch(etag), it -> it.copySourceIfUnmodifiedSince(hour));
            for (var condition : holding) s3.copyObject(copy.copy().applyMutation(condition).build());
            for (var condition : failing) fails("PreconditionFailed", () -> s3.copyObject(copy.copy().applyMutation(condition).build()));
            assertEquals("hello", s3.getObjectAsBytes(it -> it.bucket(to).key("copy")).asUtf8String());
            fails("InvalidRequest", () -> s3.copyObject(copy.copy().destinationBucket(from).destinationKey("k").build()));
            fails("InvalidStorageClass", () -> s3.copyObject(copy.copy().storageClass(StorageClass.GLACIER).build()));

            var id = s3.createMultipartUpload(it -> it.bucket(to).key("parts")).uploadId();
            fails("PreconditionFailed", () -> s3.uploadPartCopy(it -> it.sourceBucket(from).sourceKey("k").destinationBucket(to)
                .destinationKey("parts").uploadId(id).partNumber(1).copySourceIfUnmodifiedSince(hour)));
            s3.uploadPartCopy(it -> it.sourceBucket(from).sourceKey("k").destinationBucket(to).destinationKey("parts")
                .uploadId(id).partNumber(1).copySourceIfMatch(etag));
            s3.abortMultipartUpload(it -> it.bucket(to).key("parts").uploadId(id));
        }
    }

    @Test
    void nothing() {
        try (var bucket = Clients.Bucket.create()) {
            String name = bucket.name(), key = "in parts";
            assertEquals(NOTHING, s3.putObject(it -> it.bucket(name).key("k"), RequestBody.empty()).eTag());
            assertEquals("", s3.getObjectAsBytes(it -> it.bucket(name).key("k")).asUtf8String());
            var id = s3.createMultipartUpload(it -> it.bucket(name).key(key)).uploadId();
            fails("MalformedXML", () -> s3.completeMultipartUpload(it -> it.bucket(name).key(key).uploadId(id)
                .multipartUpload(all -> all.parts(List.of()))));
            var part = s3.uploadPart(it -> it.bucket(name).key(key).uploadId(id).partNumber(1), RequestBody.empty());
            var parts = CompletedPart.builder().partNumber(1).eTag(part.eTag()).build();
            s3.completeMultipartUpload(it -> it.bucket(name).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
            assertEquals(0, s3.headObject(it -> it.bucket(name).key(key)).contentLength());
        }
    }

    @Test
    void deletionsOfManyOnConditions() {
        try (var bucket = Clients.Bucket.create()) {
            var name = bucket.name();
            var first = s3.putObject(it -> it.bucket(name).key("k"), RequestBody.fromString("1")).eTag();
            var second = s3.putObject(it -> it.bucket(name).key("k"), RequestBody.fromString("2")).eTag();
            var k = ObjectIdentifier.builder().key("k");
            var objects = List.of(k.copy().eTag(first).build(), k.copy().key("none").eTag(first).build(), k.copy().eTag(second).build());
            var told = s3.deleteObjects(it -> it.bucket(name).delete(all -> all.objects(objects)));
            assertEquals(List.of("PreconditionFailed", "NoSuchKey"), told.errors().stream().map(S3Error::code).toList());
            assertEquals(List.of("k"), told.deleted().stream().map(DeletedObject::key).toList());
            fails("InvalidStorageClass", () -> s3.putObject(it -> it.bucket(name).key("k").storageClass(StorageClass.STANDARD_IA),
                RequestBody.fromString("x")));
            assertTrue(s3.listObjectsV2(it -> it.bucket(name)).contents().isEmpty());
        }
    }
}
