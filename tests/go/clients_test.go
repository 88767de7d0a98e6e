// The AWS SDK for Go v2 as an application uses it, with its defaults: endpoint, region and key come from
// the environment, checksums and retries are as the SDK has them. test_go.py starts the server and this.
package tests

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const mib = 1 << 20

var ctx = context.Background()

func settings(t *testing.T, options ...func(*config.LoadOptions) error) aws.Config {
	t.Helper()
	it, err := config.LoadDefaultConfig(ctx, options...)
	must(t, err)
	return it
}

// Whether the server is spoken to over TLS.
func secured() bool { return strings.HasPrefix(os.Getenv("AWS_ENDPOINT_URL"), "https:") }

func client(t *testing.T, options ...func(*s3.Options)) *s3.Client {
	return s3.NewFromConfig(settings(t), options...)
}

// The server below the name `localhost`, where labels in front of it are buckets and accounts. Go's
// resolver doesn't know that every *.localhost is this machine, so the client connects as it does there.
func byName(t *testing.T) (aws.Config, string) {
	at, err := url.Parse(os.Getenv("AWS_ENDPOINT_URL"))
	must(t, err)
	dialer := net.Dialer{}
	transport := awshttp.NewBuildableClient().WithTransportOptions(func(it *http.Transport) {
		it.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, at.Host)
		}
	})
	return settings(t, config.WithHTTPClient(transport)), "http://localhost:" + at.Port()
}

var buckets atomic.Int32

// A new bucket, which goes with everything in it when the test ends.
func bucket(t *testing.T, api *s3.Client) *string {
	t.Helper()
	name := aws.String(fmt.Sprintf("go-%d", buckets.Add(1)))
	_, err := api.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: name})
	must(t, err)
	must(t, s3.NewBucketExistsWaiter(api).Wait(ctx, &s3.HeadBucketInput{Bucket: name}, 20*time.Second))
	t.Cleanup(func() { empty(t, api, name) })
	return name
}

// Notes the headers of the requests that a client sends: those of the last one.
func spy(seen *http.Header) func(*s3.Options) {
	note := middleware.FinalizeMiddlewareFunc("spy", func(
		ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		*seen = in.Request.(*smithyhttp.Request).Header.Clone()
		return next.HandleFinalize(ctx, in)
	})
	return s3.WithAPIOptions(func(stack *middleware.Stack) error {
		return stack.Finalize.Insert(note, "Signing", middleware.After)
	})
}

// Bytes that repeat nowhere.
func random(size int) []byte {
	body := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{byte(size)}).Read(body)
	return body
}

// A reader that can do nothing but read, as a pipe or a socket.
type pipe struct{ io.Reader }

func piped(body []byte) io.Reader { return pipe{bytes.NewReader(body)} }

func read(t *testing.T, body io.ReadCloser) []byte {
	t.Helper()
	defer body.Close()
	it, err := io.ReadAll(body)
	must(t, err)
	return it
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: %v, not %v", what, got, want)
	}
}

func sameBytes(t *testing.T, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Fatalf("%d bytes that differ from the %d wanted", len(got), len(want))
	}
}

func holds(t *testing.T, what string, it bool) {
	t.Helper()
	if !it {
		t.Fatal(what)
	}
}

func text(body string) io.Reader { return strings.NewReader(body) }
