// Large objects: by hand, by the transfer manager, and by the manager that it replaces.
package tests

import (
	"bytes"
	"crypto/md5"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	managed "github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// The transfer manager's default part.
const part = 8 * mib

func TestPartsByHandAndPartsCopied(t *testing.T) {
	api := client(t)
	name, key := bucket(t, api), aws.String("by hand")
	first, second := random(5*mib), random(6*mib)
	_, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: name, Key: aws.String("source"), Body: bytes.NewReader(second)})
	must(t, err)
	// The SDK's default is for the parts: it asks for no checksum of the whole by itself.
	upload, err := api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: name, Key: key, ChecksumAlgorithm: types.ChecksumAlgorithmCrc32,
	})
	must(t, err)
	same(t, "algorithm", upload.ChecksumAlgorithm, types.ChecksumAlgorithmCrc32)
	one, err := api.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: name, Key: key, UploadId: upload.UploadId, PartNumber: aws.Int32(1), Body: bytes.NewReader(first),
	})
	must(t, err)
	ranges := map[int32]string{2: fmt.Sprintf("bytes=0-%d", 5*mib-1), 3: fmt.Sprintf("bytes=%d-%d", 5*mib, 6*mib-1)}
	parts := []types.CompletedPart{{PartNumber: aws.Int32(1), ETag: one.ETag, ChecksumCRC32: one.ChecksumCRC32}}
	for _, number := range []int32{2, 3} {
		copied, err := api.UploadPartCopy(ctx, &s3.UploadPartCopyInput{
			Bucket: name, Key: key, UploadId: upload.UploadId, PartNumber: &number,
			CopySource: aws.String(*name + "/source"), CopySourceRange: aws.String(ranges[number]),
		})
		must(t, err)
		parts = append(parts, types.CompletedPart{
			PartNumber: &number, ETag: copied.CopyPartResult.ETag, ChecksumCRC32: copied.CopyPartResult.ChecksumCRC32,
		})
	}
	var listed []int32
	input := &s3.ListPartsInput{Bucket: name, Key: key, UploadId: upload.UploadId, MaxParts: aws.Int32(2)}
	for pages := s3.NewListPartsPaginator(api, input); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		must(t, err)
		holds(t, "a page has two", len(page.Parts) <= 2)
		for _, it := range page.Parts {
			listed = append(listed, *it.PartNumber)
		}
	}
	same(t, "parts listed", fmt.Sprint(listed), "[1 2 3]")
	open, err := api.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: name})
	must(t, err)
	same(t, "uploads listed", len(open.Uploads), 1)
	done, err := api.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: name, Key: key, UploadId: upload.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	})
	must(t, err)
	holds(t, "three parts", strings.HasSuffix(*done.ETag, `-3"`) && strings.HasSuffix(*done.ChecksumCRC32, "-3"))
	got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: name, Key: key})
	must(t, err)
	sameBytes(t, read(t, got.Body), append(bytes.Clone(first), second...))
	about, err := api.GetObjectAttributes(ctx, &s3.GetObjectAttributesInput{
		Bucket: name, Key: key, ObjectAttributes: types.ObjectAttributes("").Values(),
	})
	must(t, err)
	same(t, "parts", *about.ObjectParts.TotalPartsCount, 3)
	same(t, "the third part's size", *about.ObjectParts.Parts[2].Size, mib)
	same(t, "type", about.Checksum.ChecksumType, types.ChecksumTypeComposite)
	other, err := api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: name, Key: key})
	must(t, err)
	_, err = api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: name, Key: key, UploadId: other.UploadId})
	must(t, err)
}

func TestTheTransferManager(t *testing.T) {
	var sent http.Header
	api := client(t, spy(&sent))
	name, body := bucket(t, api), random(19*mib+5)
	transfers := transfermanager.New(api)
	for what, key := range map[string]string{"a file": "seekable", "a pipe": "piped"} {
		source := bytes.NewReader(body)
		input := &transfermanager.UploadObjectInput{
			Bucket: name, Key: &key, Body: source, Metadata: map[string]string{"from": "go"}, ContentType: aws.String("video/mp4"),
		}
		if key == "piped" {
			input.Body = piped(body)
		}
		up, err := transfers.UploadObject(ctx, input)
		must(t, err)
		same(t, what+" has three parts", (*up.ETag)[len(*up.ETag)-3:], `-3"`)
		holds(t, "with a checksum", up.ChecksumCRC32 != nil)
		back := make([]byte, len(body))
		down, err := transfers.DownloadObject(ctx, &transfermanager.DownloadObjectInput{
			Bucket: name, Key: &key, WriterAt: manager.NewWriteAtBuffer(back),
		})
		must(t, err)
		same(t, "length", *down.ContentLength, int64(len(body)))
		sameBytes(t, back, body)
		same(t, "metadata", down.Metadata["from"], "go")
		got, err := transfers.GetObject(ctx, &transfermanager.GetObjectInput{Bucket: name, Key: &key})
		must(t, err)
		all := new(bytes.Buffer)
		_, err = all.ReadFrom(got.Body)
		must(t, err)
		sameBytes(t, all.Bytes(), body)
	}
	ranges := transfermanager.New(api, func(it *transfermanager.Options) { it.GetObjectType = managed.GetObjectRanges })
	back := make([]byte, len(body))
	_, err := ranges.DownloadObject(ctx, &transfermanager.DownloadObjectInput{
		Bucket: name, Key: aws.String("piped"), WriterAt: manager.NewWriteAtBuffer(back),
	})
	must(t, err)
	sameBytes(t, back, body)
	small, err := transfers.UploadObject(ctx, &transfermanager.UploadObjectInput{Bucket: name, Key: aws.String("small"), Body: text("x")})
	must(t, err)
	same(t, "a small one is one request", *small.ETag, fmt.Sprintf(`"%x"`, md5.Sum([]byte("x"))))
}

func TestTheOlderManager(t *testing.T) {
	api := client(t)
	name, body, key := bucket(t, api), random(12*mib+3), aws.String("managed")
	up, err := manager.NewUploader(api).Upload(ctx, &s3.PutObjectInput{Bucket: name, Key: key, Body: piped(body)})
	must(t, err)
	same(t, "parts", len(up.CompletedParts), 3)
	back := manager.NewWriteAtBuffer(nil)
	length, err := manager.NewDownloader(api).Download(ctx, back, &s3.GetObjectInput{Bucket: name, Key: key})
	must(t, err)
	same(t, "length", length, int64(len(body)))
	sameBytes(t, back.Bytes(), body)
}
