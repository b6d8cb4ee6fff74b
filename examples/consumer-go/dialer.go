// Package dialer puts orders into Amazon Connect, and reports what became of each.
package dialer

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

// An Order is a number to call, in E.164 form.
type Order struct{ ID, Number string }

// A Place is where calls go.
type Place struct{ InstanceID, QueueID, CampaignID string }

// ErrBusy says that the service takes no more for now.
var ErrBusy = errors.New("the service is busy")

// Dial returns a ContactId or a failure code for each order, by the order's ID. It returns ErrBusy if the service
// throttles.
func Dial(ctx context.Context, client *connect.Client, place Place, orders []Order) (map[string]string, error) {
	var contacts []types.ContactDataRequest
	for _, order := range orders {
		contacts = append(contacts, types.ContactDataRequest{
			RequestIdentifier: &order.ID,
			CustomerEndpoint:  &types.Endpoint{Type: types.EndpointTypeTelephoneNumber, Address: &order.Number},
			QueueId:           &place.QueueID,
			Campaign:          &types.Campaign{CampaignId: &place.CampaignID},
		})
	}
	answer, err := client.BatchPutContact(ctx, &connect.BatchPutContactInput{
		InstanceId:             &place.InstanceID,
		ContactDataRequestList: contacts,
	})
	var limit *types.LimitExceededException
	if errors.As(err, &limit) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, err
	}
	outcome := map[string]string{}
	for _, one := range answer.SuccessfulRequestList {
		outcome[*one.RequestIdentifier] = *one.ContactId
	}
	for _, one := range answer.FailedRequestList {
		outcome[*one.RequestIdentifier] = string(one.FailureReasonCode)
	}
	return outcome, nil
}
