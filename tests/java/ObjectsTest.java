// Objects: metadata, ranges, conditions, checksums, copies, tags, presigned URLs, both ways to name a bucket.

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

class ObjectsTest {
    private final S3Client s3 = Clients.S3;

    private static S3Exception fails(int status, org.junit.jupiter.api.function.Executable work) {
        var it = assertThrows(S3Exception.class, work);
        assertEquals(status, it.statusCode(), it.toString());
        return it;
    }

    @Test
    void anObjectComesBackWithAllThatItHad() throws Exception {
        byte[] body = Clients.random(100_000);
        try (var bucket = Clients.Bucket.create()) {
            String name = bucket.name(), key = "사진/a b+c.png";
            var put = s3.putObject(it -> it.bucket(name).key(key).contentType("image/png").cacheControl("max-age=60")
                .contentLanguage("ko").metadata(Map.of("owner", "me", "two-words", "a  b")), RequestBody.fromBytes(body));
            var md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
            assertEquals('"' + md5 + '"', put.eTag());
            var head = s3.headObject(it -> it.bucket(name).key(key));
            assertEquals(100_000, head.contentLength());
            assertEquals("image/png", head.contentType());
            assertEquals("max-age=60", head.cacheControl());
            assertEquals("ko", head.contentLanguage());
            assertEquals(Map.of("owner", "me", "two-words", "a  b"), head.metadata());
            assertArrayEquals(body, s3.getObjectAsBytes(it -> it.bucket(name).key(key)).asByteArray());
            var ranges = Map.of("bytes=0-9", Arrays.copyOf(body, 10), "bytes=-7", Arrays.copyOfRange(body, 99_993, 100_000),
                "bytes=500-200000", Arrays.copyOfRange(body, 500, 100_000));
            ranges.forEach((range, want) -> {
                var part = s3.getObjectAsBytes(it -> it.bucket(name).key(key).range(range));
                assertTrue(part.response().contentRange().endsWith("/100000"));
                assertArrayEquals(want, part.asByteArray(), range);
            });
            fails(416, () -> s3.getObjectAsBytes(it -> it.bucket(name).key(key).range("bytes=100000-")));
            s3.deleteObject(it -> it.bucket(name).key(key));
            s3.deleteObject(it -> it.bucket(name).key(key));
        }
    }

    @Test
    void conditionsOfWritesAndReads() {
        try (var bucket = Clients.Bucket.create()) {
            var name = bucket.name();
            var k = PutObjectRequest.builder().bucket(name).key("k");
            var fresh = k.copy().ifNoneMatch("*").build();
            var first = s3.putObject(fresh, RequestBody.fromString("1")).eTag();
            var there = fails(412, () -> s3.putObject(fresh, RequestBody.fromString("2")));
            assertEquals("PreconditionFailed", there.awsErrorDetails().errorCode());
            var expected = k.copy().ifMatch(first).build();
            var second = s3.putObject(expected, RequestBody.fromString("2")).eTag();
            fails(412, () -> s3.putObject(expected, RequestBody.fromString("3")));
            fails(304, () -> s3.getObjectAsBytes(it -> it.bucket(name).key("k").ifNoneMatch(second)));
            fails(412, () -> s3.getObjectAsBytes(it -> it.bucket(name).key("k").ifMatch(first)));
            fails(412, () -> s3.headObject(it -> it.bucket(name).key("k").ifUnmodifiedSince(Instant.now().minusSeconds(3600))));
            s3.headObject(it -> it.bucket(name).key("k").ifModifiedSince(Instant.now().minusSeconds(60)));
            fails(412, () -> s3.deleteObject(it -> it.bucket(name).key("k").ifMatch(first)));
            s3.deleteObject(it -> it.bucket(name).key("k").ifMatch(second));
        }
    }

    @Test
    void checksumsAreCrc32ByDefaultAndVerified() {
        var spy = new Clients.Spy();
        byte[] body = Clients.random(3 * Clients.MIB + 7);
        try (var bucket = Clients.Bucket.create();
            var client = S3Client.builder().overrideConfiguration(it -> it.addExecutionInterceptor(spy)).build()) {
            var name = bucket.name();
            var stream = RequestBody.fromContentProvider(() -> new ByteArrayInputStream(body), "application/octet-stream");
            for (var source : List.of(RequestBody.fromBytes(body), stream)) {
                var put = client.putObject(it -> it.bucket(name).key("k"), source);
                assertEquals("x-amz-checksum-crc32", spy.header("x-amz-trailer"));
                // Without TLS the chunks and the trailer are signed too.
                assertEquals("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", spy.header("x-amz-content-sha256"));
                assertNotNull(put.checksumCRC32());
                // By default it asks for no checksum of S3's, and for an MD5 behind the body: nothing is lost without.
                var plain = client.getObjectAsBytes(it -> it.bucket(name).key("k"));
                assertArrayEquals(body, plain.asByteArray());
                var got = client.getObjectAsBytes(it -> it.bucket(name).key("k").checksumMode(ChecksumMode.ENABLED));
                assertEquals(put.checksumCRC32(), got.response().checksumCRC32());
                assertEquals(ChecksumType.FULL_OBJECT, got.response().checksumType());
                assertNull(got.response().contentEncoding(), "aws-chunked is not kept");
                assertArrayEquals(body, got.asByteArray());
            }
        }
    }

    static List<ChecksumAlgorithm> algorithms() {
        return List.copyOf(ChecksumAlgorithm.knownValues());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void everyAlgorithm(ChecksumAlgorithm algorithm) {
        byte[] body = Clients.random(70_000);
        try (var bucket = Clients.Bucket.create()) {
            var name = bucket.name();
            var request = PutObjectRequest.builder().bucket(name).key("k");
            // The SDK doesn't compute this one.
            if (algorithm == ChecksumAlgorithm.MD5) request.checksumMD5(BinaryUtils.toBase64(Md5Utils.computeMD5Hash(body)));
            else request.checksumAlgorithm(algorithm);
            s3.putObject(request.build(), RequestBody.fromBytes(body));
            var got = s3.getObjectAsBytes(it -> it.bucket(name).key("k").checksumMode(ChecksumMode.ENABLED));
            assertArrayEquals(body, got.asByteArray());
            var about = s3.getObjectAttributes(it -> it.bucket(name).key("k")
                .objectAttributes(ObjectAttributes.CHECKSUM, ObjectAttributes.OBJECT_SIZE, ObjectAttributes.E_TAG));
            assertEquals(70_000, about.objectSize());
            var field = "Checksum" + algorithm;
            assertTrue(about.checksum().getValueForField(field, String.class).isPresent(), about.checksum().toString());
        }
    }

    @Test
    void copiesTagsAndMetadata() {
        try (var bucket = Clients.Bucket.create()) {
            String name = bucket.name(), key = "원본 +%2F.txt", copied = "copies/한 글";
            s3.putObject(it -> it.bucket(name).key(key).metadata(Map.of("a", "1")).tagging("kind=letter&to=you"),
                RequestBody.fromString("hello"));
            var done = s3.copyObject(it -> it.sourceBucket(name).sourceKey(key).destinationBucket(name).destinationKey(copied));
            assertNotNull(done.copyObjectResult().lastModified());
            var got = s3.getObjectAsBytes(it -> it.bucket(name).key(copied));
            assertEquals("hello", got.asUtf8String());
            assertEquals(Map.of("a", "1"), got.response().metadata());
            assertEquals(2, got.response().tagCount());
            s3.copyObject(it -> it.sourceBucket(name).sourceKey(key).destinationBucket(name).destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE).metadata(Map.of("b", "2")));
            assertEquals(Map.of("b", "2"), s3.headObject(it -> it.bucket(name).key(key)).metadata());
            fails(412, () -> s3.copyObject(it -> it.sourceBucket(name).sourceKey(key).destinationBucket(name)
                .destinationKey(copied).copySourceIfNoneMatch(done.copyObjectResult().eTag())));

            var tags = List.of(Tag.builder().key("색").value("파랑 +=").build());
            s3.putObjectTagging(it -> it.bucket(name).key(key).tagging(set -> set.tagSet(tags)));
            assertEquals(tags, s3.getObjectTagging(it -> it.bucket(name).key(key)).tagSet());
            s3.deleteObjectTagging(it -> it.bucket(name).key(key));
            assertEquals(List.of(), s3.getObjectTagging(it -> it.bucket(name).key(key)).tagSet());
            s3.putBucketTagging(it -> it.bucket(name).tagging(set -> set.tagSet(tags)));
            assertEquals(tags, s3.getBucketTagging(it -> it.bucket(name)).tagSet());
        }
    }

    @Test
    void presignedUrls() throws Exception {
        var http = HttpClient.newHttpClient();
        var minute = Duration.ofMinutes(1);
        try (var bucket = Clients.Bucket.create(); var presigner = S3Presigner.create()) {
            String name = bucket.name(), key = "presigned 사진+.png";
            var put = presigner.presignPutObject(it -> it.signatureDuration(minute)
                .putObjectRequest(object -> object.bucket(name).key(key).contentType("image/png")));
            var request = HttpRequest.newBuilder(put.url().toURI()).PUT(HttpRequest.BodyPublishers.ofString("png"));
            var sent = http.send(request.header("Content-Type", "image/png").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, sent.statusCode(), sent.body());
            var get = presigner.presignGetObject(it -> it.signatureDuration(minute)
                .getObjectRequest(object -> object.bucket(name).key(key)));
            var got = http.send(HttpRequest.newBuilder(get.url().toURI()).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals("png", got.body());
            assertEquals("image/png", got.headers().firstValue("content-type").orElseThrow());
            var other = URI.create(get.url().toString().replace(".png", ".jpg"));
            var refused = http.send(HttpRequest.newBuilder(other).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(403, refused.statusCode(), "it is for one object");
        }
    }

    @Test
    void aBucketInTheHostsName() {
        var spy = new Clients.Spy();
        try (var bucket = Clients.Bucket.create();
            var byHost = S3Client.builder().endpointOverride(Clients.BY_NAME).httpClient(Clients.toThisMachine())
                .overrideConfiguration(it -> it.addExecutionInterceptor(spy)).build()) {
            String name = bucket.name(), key = "by host/한글";
            byHost.putObject(it -> it.bucket(name).key(key), RequestBody.fromString("x"));
            assertEquals(name + ".localhost", spy.sent.host());
            assertEquals("x", s3.getObjectAsBytes(it -> it.bucket(name).key(key)).asUtf8String());
            assertEquals(1, byHost.listObjectsV2(it -> it.bucket(name)).keyCount());
        }
    }
}
