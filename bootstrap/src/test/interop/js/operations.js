import { Buffer } from 'node:buffer'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { multiaddr } from '@multiformats/multiaddr'
import { ECHO, MANY_STREAMS, PERF, RESET, writeZeros } from './serve.js'
import { CHUNK, incoming, write } from './streams.js'

/** What goes over each of many streams. */
const PER_STREAM = 64 << 10

/** Dials, does one operation, and returns what it has seen. */
export async function operate(node, target, { name, bytes, count, signal }) {
  const operation = OPERATIONS[name]
  if (operation === undefined) {
    throw new Error(`unknown operation ${name}`)
  }
  const identified = new Promise((resolve) => {
    node.addEventListener('peer:identify', (event) => resolve(event.detail), { once: true })
  })
  const began = performance.now()
  const connection = await node.dial(multiaddr(target), { signal })
  const open = (protocol) => connection.newStream(protocol, { signal, maxOutboundStreams: MANY_STREAMS })
  const late = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  return Promise.race([operation({ node, connection, open, identified, began, bytes, count }), late])
}

const OPERATIONS = {
  identify: async ({ identified }) => {
    const seen = await identified
    return {
      agent: seen.agentVersion,
      protocolVersion: seen.protocolVersion,
      protocols: seen.protocols,
      listenAddrs: seen.listenAddrs.map(String),
      observedAddr: seen.observedAddr === undefined ? '' : String(seen.observedAddr),
    }
  },

  ping: async ({ node, connection, count = 5 }) => {
    const ms = []
    for (let i = 0; i < count; i++) {
      const began = performance.now()
      await node.services.ping.ping(connection.remotePeer)
      ms.push(millisSince(began))
    }
    return { ms }
  },

  echo: async ({ open, bytes }) => {
    await echo(await open(ECHO), bytes)
    return { ok: true }
  },

  'perf-up': ({ open, bytes, count = 1 }) => perfs(open, bytes, 0, count),

  'perf-down': ({ open, bytes, count = 1 }) => perfs(open, 0, bytes, count),

  streams: async ({ open, count = 100 }) => {
    await Promise.all(Array.from({ length: count }, async () => echo(await open(ECHO), PER_STREAM)))
    return { ok: true, streams: count }
  },

  rtt: async ({ open, began }) => {
    await echo(await open(ECHO), 1)
    return { ms: millisSince(began) }
  },

  reset: async ({ node, connection, open }) => {
    const ours = await open(ECHO)
    await write(ours, new Uint8Array(PER_STREAM))
    ours.abort(new Error('reset as planned'))

    const theirs = await open(RESET)
    const reading = incoming(theirs)
    await write(theirs, Uint8Array.of(1))
    const outcome = await reading.next().then(
      ({ done }) => (done ? 'end' : 'data'),
      () => theirs.status,
    )
    if (outcome !== 'reset' && outcome !== 'end') {
      throw new Error(`the remote was to reset the stream, but reading it gave: ${outcome}`)
    }

    if (connection.status !== 'open') {
      throw new Error(`the connection is ${connection.status} after the resets`)
    }
    await node.services.ping.ping(connection.remotePeer)
    // The QUIC transport reads every reset as an end, and some remotes cannot reset; whoever asked must judge.
    return outcome === 'end' ? { ok: false, remoteReset: 'end' } : { ok: true }
  },
}

function millisSince(began) {
  return Number((performance.now() - began).toFixed(3))
}

/** Sends random bytes in chunks of random lengths, reads meanwhile, and compares what came back. */
async function echo(stream, length) {
  const sent = createHash('sha256')
  const received = createHash('sha256')
  let count = 0
  const reading = async () => {
    for await (const bytes of incoming(stream)) {
      received.update(bytes)
      count += bytes.length
    }
  }
  const writing = async () => {
    for (let left = length; left > 0;) {
      const chunk = randomBytes(Math.min(left, randomInt(1, CHUNK + 1)))
      sent.update(chunk)
      left -= chunk.length
      await write(stream, chunk)
    }
    await stream.close()
  }
  await Promise.all([reading(), writing()])
  const [hashSent, hashReceived] = [sent.digest('hex'), received.digest('hex')]
  if (count !== length || hashSent !== hashReceived) {
    throw new Error(`${count} bytes came back of ${length}, SHA-256 ${hashReceived} of ${hashSent}`)
  }
}

/** Transfers so many times, one after another; the last one counts. */
async function perfs(open, up, down, count) {
  let seen
  for (let i = 0; i < count; i++) {
    seen = await perf(open, up, down)
  }
  return seen
}

/** Measures from the first byte sent to the end of the answer. */
async function perf(open, up, down) {
  const stream = await open(PERF)
  const header = Buffer.alloc(8)
  header.writeBigUInt64BE(BigInt(down))
  let received = 0
  const began = performance.now()
  const reading = async () => {
    for await (const bytes of incoming(stream)) {
      received += bytes.length
    }
  }
  const writing = async () => {
    await write(stream, header)
    await writeZeros(stream, up)
    await stream.close()
  }
  await Promise.all([reading(), writing()])
  const seconds = (performance.now() - began) / 1000
  if (received !== down) {
    throw new Error(`${received} bytes came of ${down}`)
  }
  const bytes = up + down
  return { bytes, seconds, mbps: (bytes * 8) / 1e6 / seconds }
}
