package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

type options struct {
	Scenarios  map[string]*plan           `json:"scenarios"`
	Thresholds map[string]json.RawMessage `json:"thresholds"`
}

// plan has the members of every executor.
type plan struct {
	Executor                         string
	Exec                             string
	VUs                              int `json:"vus"`
	StartVUs                         int `json:"startVUs"`
	PreAllocatedVUs                  int `json:"preAllocatedVUs"`
	MaxVUs                           int `json:"maxVUs"`
	Iterations                       int64
	Rate, StartRate                  float64
	Duration, StartTime, MaxDuration string
	TimeUnit                         string
	Stages                           []stage
	Env                              map[string]string
	GracefulStop                     any
}

type stage struct {
	Duration string
	Target   float64
}

// scenarios gives the scenarios of the script; without any, one iteration.
func (o options) scenarios() map[string]*plan {
	if len(o.Scenarios) > 0 {
		return o.Scenarios
	}
	return map[string]*plan{"default": {Executor: "per-vu-iterations"}}
}

// scenario is one that runs. Its iterations are numbered over all VUs.
type scenario struct {
	name  string
	plan  *plan
	next  atomic.Int64
	began time.Time
	// ready is closed when its VUs are ready.
	ready chan struct{}
}

var lastVU atomic.Int64

func (r *run) runScenario(name string, p *plan, setup any) error {
	s := &scenario{name: name, plan: p, ready: make(chan struct{})}
	if p.Exec == "" {
		p.Exec = "default"
	}
	switch p.Executor {
	case "shared-iterations", "per-vu-iterations":
		each := max(p.Iterations, 1)
		var left atomic.Int64
		left.Store(each)
		return r.together(s, max(p.VUs, 1), setup, func(i int, once func()) {
			own := each
			for !r.isOver() {
				if p.Executor == "shared-iterations" && left.Add(-1) < 0 || own == 0 {
					return
				}
				own--
				once()
			}
		})
	case "constant-vus", "ramping-vus":
		stages := p.Stages
		if p.Executor == "constant-vus" {
			p.StartVUs = max(p.VUs, 1)
			stages = []stage{{p.Duration, float64(p.StartVUs)}}
		}
		most := float64(p.StartVUs)
		for _, one := range stages {
			most = max(most, one.Target)
		}
		return r.together(s, int(most), setup, func(i int, once func()) {
			for !r.isOver() {
				active, over := at(float64(p.StartVUs), stages, time.Since(s.began))
				if over {
					return
				}
				if float64(i) < active {
					once()
				} else {
					r.pause(10 * time.Millisecond)
				}
			}
		})
	case "constant-arrival-rate", "ramping-arrival-rate":
		return r.arrivals(s, setup)
	}
	return fmt.Errorf("unknown executor %q", p.Executor)
}

// together runs a loop on each of so many VUs.
func (r *run) together(s *scenario, count int, setup any, loop func(i int, once func())) error {
	vus := make([]*vu, count)
	for i := range vus {
		one, err := newVU(r, lastVU.Add(1))
		if err != nil {
			return err
		}
		vus[i] = one
	}
	r.pause(lasts(s.plan.StartTime, 0) - time.Since(r.started))
	s.began = time.Now()
	close(s.ready)
	var wait sync.WaitGroup
	for i, one := range vus {
		wait.Add(1)
		go func() {
			defer wait.Done()
			loop(i, func() { one.iterate(s, setup) })
		}()
	}
	wait.Wait()
	return nil
}

// arrivals starts iterations by the clock. Without a free VU an iteration is dropped.
func (r *run) arrivals(s *scenario, setup any) error {
	p := s.plan
	unit := lasts(p.TimeUnit, time.Second).Seconds()
	start, stages := p.StartRate, p.Stages
	if p.Executor == "constant-arrival-rate" {
		start, stages = p.Rate, []stage{{p.Duration, p.Rate}}
	}
	starts := make(chan struct{})
	go func() {
		defer close(starts)
		// The clock starts when the VUs are ready.
		<-s.ready
		for sent := 0.0; !r.isOver(); {
			due, over := started(start, stages, time.Since(s.began))
			for ; sent < math.Floor(due/unit+1e-6); sent++ {
				select {
				case starts <- struct{}{}:
				default:
					r.metrics.counter("dropped_iterations").add(1)
				}
			}
			if over {
				return
			}
			r.pause(2 * time.Millisecond)
		}
	}()
	return r.together(s, max(p.MaxVUs, p.PreAllocatedVUs), setup, func(_ int, once func()) {
		for range starts {
			once()
		}
	})
}

// started gives how many iterations a ramp of rates has started after some time, times the unit of its rates.
func started(rate float64, stages []stage, passed time.Duration) (float64, bool) {
	sum := 0.0
	for _, one := range stages {
		long := lasts(one.Duration, 0)
		part := min(passed, long)
		reached := one.Target
		if part < long {
			reached = rate + (one.Target-rate)*part.Seconds()/long.Seconds()
		}
		sum += (rate + reached) / 2 * part.Seconds()
		if passed < long {
			return sum, false
		}
		passed -= long
		rate = one.Target
	}
	return sum, true
}

// at gives the value of a ramp after some time, and whether the ramp is over.
func at(value float64, stages []stage, passed time.Duration) (float64, bool) {
	for _, one := range stages {
		long := lasts(one.Duration, 0)
		if passed < long {
			return value + (one.Target-value)*passed.Seconds()/long.Seconds(), false
		}
		passed -= long
		value = one.Target
	}
	return value, true
}

func lasts(text string, fallback time.Duration) time.Duration {
	if text == "" {
		return fallback
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitConfig)
	}
	return long
}

func (r *run) pause(long time.Duration) {
	select {
	case <-r.stop:
	case <-time.After(long):
	}
}
