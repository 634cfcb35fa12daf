/** What sessions and handshakes see of the chain: its tip, and which blocks it has. */
package proteus.application.chain;
