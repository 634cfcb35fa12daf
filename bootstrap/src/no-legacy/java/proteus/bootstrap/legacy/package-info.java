/** Stands where other builds have Neptune's original stack. */
package proteus.bootstrap.legacy;
