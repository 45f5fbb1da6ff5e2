# SPDX-License-Identifier: MIT
"""What slow clients cost the others. Usage: slow.py PROGRAM DATASET [CLIENTS]

One client asks for a page over and over, each time on a connection of its own, first alone and then beside CLIENTS
(1,000) that send a byte of a head every second. Prints the times of its answers and when the slow ones were
cut; fails where one was not, or where the slowest hundredth of its answers takes more than twice as long and more than
5 ms."""
import multiprocessing
import os
import resource
import selectors
import socket
import subprocess
import sys
import time

DEADLINE = 5
TURNS = 20  # a second, at each of which one in 20 of the slow ones sends its byte
TARGET = b"GET /v1/countries/BE HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port):
    """Milliseconds from the connection to the end of the answer."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(TARGET)
        answer = bytearray()
        while part := client.recv(65536):
            answer += part
    if not answer.startswith(b"HTTP/1.1 200 "):
        sys.exit(f"an answer went wrong: {bytes(answer[:80])!r}")
    return (time.monotonic() - began) * 1000


def measure(port, seconds):
    until = time.monotonic() + seconds
    times = []
    while time.monotonic() < until:
        times.append(ask(port))
        time.sleep(0.001)
    times.sort()
    return len(times), times[len(times) // 2], times[len(times) * 99 // 100]


def drip(clients):
    for client in clients:
        try:
            client.send(b"x")
        except OSError:
            pass


def be_slow(port, count, report):
    """Runs as a process of its own, so that the one who measures is not kept waiting by it."""
    began = time.monotonic()
    waiting = selectors.DefaultSelector()
    cuts = []
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port))
        client.setblocking(False)
        client.send(b"GET /v1 HTTP/1.1\r\nX: ")
        waiting.register(client, selectors.EVENT_READ)
    turn = 0
    while waiting.get_map() and time.monotonic() < began + DEADLINE * 3:
        for key, _ in waiting.select(0.05):
            waiting.unregister(key.fileobj)
            key.fileobj.close()
            cuts.append(time.monotonic() - began)
        drip([key.fileobj for key in waiting.get_map().values()][turn % TURNS::TURNS])
        turn += 1
    report.send(cuts)


def wait_for(port, process):
    while process.poll() is None:
        try:
            ask(port)
            return
        except OSError:
            time.sleep(0.01)
    sys.exit(f"the server ended with {process.returncode}")


def main():
    program, dataset = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 256), hard))
    port = free_port()
    pin = ["taskset", "-c", "0"] if os.cpu_count() > 1 else []
    process = subprocess.Popen([*pin, program, "serve", dataset, "--port", str(port), "--admin-listen=",
                                "--threads", "1", "--head-timeout", f"{DEADLINE}s", "--log-level", "error"])
    try:
        wait_for(port, process)
        if os.cpu_count() > 1:
            os.sched_setaffinity(0, set(range(1, os.cpu_count())))
        alone = measure(port, DEADLINE - 1)
        reader, writer = multiprocessing.Pipe(duplex=False)
        slow = multiprocessing.Process(target=be_slow, args=(port, count, writer))
        slow.start()
        beside = measure(port, DEADLINE - 1)
        cuts = reader.recv()
        slow.join()
    finally:
        process.terminate()
        process.wait(timeout=30)
    for name, (answers, middle, slowest) in (("alone", alone), (f"beside {count} slow ones", beside)):
        print(f"{name}: {answers} answers, p50 {middle:.2f} ms, p99 {slowest:.2f} ms")
    print(f"slow clients cut: {len(cuts)} of {count}, the last after {max(cuts, default=0):.1f} s"
          f" (deadline {DEADLINE} s)")
    if len(cuts) < count or max(cuts) > DEADLINE + 1 or (beside[2] > 2 * alone[2] and beside[2] > 5):
        sys.exit(1)


main()
