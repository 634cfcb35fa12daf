/** Compares the stacks by what was measured of them, and takes sessions back from libp2p where that is worse. */
@org.jspecify.annotations.NullMarked
package proteus.application.comparison;
