//! Streams for protocols that are plain functions.
//!
//! The crate libp2p-stream is not enough: it drops inbound streams that come faster than its one reader takes them,
//! and a test here opens a hundred at once.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::task::{Context, Poll, ready};

use libp2p::core::transport::PortUse;
use libp2p::core::{Endpoint, InboundUpgrade, OutboundUpgrade, UpgradeInfo};
use libp2p::swarm::handler::{ConnectionEvent, DialUpgradeError, FullyNegotiatedInbound, FullyNegotiatedOutbound};
use libp2p::swarm::{
    ConnectionDenied, ConnectionHandler, ConnectionHandlerEvent, ConnectionId, FromSwarm, NetworkBehaviour,
    NotifyHandler, StreamUpgradeError, SubstreamProtocol, THandler, THandlerInEvent, THandlerOutEvent, ToSwarm,
};
use libp2p::{Multiaddr, PeerId, Stream, StreamProtocol};
use tokio::sync::{mpsc, oneshot};

/// Serves an inbound stream on a task of its own; it must not block.
type Serve = fn(StreamProtocol, Stream);

/// A wish for a stream, and where it goes.
#[derive(Debug)]
pub struct Request {
    peer: PeerId,
    protocol: StreamProtocol,
    opened: oneshot::Sender<io::Result<Stream>>,
}

/// Opens streams to peers that are connected.
#[derive(Clone)]
pub struct Opener(mpsc::UnboundedSender<Request>);

impl Opener {
    pub async fn open(&self, peer: PeerId, protocol: StreamProtocol) -> io::Result<Stream> {
        let (opened, stream) = oneshot::channel();
        let request = Request { peer, protocol, opened };
        self.0.send(request).map_err(|_| io::ErrorKind::BrokenPipe)?;
        stream.await.map_err(|_| io::ErrorKind::NotConnected)?
    }
}

pub struct Behaviour {
    served: Vec<StreamProtocol>,
    serve: Serve,
    requests: mpsc::UnboundedReceiver<Request>,
}

impl Behaviour {
    pub fn new(served: Vec<StreamProtocol>, serve: Serve) -> (Self, Opener) {
        let (sender, requests) = mpsc::unbounded_channel();
        let behaviour = Self {
            served,
            serve,
            requests,
        };
        (behaviour, Opener(sender))
    }

    fn handler(&self) -> Handler {
        Handler {
            served: self.served.clone(),
            serve: self.serve,
            requested: Vec::new(),
        }
    }
}

impl NetworkBehaviour for Behaviour {
    type ConnectionHandler = Handler;
    type ToSwarm = Infallible;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(self.handler())
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(self.handler())
    }

    fn on_swarm_event(&mut self, _: FromSwarm) {}

    fn on_connection_handler_event(&mut self, _: PeerId, _: ConnectionId, event: THandlerOutEvent<Self>) {
        match event {}
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<ToSwarm<Self::ToSwarm, THandlerInEvent<Self>>> {
        match ready!(self.requests.poll_recv(cx)) {
            Some(request) => Poll::Ready(ToSwarm::NotifyHandler {
                peer_id: request.peer,
                handler: NotifyHandler::Any,
                event: request,
            }),
            None => Poll::Pending,
        }
    }
}

/// The streams of one connection.
pub struct Handler {
    served: Vec<StreamProtocol>,
    serve: Serve,
    requested: Vec<Request>,
}

impl ConnectionHandler for Handler {
    type FromBehaviour = Request;
    type ToBehaviour = Infallible;
    type InboundProtocol = Named;
    type OutboundProtocol = Named;
    type InboundOpenInfo = ();
    type OutboundOpenInfo = oneshot::Sender<io::Result<Stream>>;

    fn listen_protocol(&self) -> SubstreamProtocol<Named> {
        SubstreamProtocol::new(Named(self.served.clone()), ())
    }

    fn on_behaviour_event(&mut self, request: Request) {
        self.requested.push(request);
    }

    fn poll(
        &mut self,
        _: &mut Context<'_>,
    ) -> Poll<ConnectionHandlerEvent<Named, Self::OutboundOpenInfo, Self::ToBehaviour>> {
        match self.requested.pop() {
            Some(Request { protocol, opened, .. }) => Poll::Ready(ConnectionHandlerEvent::OutboundSubstreamRequest {
                protocol: SubstreamProtocol::new(Named(vec![protocol]), opened),
            }),
            // Polled again after each event of the behaviour.
            None => Poll::Pending,
        }
    }

    fn on_connection_event(&mut self, event: ConnectionEvent<Named, Named, (), Self::OutboundOpenInfo>) {
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound {
                protocol: (protocol, stream),
                ..
            }) => (self.serve)(protocol, stream),
            ConnectionEvent::FullyNegotiatedOutbound(FullyNegotiatedOutbound {
                protocol: (_, stream),
                info: opened,
            }) => drop(opened.send(Ok(stream))),
            ConnectionEvent::DialUpgradeError(DialUpgradeError { error, info: opened }) => {
                let cause = match error {
                    StreamUpgradeError::Timeout => io::ErrorKind::TimedOut.into(),
                    StreamUpgradeError::NegotiationFailed => io::Error::other("the remote has not the protocol"),
                    StreamUpgradeError::Io(error) => error,
                    StreamUpgradeError::Apply(never) => match never {},
                };
                drop(opened.send(Err(cause)));
            }
            _ => {}
        }
    }
}

/// Protocols that need no more than their name to be agreed on.
pub struct Named(Vec<StreamProtocol>);

impl UpgradeInfo for Named {
    type Info = StreamProtocol;
    type InfoIter = std::vec::IntoIter<StreamProtocol>;

    fn protocol_info(&self) -> Self::InfoIter {
        self.0.clone().into_iter()
    }
}

impl InboundUpgrade<Stream> for Named {
    type Output = (StreamProtocol, Stream);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Self::Error>>;

    fn upgrade_inbound(self, stream: Stream, agreed: StreamProtocol) -> Self::Future {
        ready(Ok((agreed, stream)))
    }
}

impl OutboundUpgrade<Stream> for Named {
    type Output = (StreamProtocol, Stream);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Self::Error>>;

    fn upgrade_outbound(self, stream: Stream, agreed: StreamProtocol) -> Self::Future {
        ready(Ok((agreed, stream)))
    }
}
