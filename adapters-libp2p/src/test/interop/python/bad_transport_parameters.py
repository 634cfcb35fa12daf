"""Dials PORT by QUIC with transport parameters that RFC 9000, 18.2 forbids; prints how each attempt ended."""

import asyncio
import sys

from aioquic.asyncio.client import connect
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection

# id, length, value: each a varint but the value.
BAD = {
    "nothing bad": b"",
    "ack delay exponent above 20": bytes([0x0A, 0x01, 0x15]),
    "max ack delay of 2^14": bytes([0x0B, 0x04, 0x80, 0x00, 0x40, 0x00]),
    "datagrams below 1200 bytes": bytes([0x03, 0x02, 0x41, 0x00]),
    "a length beyond the end": bytes([0x04, 0x3F, 0x00]),
    "a varint cut off": bytes([0x04, 0x08, 0xC0]),
    "a value longer than its number": bytes([0x04, 0x03, 0x01, 0x01, 0x01]),
    "a reset token of a client": bytes([0x02, 0x10]) + bytes(16),
    "streams above 2^60": bytes([0x08, 0x08]) + bytes([0xFF] * 8),
    "the same parameter twice": bytes([0x04, 0x01, 0x10, 0x04, 0x01, 0x10]),
    "an initial source id of 255 bytes": bytes([0x0F, 0x40, 0xFF]) + bytes(255),
}


async def attempt(port: int, name: str, bad: bytes) -> None:
    usual = QuicConnection._serialize_transport_parameters
    QuicConnection._serialize_transport_parameters = lambda self: usual(self) + bad
    configuration = QuicConfiguration(is_client=True, alpn_protocols=["libp2p"], verify_mode=0)
    try:
        async with asyncio.timeout(2):
            async with connect("127.0.0.1", port, configuration=configuration):
                print(name, "-> connected")
    except (ConnectionError, TimeoutError) as ended:
        print(name, "->", type(ended).__name__)
    finally:
        QuicConnection._serialize_transport_parameters = usual


async def main() -> None:
    for name, bad in BAD.items():
        await attempt(int(sys.argv[1]), name, bad)


asyncio.run(main())
