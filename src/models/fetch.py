"""Fetches one package into a file, for `wendu models`, and goes on where an earlier try broke off.

    python3 fetch.py FILE pip NAME VERSION PYTHON PLATFORM
    python3 fetch.py FILE web ADDRESS

pip finds the package and opens the connection, so that the user's own settings hold (index, mirror, proxy,
certificates). But pip cannot go on with half a file; so what comes through its connection is written here.
That takes parts of pip that it does not promise to keep: where they are not there, pip fetches the package
whole. PYTHON and PLATFORM ask for a wheel of that kind, whatever is installed; empty means any.
Addresses are asked with Python's own client, which knows the environment's proxies.
Prints the number of bytes that are there, line by line. What came is checked by the caller.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

CHUNK = 1 << 17
TRIES = 5
SECONDS = 60
OPTIONS = ["--disable-pip-version-check", "--no-input", "--no-cache-dir", "--quiet", "--no-deps"]
OPTIONS += ["--only-binary", ":all:", "--ignore-requires-python"]


class BrokenOff(Exception):
    """A part of the file came."""


class Web:
    """Python's own client, as far as `go_on` needs one."""

    def get(self, url, headers):
        try:
            response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=SECONDS)
        except urllib.error.HTTPError as error:
            if error.code == 416:
                return 416, None, iter(())
            raise
        return response.status, response.headers.get("Content-Length"), iter(lambda: response.read(CHUNK), b"")


class Pip:
    """pip's connection."""

    def __init__(self, session):
        self.session = session

    def get(self, url, headers):
        response = self.session.get(url, headers=headers, stream=True)
        if response.status_code != 416:
            response.raise_for_status()
        chunks = response.raw.stream(CHUNK, decode_content=False)
        return response.status_code, response.headers.get("Content-Length"), chunks


def find(name, version, wheel):
    """pip's connection, and where the package is."""
    from pip._internal.cli.cmdoptions import make_target_python
    from pip._internal.commands import create_command
    from pip._vendor.packaging.specifiers import SpecifierSet

    command = create_command("download")
    options, _ = command.parse_args(OPTIONS + wheel + [name])
    session = command._build_session(options)
    finder = command._build_package_finder(
        options, session, target_python=make_target_python(options), ignore_requires_python=True
    )
    found = finder.find_best_candidate(name, SpecifierSet("==" + version)).best_candidate
    return Pip(session), found.link.url.split("#")[0]


def go_on(client, url, path):
    """Fetches what is missing of the file."""
    there = size(path)
    headers = {"Accept-Encoding": "identity"}
    if there:
        headers["Range"] = "bytes=%d-" % there
    status, length, chunks = client.get(url, headers)
    if status == 416:  # nothing is missing; or what is there is wrong, and will be found so
        return
    # Whoever does not know of ranges sends all of it again.
    there = there if status == 206 else 0
    wanted = there + int(length) if length else None
    with open(path, "r+b" if there else "wb") as file:
        file.seek(there)
        for chunk in chunks:
            file.write(chunk)
            there += len(chunk)
            tell(there)
    if wanted is not None and there < wanted:
        raise BrokenOff("the connection broke off after %d of %d bytes" % (there, wanted))


def fetch(client, url, path):
    """Tries again for as long as something comes."""
    before = -1
    for _ in range(TRIES):
        try:
            return go_on(client, url, path)
        except Exception:
            if size(path) <= before:
                raise
            before = size(path)
    raise BrokenOff("the connection broke off %d times" % TRIES)


def whole(name, version, wheel, path):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(path) or ".") as folder:
        pip = [sys.executable, "-m", "pip", "download", *OPTIONS, *wheel, "--dest", folder]
        done = subprocess.run(pip + [name + "==" + version], stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit(done.stderr.decode(errors="replace"))
        shutil.move(glob.glob(os.path.join(folder, "*"))[0], path)


def by_pip(path, name, version, python, platform):
    wheel = []
    if python and platform:
        wheel = ["--implementation", "cp", "--python-version", python, "--platform", platform]
    try:
        client, url = find(name, version, wheel)
        fetch(client, url, path)
    except Exception:  # whatever pip's insides may raise: its outside is asked then
        whole(name, version, wheel, path)


def by_web(path, address):
    try:
        fetch(Web(), address, path)
    except Exception as error:
        sys.exit("%s: %s" % (address, error))


def tell(there):
    try:
        print(there, flush=True)
    except BrokenPipeError:  # whoever asked for it is gone, and the next one may be at work already
        os._exit(1)


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def main():
    path, how, *what = sys.argv[1:]
    {"pip": by_pip, "web": by_web}[how](path, *what)
    tell(size(path))


if __name__ == "__main__":
    main()
