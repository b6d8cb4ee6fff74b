// Runs a bundle of `dialproof load run --engine k6` on Sobek, the JavaScript interpreter that k6 uses.
//
// It takes the command line that dialproof gives to k6 and knows only what the scenarios need. It is written from the
// public documentation of k6 and of Sobek. It is a test: a bundle that the interpreter cannot run fails here.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/grafana/sobek"
)

// Exit codes of k6's documentation.
const (
	exitThresholds = 99
	exitConfig     = 104
	exitSignal     = 105
	exitScript     = 107
	exitAborted    = 108
)

type run struct {
	file         string
	env          map[string]string
	console      *os.File
	mu           sync.Mutex
	metrics      *metrics
	started      time.Time
	stop         chan struct{}
	stopOnce     sync.Once
	aborted      bool
	loopbackOnly bool
	// The script and the modules of k6, compiled once.
	module  *sobek.SourceTextModuleRecord
	modules map[string]sobek.ModuleRecord
	// vus has each VU by its interpreter.
	vus sync.Map
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "version" {
		fmt.Println("k6 v2.2.0 (a stand-in on sobek)")
		return
	}
	if len(os.Args) < 3 || os.Args[1] != "run" {
		fail(exitConfig, "usage: version | run [flags] FILE")
	}
	os.Exit(carryOut(os.Args[2:]))
}

func fail(code int, format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(code)
}

func carryOut(args []string) int {
	r := &run{env: map[string]string{}, console: os.Stderr, metrics: newMetrics(), stop: make(chan struct{}), modules: map[string]sobek.ModuleRecord{}}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "--quiet", "--no-usage-report", "--log-format", "--tag":
		case "--blacklist-ip":
			r.loopbackOnly = true
		case "--console-output":
			file, err := os.OpenFile(value, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
			if err != nil {
				fail(exitConfig, "%v", err)
			}
			r.console = file
		default:
			if strings.HasPrefix(name, "-") || r.file != "" {
				fail(exitConfig, "unknown argument %s", arg)
			}
			r.file = arg
		}
	}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		r.env[name] = value
	}
	r.file, _ = filepath.Abs(r.file)
	source, err := os.ReadFile(r.file)
	if err != nil {
		fail(exitConfig, "%v", err)
	}
	r.module, err = sobek.ParseModule(r.file, string(source), r.resolve)
	if err != nil {
		fail(exitScript, "%v", err)
	}
	if err := r.module.Link(); err != nil {
		fail(exitScript, "%v", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	interrupted := false
	go func() {
		<-signals
		interrupted = true
		r.end()
	}()

	first, err := newVU(r, 0)
	if err != nil {
		fail(exitScript, "%v", err)
	}
	var options options
	if err := json.Unmarshal([]byte(first.optionsJSON()), &options); err != nil {
		fail(exitConfig, "options: %v", err)
	}
	r.started = time.Now()
	setup, err := first.hook("setup", nil)
	if err != nil {
		fail(exitScript, "setup: %v", err)
	}
	var wait sync.WaitGroup
	for name, plan := range options.scenarios() {
		wait.Add(1)
		go func() {
			defer wait.Done()
			if err := r.runScenario(name, plan, setup); err != nil {
				fail(exitConfig, "%v", err)
			}
		}()
	}
	wait.Wait()
	if _, err := first.hook("teardown", setup); err != nil {
		fail(exitScript, "teardown: %v", err)
	}
	data, kept := r.metrics.summary(options.Thresholds, time.Since(r.started))
	if err := first.handleSummary(data); err != nil {
		fail(exitScript, "handleSummary: %v", err)
	}
	switch {
	case interrupted:
		return exitSignal
	case r.aborted:
		return exitAborted
	case !kept:
		return exitThresholds
	}
	return 0
}

func (r *run) end() { r.stopOnce.Do(func() { close(r.stop) }) }

func (r *run) isOver() bool {
	select {
	case <-r.stop:
		return true
	default:
		return false
	}
}

func (r *run) log(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintln(r.console, line)
}
