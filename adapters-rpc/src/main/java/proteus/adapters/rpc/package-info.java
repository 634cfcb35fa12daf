/**
 * The RPC on port 9799 that {@code neptune-cli} and {@code neptune-dashboard} speak: JSON documents with a length in
 * front, methods by name, and a cookie file as proof of being the operator.
 *
 * <p>{@link proteus.adapters.rpc.NeptuneRpcServer} serves it, a virtual thread for each connection and each request;
 * {@link proteus.adapters.rpc.NeptuneRpcClient} calls it, for the commands of this program.
 * What a method does is in the classes named {@code …Methods}; how values look in JSON is in those named {@code …Json}.
 * Source: neptune-core 0.19.4, and the framework tarpc 0.34 with its JSON codec.
 */
package proteus.adapters.rpc;
