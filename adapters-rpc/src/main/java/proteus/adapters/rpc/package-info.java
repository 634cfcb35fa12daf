/** What drives the node from outside: RPC, metrics, health, dashboard. Nothing yet: its issue has not come. */
package proteus.adapters.rpc;
