/**
 * What monitoring asks of a node: metrics in Prometheus' text form, and its health.
 *
 * <p>{@link proteus.adapters.rpc.metrics.MetricsServer} serves them. There is no registry: a node is a value of its
 * configuration and several live in one process, so every scrape collects anew from what the node tells of itself. Source of
 * the form: Prometheus' page "exposition formats".
 */
package proteus.adapters.rpc.metrics;
