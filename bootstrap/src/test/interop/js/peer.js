// A small libp2p peer on js-libp2p, the other side of the interoperability tests.
//
//   node peer.js listen --transport tcp|quic --security noise|tls --port P
//   node peer.js dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]
//
// A listener prints its address first and serves until SIGTERM or the end of its standard input. A dialler does one
// operation and prints one line of JSON, or says on standard error why it could not.

import { parseArgs } from 'node:util'
import { quic } from '@chainsafe/libp2p-quic'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { operate } from './operations.js'
import { MANY_STREAMS, serve } from './serve.js'

const USAGE = `usage: peer listen --transport tcp|quic --security noise|tls --port P
       peer dial MULTIADDR --security noise|tls --op OP [--bytes N] [--count N]`

/** What a whole operation may take, in milliseconds. */
const PATIENCE = 5 * 60 * 1000

const ENCRYPTERS = { noise, tls }

/** A node with TCP and QUIC, with this security on TCP, and with nothing that acts of itself. */
async function createNode(security, listen) {
  const encrypter = ENCRYPTERS[security]
  if (encrypter === undefined) {
    throw new Error(`unknown security ${security}`)
  }
  return createLibp2p({
    addresses: { listen },
    transports: [tcp(), quic()],
    connectionEncrypters: [encrypter()],
    // The library closes a connection with more than ten streams before it is done with the upgrade itself.
    streamMuxers: [yamux({ maxEarlyStreams: MANY_STREAMS })],
    // The library's limit is five connections a second from one host, which is where all of ours come from.
    connectionManager: { inboundConnectionThreshold: Infinity },
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      ping: ping({ maxInboundStreams: MANY_STREAMS, maxOutboundStreams: MANY_STREAMS }),
    },
  })
}

async function listen(options) {
  const addresses = {
    tcp: `/ip4/127.0.0.1/tcp/${options.port}`,
    quic: `/ip4/127.0.0.1/udp/${options.port}/quic-v1`,
  }
  const address = addresses[options.transport]
  if (address === undefined) {
    throw new Error(`unknown transport ${options.transport}`)
  }
  const node = await createNode(options.security, [address])
  await serve(node)
  console.log(node.getMultiaddrs()[0].toString())
  await new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
    process.stdin.once('end', resolve)
    process.stdin.once('error', resolve)
    process.stdin.resume()
  })
  await node.stop()
}

async function dial(target, options) {
  const node = await createNode(options.security, [])
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    const seen = await operate(node, target, {
      name: options.op,
      bytes: Number(options.bytes),
      count: options.count && Number(options.count),
      signal,
    })
    console.log(JSON.stringify(seen))
  } catch (cause) {
    throw new Error(`${options.op} with ${target}: ${cause.name}: ${cause.message}`, { cause })
  } finally {
    await node.stop()
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      transport: { type: 'string', default: 'tcp' },
      security: { type: 'string', default: 'noise' },
      port: { type: 'string', default: '0' },
      op: { type: 'string', default: 'ping' },
      bytes: { type: 'string', default: String(16 << 20) },
      count: { type: 'string' },
    },
  })
  const [command, target] = positionals
  if (command === 'listen' && positionals.length === 1) {
    await listen(values)
  } else if (command === 'dial' && positionals.length === 2) {
    await dial(target, values)
  } else {
    throw new Error(USAGE)
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(`peer: ${error.message}`)
    process.exit(1)
  },
)
