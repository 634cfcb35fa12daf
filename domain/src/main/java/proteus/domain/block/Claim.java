package proteus.domain.block;

import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;

/**
 * What a Triton VM proof shows: that a program, given an input, gives an output.
 *
 * <p>Source: triton-vm 9.0.1.
 *
 * @param programDigest the program
 * @param version the proof version, the bits of an unsigned 32-bit integer
 * @param input the public input
 * @param output the public output
 */
public record Claim(Digest programDigest, int version, BFieldElements input, BFieldElements output) {}
