// Moves one large object by the SDK's transfer manager: `transfer upload|download BUCKET KEY FILE`.
// Everything is as it comes but the retries: ten attempts instead of three, and no quota of them, as one
// sets for a server that restarts.
package main

import (
	"context"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func main() {
	ctx := context.Background()
	direction, bucket, key, path := os.Args[1], &os.Args[2], &os.Args[3], os.Args[4]
	settings, err := config.LoadDefaultConfig(ctx, config.WithRetryer(func() aws.Retryer {
		return retry.NewStandard(func(it *retry.StandardOptions) {
			it.MaxAttempts = 10
			it.RateLimiter = ratelimit.None
		})
	}))
	check(err)
	transfers := transfermanager.New(s3.NewFromConfig(settings))
	switch direction {
	case "upload":
		file, err := os.Open(path)
		check(err)
		_, err = transfers.UploadObject(ctx, &transfermanager.UploadObjectInput{Bucket: bucket, Key: key, Body: file})
		check(err)
	case "download":
		file, err := os.Create(path)
		check(err)
		_, err = transfers.DownloadObject(ctx, &transfermanager.DownloadObjectInput{Bucket: bucket, Key: key, WriterAt: file})
		check(err)
		check(file.Close())
	default:
		log.Fatalf("what is %q?", direction)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
