/** Proteus and other implementations of libp2p, each as a program of its own, over loopback. */
package proteus.bootstrap.interop.libp2p;
