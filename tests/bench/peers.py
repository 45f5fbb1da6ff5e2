# SPDX-License-Identifier: MIT
"""Servers that send the same bytes: the floor, an epoll loop of our own; nginx and h2o, from files."""
import os
import tempfile

from measure import fetch, free_port, raw, start, stop, wait_for

NGINX = """pid {folder}/pid; error_log stderr error; worker_processes 1; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=10;
  gzip_static on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; default_type application/json; root {folder}/www; }} }}
"""
H2O = """num-threads: 1
user: {user}
listen: {{host: 127.0.0.1, port: {port}}}
error-log: /dev/null
hosts:
  default:
    paths:
      /: {{file.dir: {folder}/www, file.send-compressed: ON}}
"""


class Peers:
    """cyberatlas and the others, by name, all with one document; started on entry."""

    def __init__(self, bench, ours, target, names):
        self.bench, self.target, self.names = bench, target, names
        self.ports, self.processes = {"cyberatlas": ours[0]}, {"cyberatlas": ours[1]}
        self.folder = tempfile.mkdtemp(dir=bench.folder)

    def __enter__(self):
        if "?" not in self.target:
            self.write_files()
        for name in self.names:
            self.ports[name] = free_port()
            self.processes[name] = start(*getattr(self, name)(self.ports[name]))
            wait_for(self.ports[name], self.processes[name], self.target)
        return self

    def __exit__(self, *_):
        for name in self.names:
            if name in self.processes:
                stop(self.processes[name])

    def write_files(self):
        os.makedirs(f"{self.folder}/www{os.path.dirname(self.target)}")
        for coding, suffix in (("identity", ""), ("gzip", ".gz")):
            with open(f"{self.folder}/www{self.target}{suffix}", "wb") as file:
                file.write(fetch(self.ports["cyberatlas"], self.target, coding))
        for path, _, _ in os.walk(self.folder):
            os.chmod(path, 0o755)

    def write(self, name, text, port):
        path = f"{self.folder}/{name}"
        user = "nobody" if os.getuid() == 0 else "''"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.format(folder=self.folder, port=port, user=user))
        return path

    def nginx(self, port):
        return "nginx", "-c", self.write("nginx.conf", NGINX, port), "-e", "stderr"

    def h2o(self, port):
        return "h2o", "-c", self.write("h2o.conf", H2O, port)

    def floor(self, port, *fields):
        path = f"{self.folder}/answer"
        with open(path, "wb") as file:
            file.write(raw(self.ports["cyberatlas"], self.target, *fields))
        return self.bench.tool("floor"), str(port), path

    def measure(self, fields=(), status=200, of_each=lambda name: ()):
        return self.bench.rounds_of(self.ports, lambda name: self.bench.load(
            self.ports[name], self.processes[name], [self.target], status, [*fields, *of_each(name)]))
