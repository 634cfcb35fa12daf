/**
 * What both RPCs read and write in the same form: the name of a block, an address, and a JSON value that can be written.
 * Nothing here knows how a call comes in.
 */
package proteus.adapters.rpc.value;
