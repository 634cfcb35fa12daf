/**
 * A tree laid out as the project is, with classes that each break one wall of the architecture and innocent ones that
 * break none. Nothing here is ever run.
 */
package planted;
