package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"time"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
)

const (
	// chunk is the most that is written at once.
	chunk = 64 << 10
	// perStream is what goes over each of many streams.
	perStream = 64 << 10
)

// fields are what an operation prints.
type fields map[string]any

// operate dials, does one operation, and returns what it has seen.
func operate(ctx context.Context, h host.Host, target, name string, bytes int64, count int) (fields, error) {
	remote, err := peer.AddrInfoFromString(target)
	if err != nil {
		return nil, err
	}
	identified, err := h.EventBus().Subscribe(new(event.EvtPeerIdentificationCompleted))
	if err != nil {
		return nil, err
	}
	defer identified.Close()
	began := time.Now()
	if err := h.Connect(ctx, *remote); err != nil {
		return nil, err
	}
	switch name {
	case "identify":
		return identify(ctx, identified)
	case "ping":
		return pings(ctx, h, remote.ID, orDefault(count, 5))
	case "echo":
		if err := withStream(ctx, h, remote.ID, echoProtocol, func(s network.Stream) error {
			return echo(s, bytes)
		}); err != nil {
			return nil, err
		}
		return fields{"ok": true}, nil
	case "perf-up":
		return perfs(ctx, h, remote.ID, uint64(bytes), 0, orDefault(count, 1))
	case "perf-down":
		return perfs(ctx, h, remote.ID, 0, uint64(bytes), orDefault(count, 1))
	case "streams":
		return streams(ctx, h, remote.ID, orDefault(count, 100))
	case "rtt":
		if err := withStream(ctx, h, remote.ID, echoProtocol, func(s network.Stream) error {
			return echo(s, 1)
		}); err != nil {
			return nil, err
		}
		return fields{"ms": millis(time.Since(began))}, nil
	case "reset":
		return reset(ctx, h, remote.ID)
	default:
		return nil, fmt.Errorf("unknown operation %q", name)
	}
}

func orDefault(count, otherwise int) int {
	if count > 0 {
		return count
	}
	return otherwise
}

func millis(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}

// withStream opens a stream, uses it and closes it, or resets it after an error.
func withStream(
	ctx context.Context, h host.Host, remote peer.ID, name protocol.ID, use func(network.Stream) error,
) error {
	s, err := h.NewStream(ctx, remote, name)
	if err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok {
		// Some transports have no deadlines, which costs no more than a later end.
		_ = s.SetDeadline(deadline)
	}
	if err := use(s); err != nil {
		s.Reset()
		return err
	}
	return s.Close()
}

func identify(ctx context.Context, identified event.Subscription) (fields, error) {
	select {
	case e := <-identified.Out():
		seen := e.(event.EvtPeerIdentificationCompleted)
		listening := make([]string, 0, len(seen.ListenAddrs))
		for _, address := range seen.ListenAddrs {
			listening = append(listening, address.String())
		}
		observed := ""
		if seen.ObservedAddr != nil {
			observed = seen.ObservedAddr.String()
		}
		return fields{
			"agent":           seen.AgentVersion,
			"protocolVersion": seen.ProtocolVersion,
			"protocols":       seen.Protocols,
			"listenAddrs":     listening,
			"observedAddr":    observed,
		}, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("not identified: %w", ctx.Err())
	}
}

func pings(ctx context.Context, h host.Host, remote peer.ID, count int) (fields, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	took := make([]float64, 0, count)
	results := ping.Ping(ctx, h, remote)
	for range count {
		result, open := <-results
		if !open {
			return nil, fmt.Errorf("the pings ended after %d", len(took))
		}
		if result.Error != nil {
			return nil, result.Error
		}
		took = append(took, millis(result.RTT))
	}
	return fields{"ms": took}, nil
}

// echo sends random bytes in chunks of random lengths, reads meanwhile, and compares what came back.
func echo(s network.Stream, length int64) error {
	sent := sha256.New()
	written := make(chan error, 1)
	go func() {
		written <- func() error {
			for left := length; left > 0; {
				next := make([]byte, min(left, 1+mathrand.Int64N(chunk)))
				rand.Read(next)
				sent.Write(next)
				if _, err := s.Write(next); err != nil {
					return err
				}
				left -= int64(len(next))
			}
			return s.CloseWrite()
		}()
	}()
	received := sha256.New()
	count, err := io.Copy(received, s)
	if err != nil {
		// The writer may wait for a reader that is gone.
		s.Reset()
	}
	if err := errors.Join(err, <-written); err != nil {
		return err
	}
	if count != length || !bytes.Equal(sent.Sum(nil), received.Sum(nil)) {
		return fmt.Errorf("%d bytes came back of %d, SHA-256 %x of %x", count, length, received.Sum(nil), sent.Sum(nil))
	}
	return nil
}

// perfs transfers so many times, one after another; the last one counts.
func perfs(ctx context.Context, h host.Host, remote peer.ID, up, down uint64, count int) (seen fields, err error) {
	for i := 0; i < count && err == nil; i++ {
		seen, err = perf(ctx, h, remote, up, down)
	}
	return seen, err
}

// perf measures from the first byte sent to the end of the answer.
func perf(ctx context.Context, h host.Host, remote peer.ID, up, down uint64) (fields, error) {
	var seconds float64
	err := withStream(ctx, h, remote, perfProtocol, func(s network.Stream) error {
		began := time.Now()
		if _, err := s.Write(binary.BigEndian.AppendUint64(nil, down)); err != nil {
			return err
		}
		if err := writeZeros(s, up); err != nil {
			return err
		}
		if err := s.CloseWrite(); err != nil {
			return err
		}
		received, err := io.Copy(io.Discard, s)
		if err != nil {
			return err
		}
		if uint64(received) != down {
			return fmt.Errorf("%d bytes came of %d", received, down)
		}
		seconds = time.Since(began).Seconds()
		return nil
	})
	if err != nil {
		return nil, err
	}
	moved := up + down
	return fields{"bytes": moved, "seconds": seconds, "mbps": float64(moved) * 8 / 1e6 / seconds}, nil
}

// streams echoes over many streams at once.
func streams(ctx context.Context, h host.Host, remote peer.ID, count int) (fields, error) {
	done := make(chan error, count)
	for range count {
		go func() {
			done <- withStream(ctx, h, remote, echoProtocol, func(s network.Stream) error {
				return echo(s, perStream)
			})
		}()
	}
	var failed error
	for range count {
		failed = errors.Join(failed, <-done)
	}
	if failed != nil {
		return nil, failed
	}
	return fields{"ok": true, "streams": count}, nil
}

// reset resets a stream, has another reset by the remote, and pings to see that the connection took no harm.
func reset(ctx context.Context, h host.Host, remote peer.ID) (fields, error) {
	ours, err := h.NewStream(ctx, remote, echoProtocol)
	if err != nil {
		return nil, err
	}
	if _, err := ours.Write(make([]byte, perStream)); err != nil {
		return nil, err
	}
	if err := ours.Reset(); err != nil {
		return nil, err
	}
	theirs, err := h.NewStream(ctx, remote, resetProtocol)
	if err != nil {
		return nil, err
	}
	if _, err := theirs.Write([]byte{1}); err != nil {
		return nil, err
	}
	seen := fields{"ok": true}
	if _, err := theirs.Read(make([]byte, 1)); err == io.EOF {
		// Some implementations cannot reset a stream of QUIC; whoever asked must judge.
		seen = fields{"ok": false, "remoteReset": "end"}
	} else if !errors.Is(err, network.ErrReset) {
		return nil, fmt.Errorf("the remote was to reset the stream, but reading it gave: %v", err)
	}
	if connections := len(h.Network().ConnsToPeer(remote)); connections != 1 {
		return nil, fmt.Errorf("%d connections after the resets", connections)
	}
	if _, err := pings(ctx, h, remote, 1); err != nil {
		return nil, fmt.Errorf("ping after the resets: %w", err)
	}
	return seen, nil
}
