// Copies across buckets and onto themselves, their conditions, objects and parts of nothing, deletions of
// many, storage classes.
package tests

import (
	"crypto/md5"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestCopiesAcrossBucketsAndTheirConditions(t *testing.T) {
	api := client(t)
	from, to, hour := bucket(t, api), bucket(t, api), aws.Time(time.Now().Add(-time.Hour))
	put, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: from, Key: aws.String("k"), Body: text("hello")})
	must(t, err)
	copied := func(change func(*s3.CopyObjectInput)) error {
		input := &s3.CopyObjectInput{Bucket: to, Key: aws.String("copy"), CopySource: aws.String(*from + "/k")}
		change(input)
		_, err := api.CopyObject(ctx, input)
		return err
	}
	for _, holding := range []func(*s3.CopyObjectInput){
		func(it *s3.CopyObjectInput) { it.IfNoneMatch = aws.String("*") },
		func(it *s3.CopyObjectInput) { it.IfMatch = put.ETag },
		func(it *s3.CopyObjectInput) { it.CopySourceIfMatch, it.CopySourceIfUnmodifiedSince = put.ETag, hour },
		func(it *s3.CopyObjectInput) { it.CopySourceIfModifiedSince = hour },
	} {
		must(t, copied(holding))
	}
	for _, failing := range []func(*s3.CopyObjectInput){
		func(it *s3.CopyObjectInput) { it.IfNoneMatch = aws.String("*") },
		func(it *s3.CopyObjectInput) { it.IfMatch = aws.String(`"x"`) },
		func(it *s3.CopyObjectInput) { it.CopySourceIfMatch = aws.String(`"x"`) },
		func(it *s3.CopyObjectInput) { it.CopySourceIfNoneMatch = put.ETag },
		func(it *s3.CopyObjectInput) { it.CopySourceIfUnmodifiedSince = hour },
	} {
		same(t, "a condition that fails", code(copied(failing)), "PreconditionFailed")
	}
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: to, Key: aws.String("copy")})
	must(t, err)
	same(t, "body", string(read(t, got.Body)), "hello")
	_, err = api.CopyObject(ctx, &s3.CopyObjectInput{Bucket: from, Key: aws.String("k"), CopySource: aws.String(*from + "/k")})
	same(t, "onto itself, and nothing changes", code(err), "InvalidRequest")
	same(t, "another class", code(copied(func(it *s3.CopyObjectInput) { it.StorageClass = types.StorageClassGlacier })), "InvalidStorageClass")

	upload, err := api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: to, Key: aws.String("parts")})
	must(t, err)
	part := s3.UploadPartCopyInput{
		Bucket: to, Key: aws.String("parts"), UploadId: upload.UploadId, PartNumber: aws.Int32(1), CopySource: aws.String(*from + "/k"),
	}
	refused := part
	refused.CopySourceIfUnmodifiedSince = hour
	_, err = api.UploadPartCopy(ctx, &refused)
	same(t, "a condition of a part's source", code(err), "PreconditionFailed")
	part.CopySourceIfMatch = put.ETag
	_, err = api.UploadPartCopy(ctx, &part)
	must(t, err)
	_, err = api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: to, Key: aws.String("parts"), UploadId: upload.UploadId})
	must(t, err)
}

func TestNothing(t *testing.T) {
	api := client(t)
	name, nothing := bucket(t, api), fmt.Sprintf(`"%x"`, md5.Sum(nil))
	for key, input := range map[string]*s3.PutObjectInput{"no body": {}, "an empty body": {Body: text("")}} {
		input.Bucket, input.Key = name, &key
		put, err := api.PutObject(ctx, input)
		must(t, err)
		same(t, key, *put.ETag, nothing)
		got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: &key})
		must(t, err)
		same(t, key, len(read(t, got.Body)), 0)
	}
	key := aws.String("in parts")
	upload, err := api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: name, Key: key})
	must(t, err)
	complete := func(parts ...types.CompletedPart) error {
		_, err := api.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
			Bucket: name, Key: key, UploadId: upload.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
		})
		return err
	}
	same(t, "no part", code(complete()), "MalformedXML")
	part, err := api.UploadPart(ctx, &s3.UploadPartInput{Bucket: name, Key: key, UploadId: upload.UploadId, PartNumber: aws.Int32(1), Body: text("")})
	must(t, err)
	must(t, complete(types.CompletedPart{PartNumber: aws.Int32(1), ETag: part.ETag}))
	head, err := api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: name, Key: key})
	must(t, err)
	same(t, "length", *head.ContentLength, 0)
}

func TestDeletionsOfManyOnConditions(t *testing.T) {
	api := client(t)
	name := bucket(t, api)
	first, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("1")})
	must(t, err)
	second, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("2")})
	must(t, err)
	objects := []types.ObjectIdentifier{
		{Key: aws.String("k"), ETag: first.ETag}, {Key: aws.String("none"), ETag: first.ETag}, {Key: aws.String("k"), ETag: second.ETag},
	}
	told, err := api.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: name, Delete: &types.Delete{Objects: objects}})
	must(t, err)
	same(t, "errors", len(told.Errors), 2)
	same(t, "codes", *told.Errors[0].Code+*told.Errors[1].Code, "PreconditionFailedNoSuchKey")
	same(t, "deleted", len(told.Deleted), 1)
	_, err = api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("x"), StorageClass: types.StorageClassStandardIa})
	same(t, "another class", code(err), "InvalidStorageClass")
}
