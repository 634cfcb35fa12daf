/** Catching up with a chain that is far better: which one, how it was shown to be, and the fetching of its blocks. */
package proteus.application.sync;
