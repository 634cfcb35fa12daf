import { Buffer } from 'node:buffer'
import { CHUNK, incoming, write } from './streams.js'

export const ECHO = '/proteus-test/echo/1.0.0'
export const RESET = '/proteus-test/reset/1.0.0'
export const PERF = '/perf/1.0.0'

/** More streams of one protocol at once than any test opens; the library's own limit is 32. */
export const MANY_STREAMS = 1024

const ZEROS = new Uint8Array(CHUNK)

/** Adds the protocols of the tests to a node, which answers identify and ping already. */
export async function serve(node) {
  await handle(node, ECHO, echo)
  await handle(node, PERF, perf)
  await handle(node, RESET, reset)
}

/** A handler's error resets its stream, so that the remote sees it. */
async function handle(node, protocol, handler) {
  const orReset = async (stream) => {
    try {
      await handler(stream)
    } catch (error) {
      stream.abort(error)
    }
  }
  await node.handle(protocol, orReset, { maxInboundStreams: MANY_STREAMS })
}

async function echo(stream) {
  for await (const bytes of incoming(stream)) {
    await write(stream, bytes)
  }
  await stream.close()
}

/** Reads the wanted number of bytes and whatever follows, and then sends that many. */
async function perf(stream) {
  let header = Buffer.alloc(0)
  for await (const bytes of incoming(stream)) {
    if (header.length < 8) {
      header = Buffer.concat([header, bytes])
    }
  }
  await writeZeros(stream, Number(header.readBigUInt64BE()))
  await stream.close()
}

async function reset(stream) {
  await incoming(stream).next()
  stream.abort(new Error('reset as asked'))
}

export async function writeZeros(stream, length) {
  for (let left = length; left > 0; left -= CHUNK) {
    await write(stream, ZEROS.subarray(0, Math.min(left, CHUNK)))
  }
}
