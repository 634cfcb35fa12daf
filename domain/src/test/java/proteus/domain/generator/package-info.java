/** What the tests of more than one package generate their input with. */
package proteus.domain.generator;
