//! The protocols of the tests, as listeners serve them.

use std::io;

use futures::{AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use libp2p::{Stream, StreamProtocol};

pub const ECHO: StreamProtocol = StreamProtocol::new("/proteus-test/echo/1.0.0");
pub const RESET: StreamProtocol = StreamProtocol::new("/proteus-test/reset/1.0.0");
pub const PERF: StreamProtocol = StreamProtocol::new("/perf/1.0.0");

/// The most that is read or written at once.
pub const CHUNK: usize = 64 << 10;

/// Serves a stream on a task of its own. An error drops the stream unfinished, which resets it.
pub fn serve(protocol: StreamProtocol, stream: Stream) {
    tokio::spawn(async move {
        let served = if protocol == ECHO {
            echo(stream).await
        } else if protocol == PERF {
            perf(stream).await
        } else {
            reset(stream).await
        };
        if let Err(error) = served {
            eprintln!("peer: {protocol}: {error}");
        }
    });
}

async fn echo(mut stream: Stream) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return stream.close().await,
            read => {
                stream.write_all(&buffer[..read]).await?;
                stream.flush().await?;
            }
        }
    }
}

/// Reads the wanted number of bytes and whatever follows, and then sends that many.
async fn perf(mut stream: Stream) -> io::Result<()> {
    let mut wanted = [0; 8];
    stream.read_exact(&mut wanted).await?;
    let mut buffer = vec![0; CHUNK];
    while stream.read(&mut buffer).await? > 0 {}
    write_zeros(&mut stream, u64::from_be_bytes(wanted)).await?;
    stream.close().await
}

/// Over QUIC the library has no reset: a dropped stream ends cleanly and only stops what the remote sends.
async fn reset(mut stream: Stream) -> io::Result<()> {
    stream.read_exact(&mut [0]).await
}

pub async fn write_zeros(to: &mut (impl AsyncWrite + Unpin), length: u64) -> io::Result<()> {
    let zeros = vec![0; CHUNK];
    let mut left = length;
    while left > 0 {
        let next = left.min(CHUNK as u64);
        to.write_all(&zeros[..next as usize]).await?;
        left -= next;
    }
    Ok(())
}
