/**
 * JSON-RPC over HTTP, for wallets, explorers and scripts: upstream's methods in upstream's JSON, by position and without
 * authentication.
 *
 * <p>{@link proteus.adapters.rpc.http.JsonRpcServer} serves it, on an {@link proteus.adapters.rpc.http.HttpServer} that other
 * services are put on too: a virtual thread for each connection. The classes named
 * {@code …Namespace} say what a method does, those named {@code …Json} how values look. Source: neptune-rpc-api 0.19.4;
 * protocol page "node-api", section 3.
 */
package proteus.adapters.rpc.http;
