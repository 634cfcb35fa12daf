// A small libp2p peer on go-libp2p, the other side of the interoperability tests.
//
//	peer listen --transport tcp|quic --security noise|tls --port P
//	peer dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]
//
// A listener prints its address first and serves until SIGTERM or the end of its standard input. A dialler does one
// operation and prints one line of JSON, or says on standard error why it could not.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	libp2pquic "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
)

// patience is what a whole operation may take.
const patience = 5 * time.Minute

const usage = `usage: peer listen --transport tcp|quic --security noise|tls --port P
       peer dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 0 && args[0] == "listen":
		return listen(args[1:])
	case len(args) > 1 && args[0] == "dial":
		return dial(args[1], args[2:])
	default:
		return errors.New(usage)
	}
}

func listen(args []string) error {
	flags := flag.NewFlagSet("listen", flag.ContinueOnError)
	transport := flags.String("transport", "tcp", "tcp or quic")
	security := flags.String("security", "noise", "noise or tls; QUIC has its own")
	port := flags.Int("port", 0, "on 127.0.0.1; 0 for any")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var address string
	switch *transport {
	case "tcp":
		address = fmt.Sprintf("/ip4/127.0.0.1/tcp/%d", *port)
	case "quic":
		address = fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1", *port)
	default:
		return fmt.Errorf("unknown transport %q", *transport)
	}
	h, err := newHost(*security, libp2p.ListenAddrStrings(address))
	if err != nil {
		return err
	}
	defer h.Close()
	serve(h)
	fmt.Printf("%s/p2p/%s\n", h.Addrs()[0], h.ID())

	stopped, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	<-stopped.Done()
	return nil
}

func dial(target string, args []string) error {
	flags := flag.NewFlagSet("dial", flag.ContinueOnError)
	security := flags.String("security", "noise", "noise or tls; QUIC has its own")
	name := flags.String("op", "ping", "identify, ping, echo, perf-up, perf-down, streams, rtt or reset")
	bytes := flags.Int64("bytes", 16<<20, "for echo, perf-up and perf-down")
	count := flags.Int("count", 0, "of pings, by default 5, of streams, by default 100, or of transfers of perf, by default 1")
	if err := flags.Parse(args); err != nil {
		return err
	}
	h, err := newHost(*security, libp2p.NoListenAddrs)
	if err != nil {
		return err
	}
	defer h.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	seen, err := operate(ctx, h, target, *name, *bytes, *count)
	if err != nil {
		return fmt.Errorf("%s with %s: %w", *name, target, err)
	}
	return json.NewEncoder(os.Stdout).Encode(seen)
}

// newHost makes a host with TCP and QUIC, with this security on TCP, and with nothing that acts of itself.
func newHost(security string, option libp2p.Option) (host.Host, error) {
	var secured libp2p.Option
	switch security {
	case "noise":
		secured = libp2p.Security(noise.ID, noise.New)
	case "tls":
		secured = libp2p.Security(libp2ptls.ID, libp2ptls.New)
	default:
		return nil, fmt.Errorf("unknown security %q", security)
	}
	return libp2p.New(
		option,
		secured,
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Transport(libp2pquic.NewTransport),
		libp2p.ResourceManager(&network.NullResourceManager{}),
		libp2p.UserAgent("go-libp2p/"+version()),
		libp2p.ProtocolVersion("/proteus-test/1.0.0"),
		libp2p.DisableRelay(),
		libp2p.DisableMetrics(),
	)
}

// version is that of the library, as go.mod pins it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/libp2p/go-libp2p" {
				return module.Version
			}
		}
	}
	return "unknown"
}
