/** The JDK's own answers to the ports of time, randomness and long work. */
package proteus.application.runtime;
