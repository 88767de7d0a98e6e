// IAM, STS and S3 Control by the SDK's own clients.
package tests

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	controlled "github.com/aws/aws-sdk-go-v2/service/s3control/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func TestAUserMayWhatItsPolicySays(t *testing.T) {
	root := client(t)
	name := bucket(t, root)
	_, err := root.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("x")})
	must(t, err)
	accounts := iam.NewFromConfig(settings(t))
	user := aws.String("go-reader")
	created, err := accounts.CreateUser(ctx, &iam.CreateUserInput{UserName: user, Path: aws.String("/tests/")})
	must(t, err)
	must(t, iam.NewUserExistsWaiter(accounts).Wait(ctx, &iam.GetUserInput{UserName: user}, 20*time.Second))
	key, err := accounts.CreateAccessKey(ctx, &iam.CreateAccessKeyInput{UserName: user})
	must(t, err)
	readOnly := aws.String("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
	_, err = accounts.AttachUserPolicy(ctx, &iam.AttachUserPolicyInput{UserName: user, PolicyArn: readOnly})
	must(t, err)
	t.Cleanup(func() {
		_, err := accounts.DetachUserPolicy(ctx, &iam.DetachUserPolicyInput{UserName: user, PolicyArn: readOnly})
		must(t, err)
		_, err = accounts.DeleteAccessKey(ctx, &iam.DeleteAccessKeyInput{UserName: user, AccessKeyId: key.AccessKey.AccessKeyId})
		must(t, err)
		_, err = accounts.DeleteUser(ctx, &iam.DeleteUserInput{UserName: user})
		must(t, err)
	})

	config := settings(t)
	config.Credentials = credentials.NewStaticCredentialsProvider(*key.AccessKey.AccessKeyId, *key.AccessKey.SecretAccessKey, "")
	me, err := sts.NewFromConfig(config).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	must(t, err)
	same(t, "who I am", *me.Arn, *created.User.Arn)
	same(t, "id", *me.UserId, *created.User.UserId)
	theirs := s3.NewFromConfig(config)
	got, err := theirs.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: aws.String("k")})
	must(t, err)
	same(t, "it may read", string(read(t, got.Body)), "x")
	_, err = theirs.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("y")})
	same(t, "and no more", code(err), "AccessDenied")
	same(t, "status", status(err), 403)
}

// S3 Control's rules always put the account before the host, so the server has to be called by a name.
func TestS3Control(t *testing.T) {
	config, endpoint := byName(t)
	me, err := sts.NewFromConfig(config).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	must(t, err)
	var host string
	control := s3control.NewFromConfig(config, func(it *s3control.Options) {
		it.BaseEndpoint = &endpoint
		it.HTTPClient = noted{it.HTTPClient, &host}
	})
	_, err = control.GetPublicAccessBlock(ctx, &s3control.GetPublicAccessBlockInput{AccountId: me.Account})
	same(t, "none is set", code(err), "NoSuchPublicAccessBlockConfiguration")
	same(t, "the account is in the host", host[:len(*me.Account)+1], *me.Account+".")

	name := bucket(t, client(t))
	arn := aws.String("arn:aws:s3:::" + *name)
	tags := []controlled.Tag{{Key: aws.String("team"), Value: aws.String("옹기")}}
	_, err = control.TagResource(ctx, &s3control.TagResourceInput{AccountId: me.Account, ResourceArn: arn, Tags: tags})
	must(t, err)
	listed, err := control.ListTagsForResource(ctx, &s3control.ListTagsForResourceInput{AccountId: me.Account, ResourceArn: arn})
	must(t, err)
	same(t, "tags", len(listed.Tags), 1)
	same(t, "tag", *listed.Tags[0].Value, "옹기")
}
