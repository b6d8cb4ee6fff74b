package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

type metric struct {
	mu     sync.Mutex
	kind   string
	values []float64
	sum    float64
	trues  int
}

func (m *metric) add(value float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values = append(m.values, value)
	m.sum += value
	if value != 0 {
		m.trues++
	}
}

type metrics struct {
	mu     sync.Mutex
	byName map[string]*metric
	checks map[string]*[2]int
	failed bool
}

func newMetrics() *metrics {
	return &metrics{byName: map[string]*metric{}, checks: map[string]*[2]int{}}
}

func (m *metrics) of(name, kind string) *metric {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byName[name] == nil {
		m.byName[name] = &metric{kind: kind}
	}
	return m.byName[name]
}

func (m *metrics) counter(name string) *metric { return m.of(name, "counter") }
func (m *metrics) trend(name string) *metric   { return m.of(name, "trend") }

func (m *metrics) request(got answer, isExpected bool) {
	m.counter("http_reqs").add(1)
	m.trend("http_req_duration").add(milliseconds(got.duration))
	failed := 1.0
	if isExpected {
		failed = 0
	}
	m.of("http_req_failed", "rate").add(failed)
}

func (m *metrics) check(name string, passed bool) {
	value := 0
	if passed {
		value = 1
	}
	m.of("checks", "rate").add(float64(value))
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.checks[name] == nil {
		m.checks[name] = &[2]int{}
	}
	m.checks[name][1-value]++
}

// failed notes that an iteration threw. As in k6, the run goes on.
func (r *run) failed(error) { r.metrics.failed = true }

// aggregate gives a value of the metric, such as count or p(95).
func (m *metric) aggregate(name string, seconds float64) float64 {
	sorted := slices.Sorted(slices.Values(m.values))
	at := func(share float64) float64 {
		if len(sorted) == 0 {
			return 0
		}
		place := share * float64(len(sorted)-1)
		low := math.Floor(place)
		high := math.Ceil(place)
		return sorted[int(low)] + (sorted[int(high)]-sorted[int(low)])*(place-low)
	}
	switch name {
	case "count":
		if m.kind == "trend" {
			return float64(len(m.values))
		}
		return m.sum
	case "rate":
		if m.kind == "rate" {
			return float64(m.trues) / math.Max(1, float64(len(m.values)))
		}
		return m.sum / seconds
	case "passes":
		return float64(m.trues)
	case "fails":
		return float64(len(m.values) - m.trues)
	case "avg":
		return m.sum / math.Max(1, float64(len(m.values)))
	case "min":
		return at(0)
	case "med":
		return at(0.5)
	case "max":
		return at(1)
	case "value":
		if len(m.values) > 0 {
			return m.values[len(m.values)-1]
		}
		return 0
	}
	percent, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimPrefix(name, "p("), ")"), 64)
	if err != nil {
		fmt.Fprintf(os.Stderr, "the aggregate %s is not in this program\n", name)
		os.Exit(exitConfig)
	}
	return at(percent / 100)
}

var aggregates = map[string][]string{
	"counter": {"count", "rate"}, "rate": {"rate", "passes", "fails"}, "gauge": {"value", "min", "max"},
	"trend": {"avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "count"},
}

var expression = regexp.MustCompile(`^\s*([a-z]+(?:\([\d.]+\))?)\s*(<=|>=|===|==|!=|<|>)\s*([\d.]+)\s*$`)

// summary gives the data for handleSummary, and whether every threshold was kept.
func (m *metrics) summary(thresholds map[string]json.RawMessage, long time.Duration) (map[string]any, bool) {
	kept := true
	told := map[string]any{}
	for name := range thresholds {
		if base, _, _ := strings.Cut(name, "{"); m.byName[base] == nil && base == "dropped_iterations" {
			m.counter(base)
		}
	}
	for name, one := range m.byName {
		values := map[string]any{}
		for _, aggregate := range aggregates[one.kind] {
			values[aggregate] = one.aggregate(aggregate, long.Seconds())
		}
		judged := map[string]any{}
		for _, text := range expressions(thresholds[name]) {
			ok := one.keeps(text, long.Seconds())
			kept = kept && ok
			judged[text] = map[string]any{"ok": ok}
		}
		told[name] = map[string]any{"type": one.kind, "contains": "default", "values": values, "thresholds": judged}
	}
	checks := []any{}
	for name, counts := range m.checks {
		checks = append(checks, map[string]any{"name": name, "path": "::" + name, "id": name, "passes": counts[0], "fails": counts[1]})
	}
	return map[string]any{
		"metrics":    told,
		"root_group": map[string]any{"name": "", "path": "", "id": "", "groups": []any{}, "checks": checks},
		"state":      map[string]any{"testRunDurationMs": milliseconds(long)},
		"options":    map[string]any{},
	}, kept
}

// expressions are texts, or objects with a threshold.
func expressions(written json.RawMessage) []string {
	var list []any
	_ = json.Unmarshal(written, &list)
	texts := []string{}
	for _, one := range list {
		if detailed, is := one.(map[string]any); is {
			one = detailed["threshold"]
		}
		texts = append(texts, fmt.Sprint(one))
	}
	return texts
}

func (m *metric) keeps(text string, seconds float64) bool {
	parts := expression.FindStringSubmatch(text)
	if parts == nil {
		fmt.Fprintf(os.Stderr, "%s is no threshold\n", text)
		os.Exit(exitConfig)
	}
	value := m.aggregate(parts[1], seconds)
	limit, _ := strconv.ParseFloat(parts[3], 64)
	switch parts[2] {
	case "<":
		return value < limit
	case "<=":
		return value <= limit
	case ">":
		return value > limit
	case ">=":
		return value >= limit
	case "!=":
		return value != limit
	}
	return value == limit
}

func milliseconds(long time.Duration) float64 { return float64(long) / float64(time.Millisecond) }
