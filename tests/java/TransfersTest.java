// Large objects: parts by hand, and the transfer manager on each of the clients that it can use.

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

class TransfersTest {
    private static final int MIB = Clients.MIB;
    private final S3Client s3 = Clients.S3;

    @Test
    void partsByHandAndPartsCopied() {
        byte[] first = Clients.random(5 * MIB), second = Clients.random(6 * MIB);
        try (var bucket = Clients.Bucket.create()) {
            String name = bucket.name(), key = "by hand";
            s3.putObject(it -> it.bucket(name).key("source"), RequestBody.fromBytes(second));
            var upload = s3.createMultipartUpload(it -> it.bucket(name).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32_C));
            var id = upload.uploadId();
            var one = s3.uploadPart(it -> it.bucket(name).key(key).uploadId(id).partNumber(1)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C), RequestBody.fromBytes(first));
            var parts = new ArrayList<CompletedPart>();
            parts.add(CompletedPart.builder().partNumber(1).eTag(one.eTag()).checksumCRC32C(one.checksumCRC32C()).build());
            var ranges = List.of("bytes=0-" + (5 * MIB - 1), "bytes=" + 5 * MIB + "-" + (6 * MIB - 1));
            for (int number = 2; number <= 3; number++) {
                int part = number;
                var copied = s3.uploadPartCopy(it -> it.sourceBucket(name).sourceKey("source").copySourceRange(ranges.get(part - 2))
                    .destinationBucket(name).destinationKey(key).uploadId(id).partNumber(part)).copyPartResult();
                parts.add(CompletedPart.builder().partNumber(part).eTag(copied.eTag()).checksumCRC32C(copied.checksumCRC32C()).build());
            }
            var pages = s3.listPartsPaginator(it -> it.bucket(name).key(key).uploadId(id).maxParts(2));
            assertTrue(pages.stream().allMatch(it -> it.parts().size() <= 2));
            assertEquals(List.of(1, 2, 3), pages.parts().stream().map(Part::partNumber).toList());
            assertEquals(1, s3.listMultipartUploadsPaginator(it -> it.bucket(name)).uploads().stream().count());
            var done = s3.completeMultipartUpload(it -> it.bucket(name).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
            assertTrue(done.checksumCRC32C().endsWith("-3"), done.toString());
            byte[] whole = Arrays.copyOf(first, 11 * MIB);
            System.arraycopy(second, 0, whole, 5 * MIB, 6 * MIB);
            assertArrayEquals(whole, s3.getObjectAsBytes(it -> it.bucket(name).key(key)).asByteArray());
            var about = s3.getObjectAttributes(it -> it.bucket(name).key(key)
                .objectAttributes(ObjectAttributes.OBJECT_PARTS, ObjectAttributes.CHECKSUM));
            assertEquals(3, about.objectParts().totalPartsCount());
            assertEquals((long) MIB, about.objectParts().parts().get(2).size());
            assertEquals(ChecksumType.COMPOSITE, about.checksum().checksumType());
            var other = s3.createMultipartUpload(it -> it.bucket(name).key(key)).uploadId();
            s3.abortMultipartUpload(it -> it.bucket(name).key(key).uploadId(other));
        }
    }

    @Test
    void theTransferManagerOnTheCrt(@TempDir Path folder) throws Exception {
        moves(S3AsyncClient.crtCreate(), folder);
    }

    @Test
    void theTransferManagerOnTheClientInJava(@TempDir Path folder) throws Exception {
        moves(S3AsyncClient.builder().multipartEnabled(true).build(), folder);
    }

    private static void moves(S3AsyncClient client, Path folder) throws Exception {
        byte[] body = Clients.random(19 * MIB + 5);
        Path source = Files.write(folder.resolve("source"), body), back = folder.resolve("back");
        try (var bucket = Clients.Bucket.create(); client; var transfers = S3TransferManager.builder().s3Client(client).build()) {
            var name = bucket.name();
            var up = transfers.uploadFile(it -> it.source(source).putObjectRequest(object -> object.bucket(name).key("file")
                .metadata(Map.of("from", "java")).contentType("video/mp4"))).completionFuture().join().response();
            assertTrue(up.eTag().endsWith("-3\""), up.toString());
            var head = Clients.S3.headObject(it -> it.bucket(name).key("file").checksumMode(ChecksumMode.ENABLED));
            assertTrue(head.checksumCRC32().endsWith("-3"), head.toString());
            var down = transfers.downloadFile(it -> it.destination(back).getObjectRequest(object -> object.bucket(name).key("file")))
                .completionFuture().join().response();
            assertEquals(-1, Files.mismatch(source, back));
            assertEquals(Map.of("from", "java"), down.metadata());

            // A stream whose length nobody knows.
            var executor = Executors.newSingleThreadExecutor();
            var stream = AsyncRequestBody.fromInputStream(new ByteArrayInputStream(body), null, executor);
            transfers.upload(it -> it.requestBody(stream).putObjectRequest(object -> object.bucket(name).key("stream")))
                .completionFuture().join();
            executor.shutdown();
            var bytes = client.getObject(it -> it.bucket(name).key("stream"), AsyncResponseTransformer.toBytes()).join();
            assertArrayEquals(body, bytes.asByteArray());

            transfers.copy(it -> it.copyObjectRequest(copy -> copy.sourceBucket(name).sourceKey("file")
                .destinationBucket(name).destinationKey("한글 copy"))).completionFuture().join();
            assertEquals((long) body.length, Clients.S3.headObject(it -> it.bucket(name).key("한글 copy")).contentLength());

            Path tree = Files.createDirectories(folder.resolve("tree/a b/c")).getParent().getParent(), copy = folder.resolve("copy");
            for (int number = 0; number < 20; number++) Files.writeString(tree.resolve("a b/c/" + number), "file " + number);
            var sent = transfers.uploadDirectory(it -> it.source(tree).bucket(name).s3Prefix("tree")).completionFuture().join();
            assertEquals(List.of(), sent.failedTransfers());
            var got = transfers.downloadDirectory(it -> it.destination(copy).bucket(name)
                .listObjectsV2RequestTransformer(list -> list.prefix("tree/"))).completionFuture().join();
            assertEquals(List.of(), got.failedTransfers());
            assertEquals("file 7", Files.readString(copy.resolve("a b/c/7")));
        }
    }
}
