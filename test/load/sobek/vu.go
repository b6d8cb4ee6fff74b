package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/grafana/sobek"
)

// vu is one interpreter with its own copy of the script. Only one goroutine uses it at a time.
type vu struct {
	run       *run
	id        int64
	js        *sobek.Runtime
	env       *sobek.Object
	events    chan func()
	open      int
	iteration int64
	scenario  *scenario
	number    int64
}

var errAborted = errors.New("test aborted")

func newVU(r *run, id int64) (*vu, error) {
	v := &vu{run: r, id: id, js: sobek.New(), events: make(chan func(), 1000)}
	v.setGlobals()
	r.vus.Store(v.js, v)
	promise := v.js.CyclicModuleRecordEvaluate(r.module, r.resolve)
	if err := v.settle(promise); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *vu) setGlobals() {
	v.env = v.js.NewObject()
	for name, value := range v.run.env {
		_ = v.env.Set(name, value)
	}
	log := func(call sobek.FunctionCall) sobek.Value {
		parts := make([]string, len(call.Arguments))
		for i, one := range call.Arguments {
			parts[i] = one.String()
		}
		v.run.log(strings.Join(parts, " "))
		return sobek.Undefined()
	}
	for name, value := range map[string]any{
		"__ENV": v.env, "__VU": v.id, "__ITER": 0,
		"console": map[string]any{"log": log, "info": log, "warn": log, "error": log, "debug": log},
		"open": func(path string) (string, error) {
			text, err := os.ReadFile(path)
			return string(text), err
		},
		"setTimeout": func(callback sobek.Callable, ms float64) {
			v.later(func() func() {
				time.Sleep(time.Duration(ms * float64(time.Millisecond)))
				return func() { v.check(callback(sobek.Undefined())) }
			})
		},
		"TextEncoder": func(call sobek.ConstructorCall) *sobek.Object {
			_ = call.This.Set("encode", func(text string) sobek.Value { return v.bytes([]byte(text)) })
			return nil
		},
		"TextDecoder": func(call sobek.ConstructorCall) *sobek.Object {
			_ = call.This.Set("decode", func(data sobek.Value) string { return string(bytesOf(data)) })
			return nil
		},
	} {
		if err := v.js.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// bytes gives a Uint8Array.
func (v *vu) bytes(data []byte) sobek.Value {
	made, err := v.js.New(v.js.Get("Uint8Array"), v.js.ToValue(v.js.NewArrayBuffer(data)))
	if err != nil {
		panic(err)
	}
	return made
}

// later does slow work beside the interpreter. The function that it returns runs in the interpreter's turn.
func (v *vu) later(work func() func()) {
	v.open++
	go func() { then := work(); v.events <- then }()
}

// promise is a promise of slow work.
func (v *vu) promise(work func() (func() any, error)) sobek.Value {
	promise, resolve, reject := v.js.NewPromise()
	v.later(func() func() {
		value, err := work()
		return func() {
			if err != nil {
				v.check(nil, reject(v.js.NewGoError(err)))
			} else {
				v.check(nil, resolve(value()))
			}
		}
	})
	return v.js.ToValue(promise)
}

func (v *vu) check(_ sobek.Value, err error) {
	if err != nil {
		panic(err)
	}
}

// settle runs events until nothing is open, and gives the error of the promise.
func (v *vu) settle(value any) (err error) {
	defer func() {
		if thrown, is := recover().(error); is {
			err = thrown
		}
	}()
	for v.open > 0 {
		then := <-v.events
		v.open--
		then()
	}
	promise, is := value.(*sobek.Promise)
	if !is {
		return nil
	}
	switch promise.State() {
	case sobek.PromiseStateRejected:
		if exported, is := promise.Result().Export().(error); is {
			return exported
		}
		if object, is := promise.Result().(*sobek.Object); is && object.Get("stack") != nil {
			return errors.New(object.Get("stack").String())
		}
		return errors.New(promise.Result().String())
	case sobek.PromiseStatePending:
		return errors.New("a promise was never settled")
	}
	return nil
}

func (v *vu) exported(name string) sobek.Value {
	return v.js.NamespaceObjectFor(v.run.module).Get(name)
}

func (v *vu) optionsJSON() string {
	value := v.exported("options")
	if value == nil || sobek.IsUndefined(value) {
		return "{}"
	}
	text, err := json.Marshal(value)
	if err != nil {
		fail(exitConfig, "options: %v", err)
	}
	return string(text)
}

// call calls an export and waits for what it returns. A script without the export is left alone.
func (v *vu) call(name string, argument sobek.Value) (sobek.Value, error) {
	function, is := sobek.AssertFunction(v.exported(name))
	if !is {
		return nil, nil
	}
	result, err := function(sobek.Undefined(), argument)
	if err != nil {
		return nil, err
	}
	promise, is := result.Export().(*sobek.Promise)
	if !is {
		return result, v.settle(nil)
	}
	return promise.Result(), v.settle(promise)
}

// hook calls setup or teardown. The data is a copy, as JSON.
func (v *vu) hook(name string, data any) (any, error) {
	result, err := v.call(name, v.js.ToValue(data))
	if err != nil || result == nil {
		return nil, err
	}
	return result.Export(), nil
}

func (v *vu) handleSummary(data map[string]any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	parsed, err := v.js.RunString("(" + string(text) + ")")
	if err != nil {
		return err
	}
	files, err := v.call("handleSummary", parsed)
	if err != nil || files == nil {
		return err
	}
	for path, contents := range files.Export().(map[string]any) {
		if err := os.WriteFile(path, []byte(fmt.Sprint(contents)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (v *vu) iterate(s *scenario, setup any) {
	v.scenario, v.number = s, s.next.Add(1)-1
	_ = v.js.Set("__ITER", v.iteration)
	for name, value := range s.plan.Env {
		_ = v.env.Set(name, value)
	}
	began := time.Now()
	if _, is := sobek.AssertFunction(v.exported(s.plan.Exec)); !is {
		fail(exitConfig, "function %q is not exported", s.plan.Exec)
	}
	_, err := v.call(s.plan.Exec, v.js.ToValue(setup))
	v.iteration++
	v.run.metrics.trend("iteration_duration").add(milliseconds(time.Since(began)))
	v.run.metrics.counter("iterations").add(1)
	if err != nil && !errors.Is(err, errAborted) && !v.run.aborted {
		// As k6 writes an exception: the message and its stack frames.
		text := err.Error()
		var thrown *sobek.Exception
		if errors.As(err, &thrown) {
			text = thrown.String()
		}
		fmt.Fprintln(os.Stderr, text)
		v.run.failed(err)
	}
}
