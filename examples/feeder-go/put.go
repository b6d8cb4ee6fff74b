package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// accepted stands in the place of a failure code.
const accepted = ""

// A campaign is where dial requests go. Its calls are signed with the signer of the AWS SDK.
type campaign struct {
	id, endpoint, region string
	credentials          aws.Credentials
}

func fromEnvironment(id string) campaign {
	region := os.Getenv("AWS_REGION")
	endpoint := os.Getenv("AWS_ENDPOINT_URL_CONNECTCAMPAIGNS")
	if endpoint == "" {
		endpoint = "https://connect-campaigns." + region + ".amazonaws.com"
	}
	return campaign{id, endpoint, region, aws.Credentials{
		AccessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken:    os.Getenv("AWS_SESSION_TOKEN"),
	}}
}

type dialRequest struct {
	ClientToken    string            `json:"clientToken"`
	PhoneNumber    string            `json:"phoneNumber"`
	ExpirationTime time.Time         `json:"expirationTime"`
	Attributes     map[string]string `json:"attributes"`
}

// put makes one call. It returns a failure code or accepted by clientToken. A token is missing if it is not known what
// became of it: the answer did not come, was cut off, or had a status of 429, 500 or above.
func (to campaign) put(ctx context.Context, contacts []contact) (map[string]string, error) {
	until := time.Now().Add(expires).UTC().Truncate(time.Second)
	var requests []dialRequest
	for _, one := range contacts {
		attributes := map[string]string{"contact": one.id, "name": one.name}
		requests = append(requests, dialRequest{one.token, one.phoneNumber, until, attributes})
	}
	body, err := json.Marshal(map[string]any{"dialRequests": requests})
	if err != nil {
		return nil, err
	}
	address := to.endpoint + "/campaigns/" + url.PathEscape(to.id) + "/dial-requests"
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	hash := sha256.Sum256(body)
	err = v4.NewSigner().SignHTTP(ctx, to.credentials, request, hex.EncodeToString(hash[:]), "connect-campaigns", to.region, time.Now())
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500 {
		return nil, nil
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s %s", response.Status, response.Header.Get("X-Amzn-Errortype"), text)
	}
	var answer struct {
		SuccessfulRequests []struct{ ClientToken string }
		FailedRequests     []struct{ ClientToken, FailureCode string }
	}
	if json.Unmarshal(text, &answer) != nil {
		return nil, nil
	}
	told := map[string]string{}
	for _, one := range answer.SuccessfulRequests {
		told[one.ClientToken] = accepted
	}
	for _, one := range answer.FailedRequests {
		told[one.ClientToken] = one.FailureCode
	}
	return told, nil
}
