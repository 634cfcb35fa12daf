"""Dials PORT by QUIC as a libp2p peer and breaks the rules of RFC 9000 for streams; prints how each attempt ended.

With a second argument, a number, it sends instead so many bytes of streams, each with a gap before it, and tells once
they are acknowledged. It stays connected until its standard input ends, and then sends as many again.
"""

import asyncio
import collections
import datetime
import sys

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.buffer import encode_uint_var
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection
from aioquic.quic.events import ConnectionTerminated, StreamDataReceived
from aioquic.quic.packet import QuicPacketType
from aioquic.quic.packet_builder import QuicDeliveryState
from aioquic.tls import Epoch
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

STREAM_WINDOW = 2 << 20
CONNECTION_WINDOW = 4 << 20
STREAMS = 256
# What fits in a packet of 1200 bytes.
PAYLOAD = 1100


def stream(index: int, offset: int, data: bytes = b"x", fin: bool = False, kind: int = 0) -> bytes:
    """A STREAM frame of the client's stream INDEX; of kind 0, in both directions, or 2, in one."""
    return (
        bytes([0x0E | fin])
        + encode_uint_var(4 * index + kind)
        + encode_uint_var(offset)
        + encode_uint_var(len(data))
        + data
    )


def reset(index: int, final_size: int) -> bytes:
    return b"\x04" + encode_uint_var(4 * index) + encode_uint_var(0) + encode_uint_var(final_size)


# Each list is sent as it is, one packet for each item.
ATTEMPTS = {
    "nothing bad": [],
    "the end of the stream window": [stream(0, STREAM_WINDOW - 1)],
    "above the stream window": [stream(0, STREAM_WINDOW)],
    "a reset above the stream window": [reset(0, STREAM_WINDOW + 1)],
    "the end of the connection window": [
        stream(0, STREAM_WINDOW - 1),
        stream(1, CONNECTION_WINDOW - STREAM_WINDOW - 1),
    ],
    "above the connection window": [
        stream(0, STREAM_WINDOW - 1),
        stream(1, CONNECTION_WINDOW - STREAM_WINDOW),
    ],
    # With a gap before it, so that nobody reads and answers it.
    "the last stream": [stream(STREAMS - 1, 1)],
    "a stream above the limit": [stream(STREAMS, 0)],
    "a stream far above the limit": [stream((1 << 60) - 1, 0)],
    "data after the end": [stream(0, 0, b"xx", fin=True) + stream(0, 2)],
    "a unidirectional stream": [stream(0, 0, kind=2)],
    "a datagram": [b"\x31\x01x"],
}


def certificate() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Self-signed, with the extension that binds it to a new Ed25519 identity."""
    identity = ed25519.Ed25519PrivateKey.generate()
    key = ec.generate_private_key(ec.SECP256R1())
    public = b"\x08\x01\x12\x20" + identity.public_key().public_bytes_raw()
    spki = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signature = identity.sign(b"libp2p-tls-handshake:" + spki)
    octets = b"".join(bytes([4, len(each)]) + each for each in (public, signature))
    now = datetime.datetime.now(datetime.timezone.utc)
    signed = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.UnrecognizedExtension(
                x509.ObjectIdentifier("1.3.6.1.4.1.53594.1.1"), bytes([0x30, len(octets)]) + octets
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return signed, key


class Peer(QuicConnectionProtocol):
    """Sends frames as they are given, past every limit but that of congestion."""

    def __init__(self, quic: QuicConnection, stream_handler=None) -> None:
        super().__init__(quic, stream_handler)
        self.accepted = asyncio.Event()
        self.ended = asyncio.get_running_loop().create_future()
        self.sent = asyncio.Event()
        self.waiting = collections.deque()
        self.unacknowledged = 0
        self.usual = quic._write_application
        quic._write_application = self.write_application

    def quic_event_received(self, event) -> None:
        super().quic_event_received(event)
        if isinstance(event, ConnectionTerminated) and not self.ended.done():
            self.ended.set_result(event)
        elif isinstance(event, StreamDataReceived):
            # A stream of the remote's own: it has judged the certificate.
            self.accepted.set()

    def write_application(self, builder, network_path, now) -> None:
        crypto = self._quic._cryptos[Epoch.ONE_RTT]
        while self._quic._handshake_complete and self.waiting:
            builder.start_packet(QuicPacketType.ONE_RTT, crypto)
            frames = self.waiting[0]
            buffer = builder.start_frame(
                frames[0], capacity=len(frames), handler=self.delivered, handler_args=(frames,)
            )
            buffer.push_bytes(frames[1:])
            self.waiting.popleft()
        self.usual(builder, network_path, now)

    def delivered(self, delivery: QuicDeliveryState, frames: bytes) -> None:
        if delivery == QuicDeliveryState.ACKED:
            self.unacknowledged -= 1
            if self.unacknowledged == 0:
                self.sent.set()
        else:
            self.waiting.append(frames)

    async def send(self, packets: list[bytes]) -> str:
        """How it ended: "open" once all is acknowledged, or the code that the remote closed the connection with."""
        await self.accepted.wait()
        self.waiting.extend(packets)
        self.unacknowledged = len(packets)
        self.sent.clear()
        self.transmit()
        if packets:
            sending = asyncio.ensure_future(self.sent.wait())
            await asyncio.wait([sending, self.ended], return_when=asyncio.FIRST_COMPLETED)
            sending.cancel()
        if not self.ended.done():
            # Its answer comes after what the packets before it have caused.
            pinging = asyncio.ensure_future(self.ping())
            await asyncio.wait([pinging, self.ended], return_when=asyncio.FIRST_COMPLETED)
            pinging.cancel()
        return hex(self.ended.result().error_code) if self.ended.done() else "open"


def scattered(first: int, end: int) -> list[bytes]:
    """Bytes by their numbers, over all streams, with a gap before each, so that none can be given to a reader."""
    packets = []
    packet = bytearray()
    for i in range(first, end):
        frame = stream(i % STREAMS, 1 + 2 * (i // STREAMS))
        if len(packet) + len(frame) > PAYLOAD:
            packets.append(bytes(packet))
            packet.clear()
        packet += frame
    packets.append(bytes(packet))
    return packets


def dial(port: int):
    signed, key = certificate()
    configuration = QuicConfiguration(
        is_client=True, alpn_protocols=["libp2p"], verify_mode=0, certificate=signed, private_key=key
    )
    return connect("127.0.0.1", port, configuration=configuration, create_protocol=Peer)


async def attempt(port: int, name: str, packets: list[bytes]) -> None:
    async with asyncio.timeout(5):
        async with dial(port) as peer:
            print(name, "->", await peer.send(packets))


async def scatter(port: int, count: int) -> None:
    some, more = scattered(0, count), scattered(count, 2 * count)
    async with dial(port) as peer:
        print("some ->", await peer.send(some), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        print("as many again ->", await peer.send(more), flush=True)


async def main() -> None:
    port = int(sys.argv[1])
    if len(sys.argv) > 2:
        await scatter(port, int(sys.argv[2]))
    else:
        for name, packets in ATTEMPTS.items():
            await attempt(port, name, packets)


asyncio.run(main())
