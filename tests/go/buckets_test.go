// Buckets, listings, deletion of many, and the SDK's typed errors.
package tests

import (
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

// Deletes what a bucket holds, open uploads included, and the bucket.
func empty(t *testing.T, api *s3.Client, name *string) {
	pages := s3.NewListObjectsV2Paginator(api, &s3.ListObjectsV2Input{Bucket: name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(t, err)
		var keys []types.ObjectIdentifier
		for _, it := range page.Contents {
			keys = append(keys, types.ObjectIdentifier{Key: it.Key})
		}
		if len(keys) == 0 {
			continue
		}
		done, err := api.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: name, Delete: &types.Delete{Objects: keys}})
		must(t, err)
		same(t, "deleted", len(done.Deleted), len(keys))
		same(t, "errors", len(done.Errors), 0)
	}
	_, err := api.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: name})
	must(t, err)
}

func TestBucketsAreCreatedFoundListedAndDeleted(t *testing.T) {
	api := client(t)
	// The region is ap-northeast-2's: without a LocationConstraint that is us-east-1's bucket.
	there := &s3.CreateBucketInput{
		Bucket: aws.String("go-located"),
		CreateBucketConfiguration: &types.CreateBucketConfiguration{
			LocationConstraint: types.BucketLocationConstraintApNortheast2,
		},
	}
	_, err := api.CreateBucket(ctx, there)
	must(t, err)
	where, err := api.GetBucketLocation(ctx, &s3.GetBucketLocationInput{Bucket: there.Bucket})
	must(t, err)
	same(t, "location", where.LocationConstraint, types.BucketLocationConstraintApNortheast2)
	head, err := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: there.Bucket})
	must(t, err)
	same(t, "region", aws.ToString(head.BucketRegion), "ap-northeast-2")

	plain := bucket(t, api)
	var names []string
	pages := s3.NewListBucketsPaginator(api, &s3.ListBucketsInput{MaxBuckets: aws.Int32(1)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(t, err)
		for _, it := range page.Buckets {
			names = append(names, *it.Name)
		}
	}
	holds(t, "both are listed", slices.Contains(names, "go-located") && slices.Contains(names, *plain))

	_, err = api.CreateBucket(ctx, there)
	var owned *types.BucketAlreadyOwnedByYou
	holds(t, "BucketAlreadyOwnedByYou is the SDK's", errors.As(err, &owned))
	_, err = api.PutObject(ctx, &s3.PutObjectInput{Bucket: there.Bucket, Key: aws.String("k"), Body: text("x")})
	must(t, err)
	_, err = api.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: there.Bucket})
	same(t, "a bucket with an object", code(err), "BucketNotEmpty")
	empty(t, api, there.Bucket)
	_, err = api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: there.Bucket})
	var missing *types.NotFound
	holds(t, "NotFound is the SDK's", errors.As(err, &missing))
}

func code(err error) string {
	var it smithy.APIError
	if !errors.As(err, &it) {
		return ""
	}
	return it.ErrorCode()
}

func TestErrorsAreTheSdksTypes(t *testing.T) {
	api := client(t)
	name := bucket(t, api)
	_, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: aws.String("missing")})
	var key *types.NoSuchKey
	holds(t, "NoSuchKey", errors.As(err, &key))
	var request interface{ ServiceRequestID() string }
	holds(t, "with a request id", errors.As(err, &request) && request.ServiceRequestID() != "")
	_, err = api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: name, Key: aws.String("missing")})
	var found *types.NotFound
	holds(t, "NotFound of HEAD", errors.As(err, &found))
	_, err = api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String("go-nowhere")})
	var nowhere *types.NoSuchBucket
	holds(t, "NoSuchBucket", errors.As(err, &nowhere))
	_, err = api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{
		Bucket: name, Key: aws.String("k"), UploadId: aws.String("none"),
	})
	var upload *types.NoSuchUpload
	holds(t, "NoSuchUpload", errors.As(err, &upload))
}

func TestListingsHavePagesFoldersAndAwkwardKeys(t *testing.T) {
	api := client(t)
	name := bucket(t, api)
	keys := []string{
		"../up", "a b+c", "a%2Fb", "a&b<c>\"d\"", "deep/1", "deep/2", "deep//3", "plus+plus", "z", "한글/사진 1.png",
	}
	for _, key := range keys {
		_, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: &key, Body: text(key)})
		must(t, err)
	}
	slices.Sort(keys)
	var seen []string
	pages := s3.NewListObjectsV2Paginator(api, &s3.ListObjectsV2Input{Bucket: name, MaxKeys: aws.Int32(3)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(t, err)
		holds(t, "a page has three", len(page.Contents) <= 3)
		for _, it := range page.Contents {
			seen = append(seen, *it.Key)
			same(t, "size of "+*it.Key, aws.ToInt64(it.Size), int64(len(*it.Key)))
		}
	}
	holds(t, "all, in the order of their bytes", slices.Equal(seen, keys))

	var folders []string
	under := &s3.ListObjectsV2Input{Bucket: name, Delimiter: aws.String("/"), MaxKeys: aws.Int32(2)}
	for pages := s3.NewListObjectsV2Paginator(api, under); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		must(t, err)
		for _, it := range page.CommonPrefixes {
			folders = append(folders, *it.Prefix)
		}
	}
	holds(t, "folders", slices.Equal(folders, []string{"../", "deep/", "한글/"}))
	for _, key := range keys {
		got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: &key})
		must(t, err)
		same(t, "what is in it", string(read(t, got.Body)), key)
	}
}
