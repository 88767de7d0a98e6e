// The AWS SDK for Java 2 as an application uses it, with its defaults: endpoint, region and key come from
// the environment, checksums and retries are as the SDK has them. test_java.py starts the server and this.

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

final class Clients {
    static final int MIB = 1 << 20;
    static final S3Client S3 = S3Client.create();
    private static final AtomicInteger buckets = new AtomicInteger();

    // The server below the name `localhost`, where labels in front of it are buckets and accounts.
    static final URI BY_NAME = URI.create("http://localhost:" + URI.create(System.getenv("AWS_ENDPOINT_URL")).getPort());

    private Clients() {}

    // A new bucket, which goes with everything in it when it is closed.
    record Bucket(String name) implements AutoCloseable {
        static Bucket create() {
            String name = "java-" + buckets.incrementAndGet();
            S3.createBucket(it -> it.bucket(name));
            S3.waiter().waitUntilBucketExists(it -> it.bucket(name));
            return new Bucket(name);
        }

        @Override
        public void close() {
            List<ObjectIdentifier> keys = new ArrayList<>();
            S3.listObjectsV2Paginator(it -> it.bucket(name)).contents()
                .forEach(object -> keys.add(ObjectIdentifier.builder().key(object.key()).build()));
            if (!keys.isEmpty()) {
                var done = S3.deleteObjects(it -> it.bucket(name).delete(all -> all.objects(keys)));
                if (done.deleted().size() != keys.size()) throw new AssertionError(done.toString());
            }
            S3.deleteBucket(it -> it.bucket(name));
        }
    }

    // Remembers the last request that a client sent.
    static final class Spy implements ExecutionInterceptor {
        volatile SdkHttpRequest sent;

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            sent = context.httpRequest();
        }

        String header(String name) {
            return sent.firstMatchingHeader(name).orElse(null);
        }
    }

    // Not every resolver knows that each *.localhost is this machine.
    static SdkHttpClient toThisMachine() {
        return Apache5HttpClient.builder().dnsResolver(new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            }
        }).build();
    }

    static byte[] random(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return body;
    }
}
