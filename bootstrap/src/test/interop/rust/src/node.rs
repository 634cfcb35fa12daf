//! A swarm with TCP and QUIC, with one security on TCP, and with nothing that acts of itself.

use std::str::FromStr;
use std::time::Duration;

use futures::future::Either;
use libp2p::core::muxing::StreamMuxerBox;
use libp2p::core::upgrade::Version;
use libp2p::identity::Keypair;
use libp2p::swarm::{self, NetworkBehaviour};
use libp2p::{Swarm, Transport as _, identify, noise, ping, quic, tcp, tls, yamux};

use crate::Result;
use crate::serve;
use crate::streams::{self, Opener};

/// With the version that Cargo.toml pins.
const AGENT: &str = "rust-libp2p/0.57.1";

/// Longer than any test leaves a connection idle.
const IDLE: Duration = Duration::from_secs(300);

/// More streams at once than any test opens.
const MANY_STREAMS: usize = 1024;

#[derive(Clone, Copy)]
pub enum Security {
    Noise,
    Tls,
}

impl FromStr for Security {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        match name {
            "noise" => Ok(Self::Noise),
            "tls" => Ok(Self::Tls),
            unknown => Err(format!("unknown security {unknown}")),
        }
    }
}

/// What a swarm serves beside identify and ping.
pub enum Serving {
    Tests,
    Nothing,
}

#[derive(NetworkBehaviour)]
pub struct Behaviour {
    identify: identify::Behaviour,
    ping: ping::Behaviour,
    streams: streams::Behaviour,
}

pub fn swarm(security: Security, serving: Serving, ping_interval: Duration) -> Result<(Swarm<Behaviour>, Opener)> {
    let key = Keypair::generate_ed25519();
    let secured = tcp::tokio::Transport::new(tcp::Config::default()).upgrade(Version::V1Lazy);
    let tcp = match security {
        Security::Noise => secured
            .authenticate(noise::Config::new(&key)?)
            .multiplex(yamux::Config::default())
            .boxed(),
        Security::Tls => secured
            .authenticate(tls::Config::new(&key)?)
            .multiplex(yamux::Config::default())
            .boxed(),
    };
    let transport = quic::tokio::Transport::new(quic::Config::new(&key))
        .or_transport(tcp)
        .map(|connected, _| match connected {
            Either::Left((peer, connection)) => (peer, StreamMuxerBox::new(connection)),
            Either::Right(upgraded) => upgraded,
        })
        .boxed();

    let served = match serving {
        Serving::Tests => vec![serve::ECHO, serve::PERF, serve::RESET],
        Serving::Nothing => vec![],
    };
    let (streams, opener) = streams::Behaviour::new(served, serve::serve);
    let about = identify::Config::new("/proteus-test/1.0.0".to_owned(), key.public());
    let behaviour = Behaviour {
        identify: identify::Behaviour::new(about.with_agent_version(AGENT.to_owned())),
        ping: ping::Behaviour::new(ping::Config::new().with_interval(ping_interval)),
        streams,
    };
    let config = swarm::Config::with_tokio_executor()
        .with_idle_connection_timeout(IDLE)
        .with_max_negotiating_inbound_streams(MANY_STREAMS);
    let swarm = Swarm::new(transport, behaviour, key.public().to_peer_id(), config);
    Ok((swarm, opener))
}
