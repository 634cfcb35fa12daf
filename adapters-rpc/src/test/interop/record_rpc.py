#!/usr/bin/env python3
"""Records what a real neptune-core 0.19.4 answers over both of its RPCs, for RecordedRpcTest.

  record_rpc.py NEPTUNE_CORE DIRECTORY BASE_PORT OUT.jsonl.gz

Starts the node on regtest in DIRECTORY (new, thrown away by whoever made it), on ports from BASE_PORT on, mines some
blocks, some of which spend outputs, starts it again as a restricted one, and asks. Each line of OUT is one block as it is
in the node's block file, or one exchange.
"""

import base64
import gzip
import http.client
import json
import pathlib
import random
import signal
import socket
import struct
import subprocess
import sys
import time

BLOCKS = 32
PAD = "PAD"


class Node:
    def __init__(self, program, directory, base, *flags):
        self.base = base
        self.directory = pathlib.Path(directory)
        self.log = open(self.directory / "log.txt", "ab")
        start = self.log.tell()
        self.process = subprocess.Popen(
            [program, "--network", "regtest", "--data-dir", str(self.directory / "data"),
             "--peer-listen-addr", "127.0.0.1", "--peer-port", str(base), "--rpc-port", str(base + 1),
             "--quic-port", str(base + 2), "--tcp-port", str(base + 3), "--listen-rpc", f"127.0.0.1:{base + 4}",
             "--tx-proving-capability", "singleproof", *flags],
            stdout=self.log, stderr=self.log)
        for _ in range(600):
            if b"Starting main loop" in (self.directory / "log.txt").read_bytes()[start:]:
                time.sleep(1)
                return
            if self.process.poll() is not None:
                raise SystemExit("the node ended; see " + str(self.directory / "log.txt"))
            time.sleep(0.1)
        raise SystemExit("the node does not start")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def http(self, body, method="POST", path="/", length=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.base + 4, timeout=120)
        connection.request(method, path, body=body.encode() if body is not None else None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def call(self, method, params):
        status, text = self.http(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, "id": 1}))
        answer = json.loads(text)
        if "result" not in answer:
            raise SystemExit(f"{method}: {text}")
        return answer["result"]

    def rpc(self, method, arguments):
        cookie = list((self.directory / "data" / "regtest" / ".cookie").read_bytes()[:32])
        request = {"Request": {
            "context": {"deadline": {"secs": 60, "nanos": 0},
                        "trace_context": {"trace_id": [0] * 16, "span_id": 1, "sampling_decision": "Unsampled"}},
            "id": 0, "message": {method: {"token": {"Cookie": cookie}, **arguments}}}}
        with socket.create_connection(("127.0.0.1", self.base + 1), timeout=120) as s:
            payload = json.dumps(request).encode()
            s.sendall(struct.pack(">I", len(payload)) + payload)
            size = struct.unpack(">I", self.exactly(s, 4))[0]
            answer = json.loads(self.exactly(s, size))
        return answer["message"]["Ok"][method]

    @staticmethod
    def exactly(s, size):
        data = b""
        while len(data) < size:
            piece = s.recv(size - len(data))
            if not piece:
                raise SystemExit("the node closed its RPC")
            data += piece
        return data


def make_chain(node):
    """Mines, and sends to the node itself now and then; gives the blocks as their file has them."""
    file = node.directory / "data" / "regtest" / "blocks" / "blk0.dat"
    blocks, known = [], 0
    address = node.call("personal_generateAddress", ["Generation"])["address"]
    for height in range(1, BLOCKS + 1):
        if height > 3 and height % 2 == 0:
            try:
                amount = str(2 * 10**30 * height)
                node.call("personal_send",
                          [amount, str(10**28), address, None, None, "on-chain", "on-chain", None, True])
                time.sleep(1)
            except SystemExit as refused:
                print(f"block {height} spends nothing: {refused}")
        answer = node.rpc("MineBlocksToWallet", {"n_blocks": 1})
        if "Ok" not in answer:
            raise SystemExit(str(answer))
        while node.call("chain_height", [])["height"] < height:
            time.sleep(0.1)
        size = file.stat().st_size
        blocks.append(file.read_bytes()[known:size])
        known = size
    return blocks


def index_sets(node):
    spent = []
    for height in range(1, BLOCKS + 1):
        kernel = node.call("archival_getBlockTransactionKernel", [height])["kernel"]
        spent += [record["absoluteIndices"] for record in kernel["inputs"]]
    print(f"{len(spent)} outputs were spent")
    lots = random.Random(4)
    made_up = [{"minimum": 4096 * lots.randrange(30) + lots.randrange(1000),
                "distances": sorted(lots.randrange(1 << 20) for _ in range(45))} for _ in range(3)]
    mixed = [dict(one, minimum=one["minimum"] + 1) for one in spent[:2]]
    return spent, made_up + mixed


def exchanges(node):
    """The bodies to post, each as a text."""
    tip = node.call("chain_tipDigest", [])["digest"]
    leafs = node.call("archival_getBlockBody", ["tip"])["body"]["mutatorSetAccumulator"]["aocl"]["leafCount"] + 2
    nobody = "ab" * 40
    spent, others = index_sets(node)

    def call(method, params, **more):
        return json.dumps({"jsonrpc": "2.0", "method": method, "params": params, "id": 1, **more})

    for method in ["node_network", "chain_height", "chain_tipDigest", "chain_tip", "chain_tipProof", "chain_tipKernel",
                   "chain_tipHeader", "chain_tipBody", "chain_tipTransactionKernel", "chain_tipAnnouncements",
                   "archival_circulatingSupply", "archival_maxSupply", "archival_burnedSupply",
                   "network_networkOverview", "network_unbanAll", "network_probeNat"]:
        yield call(method, [])
        yield call(method, [1])
    for method in ["getBlockDigest", "getBlock", "getBlockProof", "getBlockKernel", "getBlockHeader", "getBlockBody",
                   "getBlockTransactionKernel", "getBlockAnnouncements"]:
        for selector in ["genesis", 0, 7, BLOCKS + 1, 2**64 - 1, nobody, "nobody", "7", -1, 1.5, None, {"tip": None},
                         tip.upper(), 18446744069414584321]:
            yield call("archival_" + method, [selector])
        yield call("archival_" + method, [])
        yield call("archival_" + method, ["tip", "tip"])
    yield call("archival_getBlock", ["tip"])
    yield call("archival_getBlock", [tip])
    yield call("archival_getBlock", [BLOCKS - 1])
    for height in [0, 5, BLOCKS, BLOCKS + 1, "tip", -1, 2**64 - 1, 18446744069414584321 + 5]:
        yield call("archival_getBlockDigests", [height])
    for digest in [tip, tip.upper(), nobody, "00" * 40, "ff" * 40, tip[:-1], 5]:
        yield call("archival_isBlockCanonical", [digest])
    for leaf in [0, 1, 50, 94, 95, 96, 97, 98, 99, 100, 130, leafs - 2, leafs - 1, leafs, leafs + 1, 2**64 - 1, 2**64, -1]:
        yield call("archival_getUtxoDigest", [leaf])
    outputs = [node.call("archival_getUtxoDigest", [leaf])["digest"] for leaf in [0, 96, leafs - 1, leafs - 6]]
    for output in [*outputs, nobody, "no"]:
        for depth in [[], [None], [0], [1], [3], [1000], [-1], ["1"], [1, 2]]:
            yield call("archival_findUtxoOrigin", [output, *depth])
    for one in [*spent[:6], *others, [5, [1] * 45], {"minimum": 2**64 - 1, "distances": [2**32 - 1] * 45},
                {"minimum": 2**64, "distances": [1] * 45}, {"minimum": 1, "distances": [1] * 44}, {"minimum": 1}, None]:
        yield call("archival_areBloomIndicesSet", [one])
        yield call("archival_batchAreBloomIndicesSet", [[one]])
    for one in [spent[0], {"minimum": 1 << 60, "distances": [0] * 45}, {"minimum": 5, "distances": [1 << 20] * 45}]:
        yield call("archival_utxoOriginFromAbsoluteIndices", [[one]])
    yield call("archival_utxoOriginFromAbsoluteIndices", [[]])
    yield call("archival_utxoOriginFromAbsoluteIndices", [spent[0]])
    yield call("archival_batchAreBloomIndicesSet", [spent + others])
    yield call("archival_batchAreBloomIndicesSet", [[spent[0]] * 1000])
    yield call("archival_batchAreBloomIndicesSet", [[spent[0]] * 1001])
    yield call("archival_utxoOriginFromAbsoluteIndices", [[spent[0]] * 1001])
    yield call("archival_batchAreBloomIndicesSet", [])
    yield call("network_ban", ["/ip4/1.2.3.4"])
    yield call("network_ban", ["1.2.3.4"])
    yield call("network_ban", [])
    yield call("network_dial", ["/ip4/127.0.0.1/tcp/1"])
    for method in ["mempool_transactions", "wallet_getBlocks", "personal_unspentUtxos", "utxoindex_wasMined",
                   "mining_getBlockTemplate", "chain_crash", "height", "", "chain_", "Chain_height", "chain.height"]:
        yield call(method, [])
    for params in [{}, None, "", 1, {"height": 1}]:
        yield call("chain_height", params)
        yield call("archival_getBlockDigest", params)
    for ident in [None, 0, -7, 2**64 - 1, 1.5, "text", True, [1, {"a": []}], {"b": {"c": None}}]:
        yield call("chain_height", [], id=ident)
    yield from ['{"method":"chain_height","params":[]}', '{"method":"chain_height","id":1}', '{"params":[],"id":1}',
                '{"method":1,"params":[],"id":1}', '{"method":"chain_height","params":[],"jsonrpc":2,"id":1}',
                '{"method":"chain_height","params":[],"jsonrpc":null,"id":1}',
                '{"method":"chain_height","params":[],"jsonrpc":"1.0","id":1,"more":[1]}',
                '["2.0","chain_height",[],1]', '["2.0","chain_height",[]]', '["2.0","chain_height",[],1,2]',
                '[' + call("chain_height", []) + ']', "[]", "{}", "", "{", "nonsense", "17", "null", '"text"',
                call("chain_height", []) + " x", " " + call("chain_height", []) + "\n",
                '{"method":"chain_height","params":[],"params":[],"id":1}',
                '{"method":"chain_height","params":[{"a":1,"a":2}],"id":1}',
                "[" * 500 + "]" * 500]


def other_http():
    body = '{"method":"chain_height","params":[],"id":1}'
    for method in ["GET", "PUT", "DELETE"]:
        yield method, "/", body
    for path in ["/rpc", "//", "/?a=b"]:
        yield "POST", path, body
        yield "GET", path, None


def calls(node):
    tip = node.call("chain_tipDigest", [])["digest"]
    for method in ["BlockHeight", "MaxSupply", "CirculatingSupply", "BurnedSupply", "Network"]:
        yield method, {}
    for selector in ["tip", "genesis", 0, 7, BLOCKS, BLOCKS + 1, tip, "ab" * 40]:
        for method in ["BlockInfo", "BlockDigest", "AnnouncementsInBlock"]:
            yield method, {"block_selector": selector}
    for selector in [7, "genesis", "ab" * 40]:
        for method in ["Header", "BlockKernel", "AdditionRecordIndicesForBlock"]:
            yield method, {"block_selector": selector}
    yield "BlockKernel", {"block_selector": "tip"}
    yield "BlockKernel", {"block_selector": BLOCKS - 2}
    for height in [0, 7, BLOCKS, BLOCKS + 1]:
        yield "BlockDigestsByHeight", {"height": height}
    for count in [0, 1, 5, 1000]:
        yield "LatestTipDigests", {"n": count}
    for leaf in [0, 1, 94, 95, 100, 10**6]:
        yield "UtxoDigest", {"leaf_index": leaf}
    for last in ["tip", 0, 1, 2, 9, BLOCKS + 1]:
        for most in [None, 0, 1, 3, 1000]:
            yield "BlockIntervals", {"last_block": last, "max_num_blocks": most}
            yield "BlockDifficulties", {"last_block": last, "max_num_blocks": most}


def main():
    program, directory, base, out = sys.argv[1:]
    pathlib.Path(directory).mkdir(parents=True)
    node = Node(program, directory, int(base), "--unsafe-rpc", "--rpc-modules", "node,chain,archival,personal")
    try:
        blocks = make_chain(node)
    finally:
        node.stop()
    node = Node(program, directory, int(base), "--rpc-modules", "node,chain,archival,network")
    lines = [{"block": base64.b64encode(block).decode()} for block in blocks]
    try:
        for body in exchanges(node):
            status, answer = node.http(body)
            lines.append({"body": body, "status": status, "answer": answer})
        call = '{"method":"chain_height","params":[],"id":3}'
        for pad in [(1 << 20) - len(call), (1 << 20) - len(call) + 1, 1 << 20]:
            status, answer = node.http(call + " " * pad)
            lines.append({"body": call, "pad": pad, "status": status, "answer": answer})
        for method, path, body in other_http():
            status, answer = node.http(body, method, path)
            lines.append({"method": method, "path": path, "body": body or "", "status": status, "answer": answer})
        for method, arguments in calls(node):
            lines.append({"rpc": method, "arguments": json.dumps(arguments), "answer": json.dumps(node.rpc(method, arguments))})
    finally:
        node.stop()
    text = "".join(json.dumps(line) + "\n" for line in lines)
    with open(out, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write(text.encode())
    print(f"{len(blocks)} blocks, {len(lines) - len(blocks)} exchanges, {pathlib.Path(out).stat().st_size} bytes")


if __name__ == "__main__":
    main()
