/** How a node judges a chain that claims to be far better than its own, and how it says which blocks it has. Pure. */
package proteus.domain.sync;
