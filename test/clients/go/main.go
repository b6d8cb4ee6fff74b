// Calls BatchPutContact with the AWS SDK for Go v2 and prints what it got, as JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type key struct{ AccessKeyID, SecretAccessKey string }

type input struct {
	Endpoint, Instance  string
	Principal, Outsider key
	Contacts            []types.ContactDataRequest
}

type failure struct {
	Code   string `json:"code"`
	Status int    `json:"status"`
}

type lists struct {
	Successes []types.SuccessfulRequest `json:"successes"`
	Failures  []types.FailedRequest     `json:"failures"`
}

func main() {
	var given input
	must(json.Unmarshal([]byte(os.Args[1]), &given))
	principal, outsider := client(given, given.Principal), client(given, given.Outsider)
	put := func(by *connect.Client, items []types.ContactDataRequest, token, instance string) (*connect.BatchPutContactOutput, error) {
		return by.BatchPutContact(context.Background(), &connect.BatchPutContactInput{
			InstanceId: &instance, ClientToken: &token, ContactDataRequestList: items,
		})
	}

	first, err := put(principal, given.Contacts, "t", given.Instance)
	must(err)
	again, err := put(principal, given.Contacts, "t", "arn:aws:connect:us-east-1:123456789012:instance/"+given.Instance)
	must(err)

	var failures []failure
	_, err = put(outsider, given.Contacts, "a", given.Instance)
	failures = append(failures, typed[*types.AccessDeniedException](err))
	_, err = put(principal, given.Contacts[:1], "t", given.Instance)
	failures = append(failures, typed[*types.IdempotencyException](err))
	_, err = put(principal, given.Contacts, "b", "none")
	failures = append(failures, typed[*types.ResourceNotFoundException](err))
	_, err = put(principal, make([]types.ContactDataRequest, 26), "c", given.Instance)
	failures = append(failures, typed[*types.InvalidRequestException](err))

	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"first":  lists{first.SuccessfulRequestList, first.FailedRequestList},
		"replay": again.SuccessfulRequestList,
		"errors": failures,
	}))
}

func client(given input, by key) *connect.Client {
	return connect.New(connect.Options{
		BaseEndpoint: &given.Endpoint,
		Region:       "us-east-1",
		Credentials:  credentials.NewStaticCredentialsProvider(by.AccessKeyID, by.SecretAccessKey, ""),
		Retryer:      aws.NopRetryer{},
		HTTPClient:   &http.Client{},
	})
}

// typed ends the program unless err is exactly the modelled error T.
func typed[T interface {
	error
	ErrorCode() string
}](err error) failure {
	var target T
	var response *smithyhttp.ResponseError
	if !errors.As(err, &target) || !errors.As(err, &response) {
		must(fmt.Errorf("%T was not returned, but %w", target, err))
	}
	return failure{target.ErrorCode(), response.HTTPStatusCode()}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
