// IAM, STS and S3 Control by the SDK's own clients.

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.NoSuchPublicAccessBlockConfigurationException;
import software.amazon.awssdk.services.s3control.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

class IdentitiesTest {
    private static final String READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    @Test
    void aUserMayWhatItsPolicySays() {
        try (var bucket = Clients.Bucket.create(); var iam = IamClient.builder().region(Region.AWS_GLOBAL).build()) {
            var name = bucket.name();
            Clients.S3.putObject(it -> it.bucket(name).key("k"), RequestBody.fromString("x"));
            var user = iam.createUser(it -> it.userName("java-reader").path("/tests/")).user();
            iam.waiter().waitUntilUserExists(it -> it.userName("java-reader"));
            assertThrows(EntityAlreadyExistsException.class, () -> iam.createUser(it -> it.userName("JAVA-reader")));
            var key = iam.createAccessKey(it -> it.userName("java-reader")).accessKey();
            iam.attachUserPolicy(it -> it.userName("java-reader").policyArn(READ_ONLY));
            var theirs = StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
            try (var sts = StsClient.builder().credentialsProvider(theirs).build();
                var s3 = S3Client.builder().credentialsProvider(theirs).build()) {
                var me = sts.getCallerIdentity();
                assertEquals(user.arn(), me.arn());
                assertEquals(user.userId(), me.userId());
                assertEquals("x", s3.getObjectAsBytes(it -> it.bucket(name).key("k")).asUtf8String());
                var denied = assertThrows(S3Exception.class,
                    () -> s3.putObject(it -> it.bucket(name).key("k"), RequestBody.fromString("y")));
                assertEquals(403, denied.statusCode());
                assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
            }
            iam.detachUserPolicy(it -> it.userName("java-reader").policyArn(READ_ONLY));
            iam.deleteAccessKey(it -> it.userName("java-reader").accessKeyId(key.accessKeyId()));
            iam.deleteUser(it -> it.userName("java-reader"));
        }
    }

    // S3 Control's rules always put the account before the host, so the server has to be called by a name.
    @Test
    void s3Control() {
        var spy = new Clients.Spy();
        try (var bucket = Clients.Bucket.create();
            var sts = StsClient.create();
            var control = S3ControlClient.builder().endpointOverride(Clients.BY_NAME).httpClient(Clients.toThisMachine())
                .overrideConfiguration(it -> it.addExecutionInterceptor(spy)).build()) {
            var account = sts.getCallerIdentity().account();
            assertThrows(NoSuchPublicAccessBlockConfigurationException.class,
                () -> control.getPublicAccessBlock(it -> it.accountId(account)));
            assertEquals(account + ".localhost", spy.sent.host());
            var arn = "arn:aws:s3:::" + bucket.name();
            var tag = Tag.builder().key("team").value("옹기").build();
            control.tagResource(it -> it.accountId(account).resourceArn(arn).tags(tag));
            assertEquals(java.util.List.of(tag), control.listTagsForResource(it -> it.accountId(account).resourceArn(arn)).tags());
        }
    }
}
