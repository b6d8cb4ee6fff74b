// Command feeder hands the contacts of a CSV file to a campaign, 25 in a call, until every one is accepted or refused.
//
// A contact has one clientToken, made of the name of the file and its id. What is sent again has the same token, so that
// nobody is called twice.
package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	batch   = 25
	expires = 5 * time.Minute
	// Calls in a row in which nothing gets through, before the feeder gives up.
	patience = 20
)

type contact struct{ id, phoneNumber, name, token string }

// read returns the contacts of a file with the columns id, phoneNumber and name.
func read(file string) ([]contact, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	rows, err := csv.NewReader(opened).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	var contacts []contact
	for _, row := range rows[1:] {
		if len(row) != 3 {
			return nil, fmt.Errorf("%s: a row has %d columns, not id, phoneNumber and name", file, len(row))
		}
		contacts = append(contacts, contact{row[0], row[1], row[2], stem + "-" + row[0]})
	}
	return contacts, nil
}

// feed returns the failure codes of the contacts that were refused for good. It waits before it sends again.
func feed(ctx context.Context, to campaign, contacts []contact, pause time.Duration) (map[string]string, error) {
	refused := map[string]string{}
	for idle := 0; len(contacts) > 0; {
		sent := contacts[:min(batch, len(contacts))]
		told, err := to.put(ctx, sent)
		if err != nil {
			return nil, err
		}
		// At the head, so that a call whose answer was lost is repeated as it was.
		var again []contact
		for _, one := range sent {
			switch code, known := told[one.token]; {
			case !known, code == "RequestThrottled", code == "UnknownError":
				again = append(again, one)
			case code != accepted:
				refused[one.id] = code
			}
		}
		if idle++; len(again) < len(sent) {
			idle = 0
		}
		if idle == patience {
			return nil, fmt.Errorf("%d contacts are left: %d calls got nothing through", len(contacts), patience)
		}
		contacts = append(again, contacts[len(sent):]...)
		if len(again) > 0 {
			time.Sleep(pause)
		}
	}
	return refused, nil
}

func run(args []string) error {
	pause := 30.0
	if len(args) == 3 {
		var err error
		if pause, err = strconv.ParseFloat(args[2], 64); err != nil {
			return err
		}
	} else if len(args) != 2 {
		return fmt.Errorf("usage: feeder CAMPAIGN_ID FILE.csv [PAUSE_SECONDS]")
	}
	contacts, err := read(args[1])
	if err != nil {
		return err
	}
	refused, err := feed(context.Background(), fromEnvironment(args[0]), contacts, time.Duration(pause*float64(time.Second)))
	if err != nil {
		return err
	}
	fmt.Printf("%d of %d contacts were accepted\n", len(contacts)-len(refused), len(contacts))
	if len(refused) > 0 {
		return fmt.Errorf("refused: %v", refused)
	}
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
