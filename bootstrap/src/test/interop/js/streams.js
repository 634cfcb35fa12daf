/** The most that is written at once. */
export const CHUNK = 64 << 10

/**
 * All that the remote sends until it ends its side, chunk by chunk; throws if the stream is reset. Listens at once, not
 * when it is first read, and so misses nothing: iterating the stream itself would miss an end that came before.
 */
export function incoming(stream) {
  const chunks = []
  let wake = () => {}
  stream.addEventListener('message', (event) => {
    chunks.push(event.data)
    wake()
  })
  stream.addEventListener('end', () => wake())
  stream.addEventListener('close', () => wake())

  async function* read() {
    while (true) {
      if (chunks.length > 0) {
        yield* chunks.shift()
      } else if (stream.status === 'reset' || stream.status === 'aborted') {
        throw new Error(`the stream is ${stream.status}`)
      } else if (stream.readableEnded && stream.readBufferLength === 0) {
        // What was read ahead in the negotiation comes even after the end.
        return
      } else {
        await new Promise((resolve) => {
          wake = resolve
        })
      }
    }
  }
  return read()
}

/**
 * Writes, and waits until more can be written. What waits in the library goes out in one frame, however long, and
 * rust-libp2p refuses frames over 1 MiB; so little is given to it at a time.
 */
export async function write(stream, bytes) {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (!stream.send(bytes.subarray(at, at + CHUNK))) {
      await drained(stream)
    }
  }
}

function drained(stream) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      stream.removeEventListener('drain', onDrain)
      stream.removeEventListener('close', onClose)
    }
    const onDrain = () => {
      stop()
      resolve()
    }
    const onClose = (event) => {
      stop()
      reject(event.error ?? new Error('the stream closed before all was written'))
    }
    stream.addEventListener('drain', onDrain)
    stream.addEventListener('close', onClose)
  })
}
