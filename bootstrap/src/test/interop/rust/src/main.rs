//! A small libp2p peer on rust-libp2p, the other side of the interoperability tests.
//!
//! ```text
//! peer listen --transport tcp|quic --security noise|tls --port P
//! peer dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]
//! ```
//!
//! A listener prints its address first and serves until SIGTERM or the end of its standard input. A dialler does one
//! operation and prints one line of JSON, or says on standard error why it could not.

mod node;
mod operations;
mod serve;
mod streams;

use std::collections::HashMap;
use std::error::Error;
use std::io::Read as _;
use std::process::ExitCode;
use std::time::Duration;

use futures::StreamExt as _;
use libp2p::Multiaddr;
use libp2p::multiaddr::Protocol;
use libp2p::swarm::SwarmEvent;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use operations::Operation;

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What a whole operation may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Between a listener's own pings. Over QUIC the library answers a ping only when its own next one wakes it up.
const OWN_PINGS: Duration = Duration::from_millis(100);

const USAGE: &str = "usage: peer listen --transport tcp|quic --security noise|tls --port P
       peer dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]";

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["listen", options @ ..] => listen(options).await,
        ["dial", target, options @ ..] => dial(target, options).await,
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peer: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The words of the command line as names, without their dashes, and values.
fn options<'a>(words: &[&'a str]) -> Result<HashMap<&'a str, &'a str>> {
    words
        .chunks(2)
        .map(|pair| match pair {
            [name, value] if name.starts_with("--") => Ok((&name[2..], *value)),
            _ => Err(format!("not an option with its value: {pair:?}").into()),
        })
        .collect()
}

async fn listen(words: &[&str]) -> Result<()> {
    let options = options(words)?;
    let port = options.get("port").unwrap_or(&"0");
    let address: Multiaddr = match *options.get("transport").unwrap_or(&"tcp") {
        "tcp" => format!("/ip4/127.0.0.1/tcp/{port}").parse()?,
        "quic" => format!("/ip4/127.0.0.1/udp/{port}/quic-v1").parse()?,
        unknown => return Err(format!("unknown transport {unknown}").into()),
    };
    let security = options.get("security").unwrap_or(&"noise").parse()?;
    let (mut swarm, _) = node::swarm(security, node::Serving::Tests, OWN_PINGS)?;
    swarm.listen_on(address)?;
    let id = *swarm.local_peer_id();
    let mut terminated = signal(SignalKind::terminate())?;
    let mut abandoned = end_of_input();
    loop {
        tokio::select! {
            event = swarm.select_next_some() => {
                if let SwarmEvent::NewListenAddr { address, .. } = event {
                    println!("{}", address.with(Protocol::P2p(id)));
                }
            }
            _ = terminated.recv() => return Ok(()),
            _ = abandoned.recv() => return Ok(()),
        }
    }
}

/// A channel that ends with the standard input, which is read on a thread of its own because it blocks.
fn end_of_input() -> mpsc::Receiver<()> {
    let (ended, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut buffer = [0; 1024];
        while matches!(std::io::stdin().read(&mut buffer), Ok(read) if read > 0) {}
        drop(ended);
    });
    receiver
}

async fn dial(target: &str, words: &[&str]) -> Result<()> {
    let options = options(words)?;
    let number = |name: &str| options.get(name).map(|value| value.parse::<u64>()).transpose();
    let name = *options.get("op").unwrap_or(&"ping");
    let operation = Operation::parse(name, number("bytes")?.unwrap_or(16 << 20), number("count")?)?;
    let security = options.get("security").unwrap_or(&"noise").parse()?;
    let seen = tokio::time::timeout(PATIENCE, operations::run(operation, security, target.parse()?))
        .await
        .unwrap_or_else(|late| Err(late.into()))
        .map_err(|error| format!("{name} with {target}: {error}"))?;
    println!("{seen}");
    Ok(())
}
