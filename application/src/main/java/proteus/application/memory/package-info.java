/** The node-wide budget for memory that peers fill: both stacks draw on it before they take a frame's bytes. */
package proteus.application.memory;
