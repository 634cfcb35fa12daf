/** What the program logs, how it looks, and where it goes. The only place that knows Logback. */
package proteus.bootstrap.logging;
