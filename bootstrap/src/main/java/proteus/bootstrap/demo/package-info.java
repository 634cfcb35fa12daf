/** Several nodes in one process that talk to each other, and a picture of what they do. */
package proteus.bootstrap.demo;
