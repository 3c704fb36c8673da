"""What the server takes while nobody asks for anything, and what the first page weighs."""

import gzip
import http.client
import re
import tempfile
import time
from pathlib import Path

from bench import setup
from bench.server import serving, tree_memory

ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def main() -> None:
    """Print memory of the whole tree, jobs inside, and the compressed size of the home page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        cookies = town.sign_in(bench.clerks[0])
        with serving(folder, workers=1, threads=2, jobs=True) as (port, pid):
            page = _get(port, "/", cookies)
            sizes = {"page": len(gzip.compress(page))}
            for path in dict.fromkeys(ASSET.findall(page.decode())):
                sizes[path] = len(gzip.compress(_get(port, path, cookies)))
            time.sleep(20)
            rss, pss = tree_memory(pid)
        print(f"at rest: {rss:.0f} MB resident, {pss:.0f} MB proportional")
        for path, size in sizes.items():
            print(f"  {size / 1000:6.1f} kB  {path}")
        print(f"first page: {sum(sizes.values()) / 1000:.1f} kB compressed")


def _get(port: int, path: str, cookies: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookies})
    content = connection.getresponse().read()
    connection.close()
    return content


if __name__ == "__main__":
    main()
