/** Messages for tests: seeded, of every kind, over every range that the wire has. No tests are in here. */
package proteus.application.samples;
