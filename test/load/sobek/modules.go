package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/grafana/sobek"
)

// hostModule is a module that this program provides. All VUs share it; each evaluates it for itself.
type hostModule struct {
	run       *run
	specifier string
	names     []string
}

type hostInstance struct {
	members map[string]sobek.Value
}

func (m *hostModule) Link() error { return nil }

func (m *hostModule) GetExportedNames(callback func([]string), _ ...sobek.ModuleRecord) bool {
	callback(m.names)
	return true
}

func (m *hostModule) ResolveExport(name string, _ ...sobek.ResolveSetElement) (*sobek.ResolvedBinding, bool) {
	if !slices.Contains(m.names, name) {
		return nil, false
	}
	return &sobek.ResolvedBinding{BindingName: name, Module: m}, false
}

func (m *hostModule) Evaluate(js *sobek.Runtime) *sobek.Promise {
	known, _ := m.run.vus.Load(js)
	instance := &hostInstance{map[string]sobek.Value{}}
	whole := js.NewObject()
	for name, member := range known.(*vu).members(m.specifier) {
		instance.members[name] = js.ToValue(member)
		_ = whole.Set(name, instance.members[name])
	}
	instance.members["default"] = whole
	promise, resolve, _ := js.NewPromise()
	_ = resolve(instance)
	return promise
}

func (i *hostInstance) GetBindingValue(name string) sobek.Value { return i.members[name] }

// resolve gives the module of a specifier. Every module but the script is one of k6.
func (r *run) resolve(_ any, specifier string) (sobek.ModuleRecord, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, has := r.modules[specifier]; has {
		return known, nil
	}
	// The names do not depend on the VU.
	members := (&vu{run: r, js: sobek.New()}).members(specifier)
	if members == nil {
		return nil, fmt.Errorf("the module %s is not in this program", specifier)
	}
	names := append(slices.Collect(maps.Keys(members)), "default")
	module := &hostModule{r, specifier, names}
	r.modules[specifier] = module
	return module, nil
}

func (v *vu) members(specifier string) map[string]any {
	switch specifier {
	case "k6":
		return v.k6()
	case "k6/http":
		return v.http()
	case "k6/metrics":
		return v.metrics()
	case "k6/execution":
		return v.execution()
	case "k6/crypto":
		return v.crypto()
	case "k6/experimental/fs":
		return v.files()
	}
	return nil
}

func (v *vu) k6() map[string]any {
	return map[string]any{
		"sleep": func(seconds float64) { v.run.pause(time.Duration(seconds * float64(time.Second))) },
		"check": func(value sobek.Value, checks *sobek.Object) (bool, error) {
			all := true
			for _, name := range checks.Keys() {
				outcome := checks.Get(name)
				if checker, is := sobek.AssertFunction(outcome); is {
					result, err := checker(sobek.Undefined(), value)
					if err != nil {
						return false, err
					}
					outcome = result
				}
				v.run.metrics.check(name, outcome.ToBoolean())
				all = all && outcome.ToBoolean()
			}
			return all, nil
		},
	}
}

func (v *vu) metrics() map[string]any {
	members := map[string]any{}
	for _, kind := range []string{"counter", "rate", "trend", "gauge"} {
		members[string(kind[0]-32)+kind[1:]] = func(call sobek.ConstructorCall) *sobek.Object {
			metric := v.run.metrics.of(call.Argument(0).String(), kind)
			_ = call.This.Set("add", func(value sobek.Value) {
				number := value.ToFloat()
				if _, is := value.Export().(bool); is && value.ToBoolean() {
					number = 1
				}
				metric.add(number)
			})
			return nil
		}
	}
	return members
}

func (v *vu) execution() map[string]any {
	live := func(members map[string]func() any) *sobek.Object {
		object := v.js.NewObject()
		for name, member := range members {
			_ = object.DefineAccessorProperty(name, v.js.ToValue(func() any { return member() }), nil, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
		}
		return object
	}
	return map[string]any{
		"scenario": live(map[string]func() any{
			"name":                func() any { return v.scenario.name },
			"iterationInTest":     func() any { return v.number },
			"iterationInInstance": func() any { return v.number },
			"startTime":           func() any { return v.scenario.began.UnixMilli() },
		}),
		"vu": live(map[string]func() any{
			"idInTest":     func() any { return v.id },
			"idInInstance": func() any { return v.id },
		}),
		"test": map[string]any{"abort": func(why string) error {
			v.run.aborted = true
			v.run.end()
			return fmt.Errorf("%w: %s", errAborted, why)
		}},
	}
}

func (v *vu) crypto() map[string]any {
	return map[string]any{
		"sha256": func(data sobek.Value, form string) (any, error) { return v.digest(sha256.New(), data, form) },
		"hmac": func(name string, key, data sobek.Value, form string) (any, error) {
			if name != "sha256" {
				return nil, fmt.Errorf("hmac of %s is not in this program", name)
			}
			return v.digest(hmac.New(sha256.New, bytesOf(key)), data, form)
		},
	}
}

func (v *vu) digest(hash hash.Hash, data sobek.Value, form string) (any, error) {
	hash.Write(bytesOf(data))
	sum := hash.Sum(nil)
	switch form {
	case "hex":
		return hex.EncodeToString(sum), nil
	case "base64rawurl":
		return base64.RawURLEncoding.EncodeToString(sum), nil
	case "binary":
		return v.js.NewArrayBuffer(sum), nil
	}
	return nil, fmt.Errorf("the form %s of a hash is not in this program", form)
}

// bytesOf gives the bytes of a text, an ArrayBuffer or a view of one.
func bytesOf(value sobek.Value) []byte {
	if value == nil || sobek.IsUndefined(value) || sobek.IsNull(value) {
		return nil
	}
	switch data := value.Export().(type) {
	case sobek.ArrayBuffer:
		return data.Bytes()
	case []byte:
		return data
	}
	return []byte(value.String())
}

func (v *vu) files() map[string]any {
	done := func(value any, err error) sobek.Value {
		return v.promise(func() (func() any, error) { return func() any { return value }, err })
	}
	return map[string]any{
		"SeekMode": map[string]any{"Start": io.SeekStart, "Current": io.SeekCurrent, "End": io.SeekEnd},
		"open": func(path string) sobek.Value {
			file, err := os.Open(path)
			if err != nil {
				return done(nil, err)
			}
			return done(map[string]any{
				"path": path,
				"seek": func(offset int64, whence int) sobek.Value { return done(file.Seek(offset, whence)) },
				"read": func(into sobek.Value) sobek.Value {
					count, err := file.Read(bytesOf(into))
					if err == io.EOF {
						return done(nil, nil)
					}
					return done(count, err)
				},
			}, nil)
		},
	}
}
