/** Neptune's original TCP stack, on Netty. Nothing yet: its issue has not come. */
package proteus.adapters.legacytcp;
