package main

import (
	"encoding/binary"
	"io"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
)

const (
	echoProtocol  = protocol.ID("/proteus-test/echo/1.0.0")
	resetProtocol = protocol.ID("/proteus-test/reset/1.0.0")
	perfProtocol  = protocol.ID("/perf/1.0.0")
)

// serve adds the protocols of the tests to a host, which answers identify and ping already.
func serve(h host.Host) {
	h.SetStreamHandler(echoProtocol, orReset(func(s network.Stream) error {
		_, err := io.Copy(s, s)
		return err
	}))
	h.SetStreamHandler(perfProtocol, orReset(servePerf))
	h.SetStreamHandler(resetProtocol, func(s network.Stream) {
		io.ReadFull(s, make([]byte, 1))
		s.Reset()
	})
}

// orReset ends a stream: cleanly after its handler is done, with a reset after an error.
func orReset(handler func(network.Stream) error) network.StreamHandler {
	return func(s network.Stream) {
		if err := handler(s); err != nil {
			s.Reset()
			return
		}
		s.Close()
	}
}

// servePerf reads the wanted number of bytes and whatever follows, and then sends that many.
func servePerf(s network.Stream) error {
	var wanted [8]byte
	if _, err := io.ReadFull(s, wanted[:]); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, s); err != nil {
		return err
	}
	return writeZeros(s, binary.BigEndian.Uint64(wanted[:]))
}

func writeZeros(to io.Writer, length uint64) error {
	zeros := make([]byte, 64<<10)
	for length > 0 {
		chunk := zeros[:min(length, uint64(len(zeros)))]
		if _, err := to.Write(chunk); err != nil {
			return err
		}
		length -= uint64(len(chunk))
	}
	return nil
}
