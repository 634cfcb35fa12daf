/** Raw TCP connections on Netty's NIO transport, dialled and accepted; what happens on them is others' business. */
package proteus.adapters.libp2p.engine.transport.tcp;
