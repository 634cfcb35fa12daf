//! What a dialler does with a listener.

use std::io;
use std::time::{Duration, Instant};

use futures::future::{try_join, try_join_all};
use futures::{AsyncReadExt as _, AsyncWriteExt as _, StreamExt as _};
use libp2p::swarm::SwarmEvent;
use libp2p::{Multiaddr, PeerId, Stream, Swarm, identify, ping};
use rand::rngs::StdRng;
use rand::{Rng as _, RngCore as _, SeedableRng as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::Result;
use crate::node::{self, Behaviour, BehaviourEvent, Security, Serving};
use crate::serve::{self, CHUNK, write_zeros};
use crate::streams::Opener;

/// What goes over each of many streams.
const PER_STREAM: u64 = 64 << 10;

#[derive(Clone, Copy)]
pub enum Operation {
    Identify,
    Ping { count: u64 },
    Echo { bytes: u64 },
    Perf { up: u64, down: u64, count: u64 },
    Streams { count: u64 },
    RoundTrip,
    Reset,
}

impl Operation {
    pub fn parse(name: &str, bytes: u64, count: Option<u64>) -> Result<Self> {
        match name {
            "identify" => Ok(Self::Identify),
            "ping" => Ok(Self::Ping {
                count: count.unwrap_or(5),
            }),
            "echo" => Ok(Self::Echo { bytes }),
            "perf-up" => Ok(Self::Perf {
                up: bytes,
                down: 0,
                count: count.unwrap_or(1),
            }),
            "perf-down" => Ok(Self::Perf {
                up: 0,
                down: bytes,
                count: count.unwrap_or(1),
            }),
            "streams" => Ok(Self::Streams {
                count: count.unwrap_or(100),
            }),
            "rtt" => Ok(Self::RoundTrip),
            "reset" => Ok(Self::Reset),
            unknown => Err(format!("unknown operation {unknown}").into()),
        }
    }
}

/// Dials, does one operation, and returns what it has seen.
pub async fn run(operation: Operation, security: Security, target: Multiaddr) -> Result<Value> {
    // The library pings on its own as soon as there is a connection; the interval is that between what is measured.
    let (swarm, opener) = node::swarm(security, Serving::Nothing, Duration::from_millis(10))?;
    let began = Instant::now();
    let mut dialled = Dialled::dial(swarm, opener, target).await?;
    let seen = match operation {
        Operation::Identify => dialled.identify().await,
        Operation::Ping { count } => dialled.ping(count).await.map(|took| json!({ "ms": took })),
        Operation::Echo { bytes } => dialled.with(|it| it.echo(bytes)).await,
        Operation::Perf { up, down, count } => dialled.with(|it| it.perfs(up, down, count)).await,
        Operation::Streams { count } => dialled.with(|it| it.streams(count)).await,
        Operation::RoundTrip => dialled
            .with(|it| it.echo(1))
            .await
            .map(|_| json!({ "ms": millis(began.elapsed()) })),
        Operation::Reset => dialled.reset().await,
    };
    dialled.close().await;
    seen
}

fn millis(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}

/// A swarm with a connection, which lives only while it is polled.
struct Dialled {
    swarm: Swarm<Behaviour>,
    streams: Streams,
}

impl Dialled {
    async fn dial(mut swarm: Swarm<Behaviour>, opener: Opener, target: Multiaddr) -> Result<Self> {
        swarm.dial(target)?;
        loop {
            match swarm.select_next_some().await {
                SwarmEvent::ConnectionEstablished { peer_id: remote, .. } => {
                    let streams = Streams { opener, remote };
                    return Ok(Self { swarm, streams });
                }
                SwarmEvent::OutgoingConnectionError { error, .. } => return Err(error.into()),
                _ => {}
            }
        }
    }

    /// Polls the swarm until the event that is asked for; the end of the connection is an error.
    async fn event<T>(&mut self, mut wanted: impl FnMut(BehaviourEvent) -> Option<Result<T>>) -> Result<T> {
        loop {
            match self.swarm.select_next_some().await {
                SwarmEvent::Behaviour(event) => {
                    if let Some(found) = wanted(event) {
                        return found;
                    }
                }
                SwarmEvent::ConnectionClosed { cause, .. } => {
                    return Err(format!("the connection closed: {cause:?}").into());
                }
                _ => {}
            }
        }
    }

    /// Polls the swarm while something uses its streams.
    async fn with<T, F>(&mut self, operation: impl FnOnce(Streams) -> F) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        let used = operation(self.streams.clone());
        tokio::select! {
            done = used => done,
            closed = self.event(|_| None) => closed,
        }
    }

    async fn close(mut self) {
        if self.swarm.disconnect_peer_id(self.streams.remote).is_ok() {
            while !matches!(self.swarm.select_next_some().await, SwarmEvent::ConnectionClosed { .. }) {}
        }
    }

    async fn identify(&mut self) -> Result<Value> {
        let info = self
            .event(|event| match event {
                BehaviourEvent::Identify(identify::Event::Received { info, .. }) => Some(Ok(info)),
                BehaviourEvent::Identify(identify::Event::Error { error, .. }) => Some(Err(error.into())),
                _ => None,
            })
            .await?;
        Ok(json!({
            "agent": info.agent_version,
            "protocolVersion": info.protocol_version,
            "protocols": info.protocols.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "listenAddrs": info.listen_addrs,
            "observedAddr": info.observed_addr,
        }))
    }

    async fn ping(&mut self, count: u64) -> Result<Vec<f64>> {
        let mut took = Vec::new();
        for _ in 0..count {
            let answered = self.event(|event| match event {
                BehaviourEvent::Ping(ping::Event { result, .. }) => Some(result.map_err(Into::into)),
                _ => None,
            });
            took.push(millis(answered.await?));
        }
        Ok(took)
    }

    /// Resets a stream, has another reset by the remote, and pings to see that the connection took no harm.
    async fn reset(&mut self) -> Result<Value> {
        let remote_reset = self.with(Streams::resets).await?;
        // The first may have been answered before the resets.
        self.ping(2).await?;
        Ok(match remote_reset {
            RemoteReset::Reset => json!({ "ok": true }),
            RemoteReset::End => json!({ "ok": false, "remoteReset": "end" }),
        })
    }
}

/// How reading a stream ended that the remote was to reset.
enum RemoteReset {
    Reset,
    End,
}

#[derive(Clone)]
struct Streams {
    opener: Opener,
    remote: PeerId,
}

impl Streams {
    async fn echo(self, bytes: u64) -> Result<Value> {
        echo(self.opener.open(self.remote, serve::ECHO).await?, bytes).await?;
        Ok(json!({ "ok": true }))
    }

    async fn streams(self, count: u64) -> Result<Value> {
        try_join_all((0..count).map(|_| self.clone().echo(PER_STREAM))).await?;
        Ok(json!({ "ok": true, "streams": count }))
    }

    /// Transfers so many times, one after another; the last one counts.
    async fn perfs(self, up: u64, down: u64, count: u64) -> Result<Value> {
        for _ in 1..count {
            self.clone().perf(up, down).await?;
        }
        self.perf(up, down).await
    }

    /// Measures from the first byte sent to the end of the answer.
    async fn perf(self, up: u64, down: u64) -> Result<Value> {
        let mut stream = self.opener.open(self.remote, serve::PERF).await?;
        let began = Instant::now();
        stream.write_all(&down.to_be_bytes()).await?;
        write_zeros(&mut stream, up).await?;
        stream.close().await?;
        let mut buffer = vec![0; CHUNK];
        let mut received = 0;
        loop {
            match stream.read(&mut buffer).await? {
                0 => break,
                read => received += read as u64,
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        if received != down {
            return Err(format!("{received} bytes came of {down}").into());
        }
        let bytes = up + down;
        Ok(json!({ "bytes": bytes, "seconds": seconds, "mbps": bytes as f64 * 8.0 / 1e6 / seconds }))
    }

    async fn resets(self) -> Result<RemoteReset> {
        let mut ours = self.opener.open(self.remote, serve::ECHO).await?;
        ours.write_all(&vec![0; PER_STREAM as usize]).await?;
        ours.flush().await?;
        // The library resets a stream that is dropped before its end.
        drop(ours);

        let mut theirs = self.opener.open(self.remote, serve::RESET).await?;
        theirs.write_all(&[1]).await?;
        theirs.flush().await?;
        match theirs.read(&mut [0]).await {
            Err(_) => Ok(RemoteReset::Reset),
            Ok(0) => {
                // The library's yamux reads a reset as an end; but after an end writing still works, after a reset not.
                let written = async {
                    theirs.write_all(&[1]).await?;
                    theirs.flush().await
                };
                Ok(match written.await {
                    Err(_) => RemoteReset::Reset,
                    Ok(()) => RemoteReset::End,
                })
            }
            Ok(_) => Err("the remote was to reset the stream, but sent a byte".into()),
        }
    }
}

/// Sends random bytes in chunks of random lengths, reads meanwhile, and compares what came back.
async fn echo(stream: Stream, length: u64) -> Result<()> {
    let (mut reader, mut writer) = stream.split();
    let writing = async move {
        let mut random = StdRng::from_os_rng();
        let mut chunk = vec![0; CHUNK];
        let mut sent = Sha256::new();
        let mut left = length;
        while left > 0 {
            let next = left.min(random.random_range(1..=CHUNK as u64));
            let bytes = &mut chunk[..next as usize];
            random.fill_bytes(bytes);
            sent.update(&*bytes);
            writer.write_all(bytes).await?;
            left -= next;
        }
        writer.close().await?;
        Ok::<_, io::Error>(sent.finalize())
    };
    let reading = async move {
        let mut buffer = vec![0; CHUNK];
        let mut received = Sha256::new();
        let mut count = 0;
        loop {
            match reader.read(&mut buffer).await? {
                0 => return Ok((received.finalize(), count)),
                read => {
                    received.update(&buffer[..read]);
                    count += read as u64;
                }
            }
        }
    };
    let (sent, (received, count)) = try_join(writing, reading).await?;
    if count != length || sent != received {
        return Err(format!("{count} bytes came back of {length}, SHA-256 {received:x} of {sent:x}").into());
    }
    Ok(())
}
