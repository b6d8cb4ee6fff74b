package dialer

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/connect"
)

var place = Place{
	InstanceID: "0f5a1c2e-93d7-4b88-a1de-6b7c8d9e0f12",
	QueueID:    "b7c1d2e3-f4a5-4b6c-8d7e-9f0a1b2c3d4e",
	CampaignID: "spring-renewals",
}

// client returns a client of the mock, whose address is in DIALPROOF_MOCK_URL.
func client() *connect.Client {
	return connect.New(connect.Options{
		BaseEndpoint:     aws.String(os.Getenv("DIALPROOF_MOCK_URL")),
		Region:           "us-east-1",
		Credentials:      credentials.NewStaticCredentialsProvider("any", "any", ""),
		RetryMaxAttempts: 1,
	})
}

// given brings the mock to a provider state.
func given(t *testing.T, state string, params map[string]any) {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"state": state, "params": params})
	answer, err := http.Post(os.Getenv("DIALPROOF_MOCK_URL")+"/_mock/states", "application/json", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the state %q was answered %s", state, answer.Status)
	}
}

func TestAnOrderBecomesAContact(t *testing.T) {
	given(t, "an ordinary day", nil)
	outcome, err := Dial(context.Background(), client(), place, []Order{{"order-1", "+12065550101"}})
	if err != nil || len(outcome["order-1"]) != 36 {
		t.Fatalf("%v %v", outcome, err)
	}
}

func TestANumberThatIsNoneFailsAlone(t *testing.T) {
	given(t, "an ordinary day", nil)
	outcome, err := Dial(context.Background(), client(), place, []Order{{"good", "+12065550101"}, {"bad", "2065550102"}})
	if err != nil || outcome["bad"] != "INVALID_CUSTOMER_ENDPOINT" || len(outcome["good"]) != 36 {
		t.Fatalf("%v %v", outcome, err)
	}
}

func TestAThrottledCallIsForLater(t *testing.T) {
	given(t, "an ordinary day", nil)
	given(t, "calls are throttled", map[string]any{"error": "LimitExceededException"})
	if _, err := Dial(context.Background(), client(), place, []Order{{"order-1", "+12065550101"}}); !errors.Is(err, ErrBusy) {
		t.Fatal(err)
	}
}
