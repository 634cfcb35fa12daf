/** BFieldCodec: how values become sequences of field elements, which is what gets hashed. */
package proteus.domain.codec;
