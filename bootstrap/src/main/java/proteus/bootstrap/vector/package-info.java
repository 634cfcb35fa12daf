/**
 * Tip5 with the vectors of the processor: an acceleration that the process takes when it can, and does without otherwise.
 * Vectors are in a module that Java calls incubating, so that neither {@code domain} nor anything above it may need it.
 */
package proteus.bootstrap.vector;
