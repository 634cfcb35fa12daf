/** Starts the program. */
package proteus.bootstrap;
