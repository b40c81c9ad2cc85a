"""What is no proper request, over sockets: each is refused with its kind, and its connection closes.

All the while another client is served. The kinds are those of docs/reference/http.md.
"""

import json
import socket
import sys
import threading

address = sys.argv[1]
host, port = address.split(":")
PATIENCE = 30


def get(target, fields="Host: localhost"):
    return f"GET {target} HTTP/1.1\r\n{fields}\r\n\r\n"


def post(fields, body=""):
    return f"POST /v1/run HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n\r\n{body}"


def chunked(body):
    return post("Transfer-Encoding: chunked", body)


RUN = "/v1/runs/run_20250925T120000Z_00000001"
CASES = [
    # Where one body ends and the next request begins: what two readers could understand differently.
    (post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400, "length-and-coding"),
    (post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"), 400, "length-and-coding"),
    (post("Content-Length: 5\r\nContent-Length: 6", "abcdef"), 400, "length-repeated"),
    (post("Content-Length: 5\r\nContent-Length: 5", "abcde"), 400, "length-repeated"),
    (post("Content-Length: 5, 5", "abcde"), 400, "length-malformed"),
    (post("Content-Length: +5", "abcde"), 400, "length-malformed"),
    (post("Content-Length: -5"), 400, "length-malformed"),
    (post("Content-Length: 0x5", "abcde"), 400, "length-malformed"),
    (post("Content-Length: 18446744073709551621", "abcde"), 400, "length-malformed"),
    (post("Content-Length:"), 400, "length-malformed"),
    (post("Content-Length : 5", "abcde"), 400, "field-malformed"),
    (post("Transfer-Encoding : chunked", "0\r\n\r\n"), 400, "field-malformed"),
    (post("Transfer-Encoding: \x0bchunked", "0\r\n\r\n"), 400, "field-malformed"),
    (post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"), 400, "coding-malformed"),
    (post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400, "coding-malformed"),
    (post('Transfer-Encoding: "chunked"', "0\r\n\r\n"), 400, "coding-malformed"),
    ("POST /v1/run HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "coding-malformed"),
    (post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501, "coding-unknown"),
    (post("Transfer-Encoding: xchunked", "0\r\n\r\n"), 501, "coding-unknown"),
    (post("Transfer-Encoding: identity"), 501, "coding-unknown"),
    (post("A: b\r\n Content-Length: 5", "abcde"), 400, "field-folded"),
    (post("A: b\nContent-Length: 5", "abcde"), 400, "line-break-malformed"),
    (post("A: b\rContent-Length: 5", "abcde"), 400, "line-break-malformed"),
    # Chunks.
    (chunked("g\r\n"), 400, "chunk-malformed"),
    (chunked("-1\r\n"), 400, "chunk-malformed"),
    (chunked("0x1\r\na\r\n"), 400, "chunk-malformed"),
    (chunked(" 1\r\na\r\n"), 400, "chunk-malformed"),
    (chunked("1\r\nab\r\n"), 400, "chunk-malformed"),
    (chunked("1\r\na\n0\r\n\r\n"), 400, "chunk-malformed"),
    (chunked("00000000000000001\r\na\r\n"), 400, "chunk-malformed"),
    (chunked("1\na\r\n"), 400, "line-break-malformed"),
    (chunked("ffffffffffffffff\r\n"), 413, "body-too-long"),
    (chunked("7fffffffffffffff\r\n"), 413, "body-too-long"),
    (chunked("1;" + "a" * 5000), 400, "chunk-extensions-too-long"),
    (chunked("0\r\nA: " + "b" * 9000), 431, "trailers-too-long"),
    # What is too much.
    (post("Content-Length: 16777217"), 413, "body-too-long"),
    (post("Content-Length: 999999999999999999"), 413, "body-too-long"),
    (post("Expect: 100-continue\r\nContent-Length: 16777217"), 413, "body-too-long"),
    (get("/healthz", "Host: localhost\r\nA: " + "b" * 70_000), 431, "headers-too-long"),
    (get("/healthz", "Host: localhost\r\nX-Model-Provenance: {" + "b" * 70_000), 431, "headers-too-long"),
    (get("/healthz", "Host: localhost" + "\r\nA: b" * 101), 431, "headers-too-many"),
    (get("/" + "a" * 9_000), 414, "target-too-long"),
    ("GET /" + "a" * 20_000, 414, "request-line-too-long"),
    ("A" * 20_000, 414, "request-line-too-long"),
    (get("/v1/artifacts?" + "a&" * 300), 414, "query-too-many"),
    # Targets that are no path, and paths that would lead elsewhere, in ids and in names.
    (get("http://localhost/healthz"), 400, "target-not-origin-form"),
    (get("http://example.org/"), 400, "target-not-origin-form"),
    (get("*"), 400, "target-not-origin-form"),
    ("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n", 400, "target-not-origin-form"),
    (get("/../etc/passwd"), 400, "target-escapes"),
    (get("/v1/artifacts/../../../etc/passwd"), 400, "target-escapes"),
    (get("/v1/artifacts/..%2f..%2fetc%2fpasswd"), 400, "target-escapes"),
    (get("/v1/artifacts/%2e%2e"), 400, "target-escapes"),
    (get("/v1/artifacts/..%5c..%5cetc"), 400, "target-escapes"),
    (get(f"{RUN}/series/..%2fmanifest.json"), 400, "target-escapes"),
    (get(f"{RUN}/series/a%00.csv"), 400, "target-escapes"),
    (get(f"{RUN}/series/%2E%2E/run.json"), 400, "target-escapes"),
    (get("/v1/artifacts/run_20250925T120000Z_00000001/files/..%2F..%2Fetc%2Fpasswd"), 400, "target-escapes"),
    (get("/v1/artifacts/run_20250925T120000Z_00000001/files/.."), 400, "target-escapes"),
    (get("/v1/artifacts/%0d%0aSet-Cookie:%20a=b"), 400, "target-escapes"),
    (get("/v1/artifacts/%c0%ae%c0%ae"), 400, "target-malformed"),
    (get("/v1/artifacts/%u002e"), 400, "target-malformed"),
    (get("/v1/artifacts/a\\b"), 400, "target-malformed"),
    (get("/healthz#x"), 400, "target-malformed"),
    # Lines.
    ("GET /healthz\r\n\r\n", 400, "request-line-malformed"),
    ("GET  /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "request-line-malformed"),
    ("\x16\x03\x01\x02\x00\x01\x00", 400, "request-line-malformed"),
    ("GET /healthz HTTP/1.1\nHost: localhost\n\n", 400, "line-break-malformed"),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version-unsupported"),
    ("GET /healthz HTTP/1.1\r\n\r\n", 400, "host-malformed"),
    (get("/healthz", "Host: localhost\r\nHost: example.org"), 400, "host-malformed"),
    (get("/healthz", "Host: a b"), 400, "host-malformed"),
    (post("Expect: 200-ok\r\nContent-Length: 1", "a"), 417, "expectation-unknown"),
]


def everything(client):
    parts = []
    while True:
        try:
            part = client.recv(65536)
        except ConnectionResetError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def refused(text, status, kind, before=""):
    """Sends the text with a request behind it that nobody may answer."""
    shown = repr(text[:120])
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
        try:
            client.sendall((before + text + get("/v1/healthz")).encode("latin-1"))
        except (BrokenPipeError, ConnectionResetError):
            pass
        answers = everything(client)
    if before:
        first, _, answers = answers.partition(b'{"status":"ok"}')
        assert first.startswith(b"HTTP/1.1 200 "), (shown, first)
    head, _, body = answers.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), (shown, head)
    assert b"\r\nConnection: close" in head and b"application/problem+json" in head, (shown, head)
    problem = json.loads(body)
    assert problem["kind"] == kind and problem["status"] == status, (shown, problem)


served = 0
stopped = threading.Event()
failures = []


def behave():
    """A client that keeps its connection, and whose every answer must come."""
    global served
    try:
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
            reader = client.makefile("rb")
            while not stopped.is_set():
                client.sendall(get("/healthz").encode())
                line, length = reader.readline(), 0
                assert line == b"HTTP/1.1 200 OK\r\n", line
                while (field := reader.readline()) != b"\r\n":
                    if field.lower().startswith(b"content-length:"):
                        length = int(field.split(b":")[1])
                assert reader.read(length) == b'{"status":"ok"}'
                served += 1
    except Exception as error:  # told by the main thread
        failures.append(error)



beside = threading.Thread(target=behave)
beside.start()
try:
    refused(*CASES[0])
    for case in CASES:
        refused(*case)
        refused(*case, before=get("/healthz"))
    # One that stops in the middle is refused too, and one that says nothing is only left.
    for text in ("GET /hea", "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na", ""):
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
            client.sendall(text.encode())
            client.shutdown(socket.SHUT_WR)
            answer = everything(client)
        assert (b"ended-in-request" in answer) == (text != ""), (text, answer)
finally:
    stopped.set()
    beside.join()
assert not failures, failures
assert served > 0
print(f"{len(CASES)} malformed requests refused, each alone and behind another; {served} requests served beside them")
