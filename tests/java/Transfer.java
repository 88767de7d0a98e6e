// Moves one large object by the transfer manager, on the CRT's client or on the one in Java:
// `Transfer crt|java upload|download BUCKET KEY FILE`. Everything is as it comes but the retries: ten
// instead of three, and no quota of them where it can be had, as one sets for a server that restarts.

import java.nio.file.Path;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

class Transfer {
    public static void main(String[] words) {
        String bucket = words[2], key = words[3];
        var path = Path.of(words[4]);
        try (var client = words[0].equals("crt") ? crt() : java();
            var transfers = S3TransferManager.builder().s3Client(client).build()) {
            var transfer = words[1].equals("upload")
                ? transfers.uploadFile(it -> it.source(path).putObjectRequest(object -> object.bucket(bucket).key(key)))
                : transfers.downloadFile(it -> it.destination(path).getObjectRequest(object -> object.bucket(bucket).key(key)));
            transfer.completionFuture().join();
        }
    }

    // The CRT has a quota of fifty retries, which can't be set. Each connection needs three to five of them
    // while it is refused for a second or two: eight connections stay within it.
    private static S3AsyncClient crt() {
        return S3AsyncClient.crtBuilder().retryConfiguration(it -> it.numRetries(10)).maxConcurrency(8).build();
    }

    private static S3AsyncClient java() {
        var retries = StandardRetryStrategy.builder().maxAttempts(11).circuitBreakerEnabled(false).build();
        return S3AsyncClient.builder().multipartEnabled(true).overrideConfiguration(it -> it.retryStrategy(retries)).build();
    }
}
