/** Neptune's original stack, in the builds that have it. */
package proteus.bootstrap.legacy;
