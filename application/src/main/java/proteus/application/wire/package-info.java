/** The wire form of peer messages: bincode in both integer modes, limits before allocation. */
package proteus.application.wire;
