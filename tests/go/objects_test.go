// Objects: metadata, ranges, conditions, checksums, copies, tags, presigned URLs, both ways to name a bucket.
package tests

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func status(err error) int {
	var it *smithyhttp.ResponseError
	if !errors.As(err, &it) {
		return 0
	}
	return it.HTTPStatusCode()
}

func TestAnObjectComesBackWithAllThatItHad(t *testing.T) {
	api := client(t)
	name, key, body := bucket(t, api), aws.String("사진/a b+c.png"), random(100_000)
	put, err := api.PutObject(ctx, &s3.PutObjectInput{
		Bucket: name, Key: key, Body: bytes.NewReader(body), ContentType: aws.String("image/png"),
		CacheControl: aws.String("max-age=60"), ContentLanguage: aws.String("ko"),
		ContentDisposition: aws.String(`attachment; filename="a.png"`), Metadata: map[string]string{"owner": "me", "two-words": "a  b"},
	})
	must(t, err)
	sum := md5.Sum(body)
	same(t, "ETag", *put.ETag, `"`+hex.EncodeToString(sum[:])+`"`)
	for range 2 {
		head, err := api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: name, Key: key})
		must(t, err)
		same(t, "length", *head.ContentLength, 100_000)
		same(t, "type", *head.ContentType, "image/png")
		same(t, "cache", *head.CacheControl, "max-age=60")
		same(t, "language", *head.ContentLanguage, "ko")
		same(t, "disposition", *head.ContentDisposition, `attachment; filename="a.png"`)
		same(t, "metadata", head.Metadata["owner"]+head.Metadata["two-words"], "mea  b")
	}
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key})
	must(t, err)
	sameBytes(t, read(t, got.Body), body)

	for asked, want := range map[string][]byte{
		"bytes=0-9": body[:10], "bytes=-7": body[len(body)-7:], "bytes=99990-": body[99990:], "bytes=500-200000": body[500:],
	} {
		part, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, Range: &asked})
		must(t, err)
		holds(t, "a range is said", strings.HasSuffix(*part.ContentRange, "/100000"))
		sameBytes(t, read(t, part.Body), want)
	}
	_, err = api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, Range: aws.String("bytes=100000-")})
	same(t, "behind the end", code(err), "InvalidRange")

	_, err = api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: name, Key: key})
	must(t, err)
	_, err = api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: name, Key: key})
	must(t, err)
}

func TestConditionsOfWritesAndReads(t *testing.T) {
	api := client(t)
	name, key := bucket(t, api), aws.String("k")
	put := func(body string, change func(*s3.PutObjectInput)) (*s3.PutObjectOutput, error) {
		input := &s3.PutObjectInput{Bucket: name, Key: key, Body: text(body)}
		change(input)
		return api.PutObject(ctx, input)
	}
	fresh := func(it *s3.PutObjectInput) { it.IfNoneMatch = aws.String("*") }
	first, err := put("1", fresh)
	must(t, err)
	_, err = put("2", fresh)
	same(t, "it is there", code(err), "PreconditionFailed")
	same(t, "status", status(err), 412)
	second, err := put("2", func(it *s3.PutObjectInput) { it.IfMatch = first.ETag })
	must(t, err)
	_, err = put("3", func(it *s3.PutObjectInput) { it.IfMatch = first.ETag })
	same(t, "it is another", code(err), "PreconditionFailed")

	_, err = api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, IfNoneMatch: second.ETag})
	same(t, "not modified", status(err), 304)
	_, err = api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, IfModifiedSince: aws.Time(time.Now().Add(-time.Minute))})
	must(t, err)
	_, err = api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: name, Key: key, IfUnmodifiedSince: aws.Time(time.Now().Add(-time.Hour))})
	same(t, "modified since", status(err), 412)
	_, err = api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, IfMatch: first.ETag})
	same(t, "read of another", code(err), "PreconditionFailed")
	_, err = api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: name, Key: key, IfMatch: first.ETag})
	same(t, "deletion of another", code(err), "PreconditionFailed")
	_, err = api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: name, Key: key, IfMatch: second.ETag})
	must(t, err)
}

// Without TLS the SDK computes the checksum first and signs the body; with TLS the body is unsigned and
// the checksum in a trailer, so that it is read once.
func TestChecksumsAreCrc32ByDefault(t *testing.T) {
	var sent http.Header
	api := client(t, spy(&sent))
	name, body := bucket(t, api), random(200_000)
	put, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("bytes"), Body: bytes.NewReader(body)})
	must(t, err)
	if secured() {
		same(t, "in a trailer", sent.Get("x-amz-trailer"), "x-amz-checksum-crc32")
	} else {
		same(t, "in a header", sent.Get("x-amz-checksum-crc32"), *put.ChecksumCRC32)
	}
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: aws.String("bytes")})
	must(t, err)
	same(t, "mode is on by default", sent.Get("x-amz-checksum-mode"), "ENABLED")
	same(t, "CRC32", *got.ChecksumCRC32, *put.ChecksumCRC32)
	same(t, "type", got.ChecksumType, types.ChecksumTypeFullObject)
	sameBytes(t, read(t, got.Body), body)
}

// What can't be read twice can't be signed before it is sent, which without TLS the SDK insists on.
func TestAPipeHasItsChecksumInATrailer(t *testing.T) {
	var sent http.Header
	api := client(t, spy(&sent))
	name, body := bucket(t, api), random(3*mib+7)
	put, err := api.PutObject(ctx, &s3.PutObjectInput{
		Bucket: name, Key: aws.String("pipe"), Body: piped(body), ContentLength: aws.Int64(int64(len(body))),
	})
	if !secured() {
		holds(t, "the SDK refuses it", err != nil && strings.Contains(err.Error(), "unseekable stream"))
		return
	}
	must(t, err)
	same(t, "unsigned", sent.Get("x-amz-content-sha256"), "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: aws.String("pipe")})
	must(t, err)
	same(t, "CRC32", *got.ChecksumCRC32, *put.ChecksumCRC32)
	holds(t, "aws-chunked is not kept", got.ContentEncoding == nil)
	sameBytes(t, read(t, got.Body), body)
}

func TestEveryAlgorithmThatTheSdkComputes(t *testing.T) {
	api := client(t)
	name, body := bucket(t, api), random(70_000)
	found := map[types.ChecksumAlgorithm]func(*types.Checksum) *string{
		types.ChecksumAlgorithmCrc32:     func(it *types.Checksum) *string { return it.ChecksumCRC32 },
		types.ChecksumAlgorithmCrc32c:    func(it *types.Checksum) *string { return it.ChecksumCRC32C },
		types.ChecksumAlgorithmCrc64nvme: func(it *types.Checksum) *string { return it.ChecksumCRC64NVME },
		types.ChecksumAlgorithmSha1:      func(it *types.Checksum) *string { return it.ChecksumSHA1 },
		types.ChecksumAlgorithmSha256:    func(it *types.Checksum) *string { return it.ChecksumSHA256 },
		types.ChecksumAlgorithmSha512:    func(it *types.Checksum) *string { return it.ChecksumSHA512 },
	}
	for algorithm, of := range found {
		key := aws.String(string(algorithm))
		_, err := api.PutObject(ctx, &s3.PutObjectInput{
			Bucket: name, Key: key, Body: bytes.NewReader(body), ChecksumAlgorithm: algorithm,
		})
		must(t, err)
		got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key, ChecksumMode: types.ChecksumModeEnabled})
		must(t, err)
		sameBytes(t, read(t, got.Body), body)
		about, err := api.GetObjectAttributes(ctx, &s3.GetObjectAttributesInput{
			Bucket: name, Key: key, ObjectAttributes: types.ObjectAttributes("").Values(),
		})
		must(t, err)
		same(t, "size", *about.ObjectSize, 70_000)
		holds(t, *key+" is kept", of(about.Checksum) != nil)
	}
	for _, algorithm := range types.ChecksumAlgorithm("").Values() {
		if found[algorithm] == nil {
			_, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("k"), Body: text("x"), ChecksumAlgorithm: algorithm})
			holds(t, string(algorithm)+" is more than the SDK can", err != nil && status(err) == 0)
		}
	}
}

func TestCopiesTagsAndMetadata(t *testing.T) {
	api := client(t)
	name := bucket(t, api)
	key, copied := aws.String("원본 +%2F.txt"), aws.String("copies/한 글")
	_, err := api.PutObject(ctx, &s3.PutObjectInput{
		Bucket: name, Key: key, Body: text("hello"), Metadata: map[string]string{"a": "1"}, Tagging: aws.String("kind=letter&to=you"),
	})
	must(t, err)
	source := aws.String(*name + "/%EC%9B%90%EB%B3%B8%20%2B%252F.txt")
	done, err := api.CopyObject(ctx, &s3.CopyObjectInput{Bucket: name, Key: copied, CopySource: source})
	must(t, err)
	holds(t, "an ETag and a time", done.CopyObjectResult.ETag != nil && done.CopyObjectResult.LastModified != nil)
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: copied})
	must(t, err)
	same(t, "metadata goes with it", got.Metadata["a"], "1")
	same(t, "tags too", aws.ToInt32(got.TagCount), 2)
	same(t, "body", string(read(t, got.Body)), "hello")
	_, err = api.CopyObject(ctx, &s3.CopyObjectInput{
		Bucket: name, Key: key, CopySource: source, MetadataDirective: types.MetadataDirectiveReplace, Metadata: map[string]string{"b": "2"},
	})
	must(t, err)
	head, err := api.HeadObject(ctx, &s3.HeadObjectInput{Bucket: name, Key: key})
	must(t, err)
	same(t, "replaced", head.Metadata["a"]+head.Metadata["b"], "2")
	_, err = api.CopyObject(ctx, &s3.CopyObjectInput{
		Bucket: name, Key: copied, CopySource: source, CopySourceIfNoneMatch: done.CopyObjectResult.ETag,
	})
	same(t, "a condition on the source", status(err), 412)

	tags := []types.Tag{{Key: aws.String("색"), Value: aws.String("파랑 +=")}}
	_, err = api.PutObjectTagging(ctx, &s3.PutObjectTaggingInput{Bucket: name, Key: key, Tagging: &types.Tagging{TagSet: tags}})
	must(t, err)
	tagged, err := api.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: name, Key: key})
	must(t, err)
	same(t, "tags", len(tagged.TagSet), 1)
	same(t, "tag", *tagged.TagSet[0].Key+*tagged.TagSet[0].Value, "색파랑 +=")
	_, err = api.DeleteObjectTagging(ctx, &s3.DeleteObjectTaggingInput{Bucket: name, Key: key})
	must(t, err)
	_, err = api.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: name, Tagging: &types.Tagging{TagSet: tags}})
	must(t, err)
	of, err := api.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: name})
	must(t, err)
	same(t, "the bucket's tag", *of.TagSet[0].Value, "파랑 +=")
}

func TestPresignedUrls(t *testing.T) {
	api := client(t)
	name, key := bucket(t, api), aws.String("presigned 사진+.png")
	presigner := s3.NewPresignClient(api, s3.WithPresignExpires(time.Minute))
	ask := func(method, url string, header http.Header, body string) (int, string) {
		request, err := http.NewRequest(method, url, text(body))
		must(t, err)
		request.Header = header.Clone()
		answer, err := http.DefaultClient.Do(request)
		must(t, err)
		return answer.StatusCode, string(read(t, answer.Body))
	}
	put, err := presigner.PresignPutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: key, ContentType: aws.String("image/png")})
	must(t, err)
	sent, words := ask(put.Method, put.URL, put.SignedHeader, "png")
	same(t, words, sent, 200)
	get, err := presigner.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key})
	must(t, err)
	got, words := ask(get.Method, get.URL, get.SignedHeader, "")
	same(t, "GET", got, 200)
	same(t, "body", words, "png")
	got, _ = ask(get.Method, strings.Replace(get.URL, ".png", ".jpg", 1), get.SignedHeader, "")
	same(t, "it is for one object", got, 403)
}

func TestABucketInTheHostsName(t *testing.T) {
	name, key := bucket(t, client(t)), aws.String("by host/한글")
	config, endpoint := byName(t)
	var sent http.Header
	var host string
	api := s3.NewFromConfig(config, spy(&sent), func(it *s3.Options) {
		it.BaseEndpoint = &endpoint
		it.HTTPClient = noted{it.HTTPClient, &host}
	})
	_, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: key, Body: text("x")})
	must(t, err)
	holds(t, "virtual-host style: "+host, strings.HasPrefix(host, *name+".localhost:"))
	got, err := client(t).GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key})
	must(t, err)
	same(t, "by path", string(read(t, got.Body)), "x")
	list, err := api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: name})
	must(t, err)
	same(t, "listed", *list.KeyCount, 1)
}

// Notes the host that a request is sent to.
type noted struct {
	s3.HTTPClient
	host *string
}

func (it noted) Do(request *http.Request) (*http.Response, error) {
	*it.host = request.URL.Host
	return it.HTTPClient.Do(request)
}
