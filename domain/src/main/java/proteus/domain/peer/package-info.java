/** What peers say to one another, and the policies that judge them. */
package proteus.domain.peer;
