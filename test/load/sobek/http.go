package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/grafana/sobek"
)

var client = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 1000},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// answer is what a request came to; the interpreter is not used to make it.
type answer struct {
	status, code      int
	problem           string
	header            http.Header
	body              []byte
	blocked, duration time.Duration
}

func (v *vu) http() map[string]any {
	expected := func(status int) bool { return status >= 200 && status < 400 }
	send := func(method, url string, body, params sobek.Value) func() answer {
		request, long, err := v.request(method, url, body, params)
		expected := v.expectedBy(params, expected)
		return func() answer {
			if err != nil {
				return answer{code: 1000, problem: err.Error()}
			}
			got := exchange(request, long)
			v.run.metrics.request(got, expected(got.status))
			return got
		}
	}
	blocking := func(method string, hasBody bool) func(sobek.FunctionCall) sobek.Value {
		return func(call sobek.FunctionCall) sobek.Value {
			body, params := sobek.Undefined(), call.Argument(1)
			if hasBody {
				body, params = call.Argument(1), call.Argument(2)
			}
			return v.response(send(method, call.Argument(0).String(), body, params)())
		}
	}
	return map[string]any{
		"get":  blocking("GET", false),
		"put":  blocking("PUT", true),
		"post": blocking("POST", true),
		"del":  blocking("DELETE", true),
		"request": func(method, url string, body, params sobek.Value) sobek.Value {
			return v.response(send(method, url, body, params)())
		},
		"asyncRequest": func(method, url string, body, params sobek.Value) sobek.Value {
			work := send(method, url, body, params)
			return v.promise(func() (func() any, error) {
				got := work()
				return func() any { return v.response(got) }, nil
			})
		},
		"expectedStatuses": func(call sobek.FunctionCall) sobek.Value {
			statuses := make([]any, len(call.Arguments))
			for i, one := range call.Arguments {
				statuses[i] = one.ToInteger()
			}
			return v.js.NewArray(statuses...)
		},
		"setResponseCallback": func(statuses []int) {
			expected = func(status int) bool { return slices.Contains(statuses, status) }
		},
	}
}

// expectedBy gives the statuses that a request expects: its own, or those of the VU.
func (v *vu) expectedBy(params sobek.Value, fallback func(int) bool) func(int) bool {
	if params == nil || sobek.IsUndefined(params) || sobek.IsNull(params) {
		return fallback
	}
	own := params.ToObject(v.js).Get("responseCallback")
	if own == nil || sobek.IsUndefined(own) {
		return fallback
	}
	var statuses []int
	if err := v.js.ExportTo(own, &statuses); err != nil {
		panic(err)
	}
	return func(status int) bool { return slices.Contains(statuses, status) }
}

func (v *vu) request(method, url string, body, params sobek.Value) (*http.Request, time.Duration, error) {
	long := time.Minute
	// The bytes are copied, because the script may change them while an asyncRequest is under way.
	request, err := http.NewRequest(method, url, bytes.NewReader(bytes.Clone(bytesOf(body))))
	if err != nil || params == nil || sobek.IsUndefined(params) || sobek.IsNull(params) {
		return request, long, err
	}
	for _, name := range params.ToObject(v.js).Keys() {
		value := params.ToObject(v.js).Get(name)
		switch name {
		case "headers":
			headers := value.ToObject(v.js)
			for _, header := range headers.Keys() {
				if strings.EqualFold(header, "host") {
					request.Host = headers.Get(header).String()
				} else {
					request.Header.Set(header, headers.Get(header).String())
				}
			}
		case "timeout":
			long = time.Duration(value.ToFloat() * float64(time.Millisecond))
			if text, is := value.Export().(string); is {
				if long, err = time.ParseDuration(text); err != nil {
					return nil, 0, err
				}
			}
		case "tags", "responseType", "responseCallback":
		default:
			return nil, 0, fmt.Errorf("the request parameter %s is not in this program", name)
		}
	}
	if host, _, _ := net.SplitHostPort(request.URL.Host); v.run.loopbackOnly && host != "127.0.0.1" && host != "::1" {
		return nil, 0, fmt.Errorf("%s is not loopback", request.URL.Host)
	}
	return request, long, nil
}

func exchange(request *http.Request, long time.Duration) answer {
	asked := time.Now()
	sent := asked
	var got answer
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { sent = time.Now() }}
	one := *client
	one.Timeout = long
	response, err := one.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err == nil {
		defer response.Body.Close()
		got.status, got.header = response.StatusCode, response.Header
		got.body, err = io.ReadAll(response.Body)
	}
	got.blocked, got.duration = sent.Sub(asked), time.Since(sent)
	if err != nil {
		// The codes of k6's documentation: no connection, a timeout, and anything else.
		got.status, got.code, got.problem = 0, 1000, err.Error()
		var timeout net.Error
		switch {
		case errors.Is(err, syscall.ECONNREFUSED):
			got.code = 1212
		case errors.Is(err, syscall.ECONNRESET):
			got.code = 1220
		case errors.As(err, &timeout) && timeout.Timeout():
			got.code, got.problem = 1050, "request timeout"
		}
	} else if got.status >= 400 {
		got.code = 1000 + got.status
	}
	return got
}

func (v *vu) response(got answer) sobek.Value {
	headers := map[string]any{}
	for name, values := range got.header {
		headers[name] = strings.Join(values, ", ")
	}
	var body any
	if got.status != 0 {
		body = string(got.body)
	}
	return v.js.ToValue(map[string]any{
		"status": got.status, "error": got.problem, "error_code": got.code, "headers": headers, "body": body,
		"timings": map[string]any{
			"duration": milliseconds(got.duration), "blocked": milliseconds(got.blocked), "connecting": 0, "tls_handshaking": 0,
		},
		"json": func() (any, error) {
			var value any
			if err := json.Unmarshal(got.body, &value); err != nil {
				return nil, err
			}
			return v.js.RunString("JSON.parse(" + string(quoted(got.body)) + ")")
		},
	})
}

func quoted(text []byte) []byte {
	written, _ := json.Marshal(string(text))
	return written
}
