"""Make the pictures of docs/screenshots from a fresh demo: `make screenshots`.

Starts a site of its own in a temporary folder, on a free port of this machine, and ends it afterwards.
Needs Chromium (the Debian package `chromium`, or the one named in CHROMIUM).
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
BIN = Path(sys.executable).parent


@contextmanager
def fresh_site() -> Iterator[tuple[str, str]]:
    """Yield the address of a site with the demo, and the demo admin's password."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        environment = os.environ | {
            "VAR_DIR": folder,
            "PORT": str(port),
            "DATABASE_URL": "",
            "WEB_CONCURRENCY": "1",
            "FIND_DUPLICATES_EVERY": "0",
        }
        for command in (["migrate", "-v0"], ["load_demo"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        free.close()
        server = subprocess.Popen(
            [BIN / "gunicorn", "--config", "gunicorn.conf.py", "qa_site.wsgi"], cwd=ROOT, env=environment
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address, Path(folder, "demo_admin_password").read_text().strip()
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own address)
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def sign_in(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("E-mail").fill("admin@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("button", name="Sign out").wait_for()


def open_question(page: Page, address: str, words: str) -> None:
    page.goto(f"{address}/search/?q={words}")
    page.locator(".question-line h2 a").first.click()


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture with few colours, which is a third of the size and looks the same."""
    few = picture.convert("RGB").quantize(colors=200, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def take(browser: Browser, address: str, password: str) -> None:
    for suffix, width, scheme in (("", 1200, "light"), ("-narrow", 360, "light"), ("-dark", 1200, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()

        def shoot(name: str, page: Page = page, suffix: str = suffix) -> None:
            keep(Image.open(io.BytesIO(page.screenshot())), f"{name}{suffix}")

        page.goto(address)
        page.reload()  # a face that came late for the first page is there for the next
        shoot("home")
        page.goto(f"{address}/ask/")
        page.get_by_label("What would you like to know?").press_sequentially(
            "my door makes a squeaking noise"
        )
        page.get_by_role("heading", name="Is this your question?").wait_for()
        shoot("ask")
        open_question(page, address, "bread dense")
        shoot("question")
        page.goto(f"{address}/search/?q=loaf heavy")
        shoot("search")
        sign_in(page, address, password)
        page.goto(f"{address}/review/duplicates/")
        page.get_by_role("button", name="Start reviewing").click()
        page.get_by_role("button", name="Skip").wait_for()
        shoot("review")
        page.get_by_role("link", name="See the page as it would be").click()
        shoot("merge-preview")
        page.goto(f"{address}/merges/")
        shoot("merges")
        page.goto(f"{address}/questions/1/history/")
        shoot("history")
        page.goto(f"{address}/statistics/")
        shoot("statistics")
        context.close()


def take_side_by_side(browser: Browser, address: str) -> None:
    """Put the question page of a small screen in the light, in the dark and in Arabic into one picture."""
    width, height, gap = 360, 800, 24
    picture = Image.new("RGB", (3 * width + 4 * gap, height + 2 * gap), "#8d8878")
    for column, (scheme, language) in enumerate((("light", "en"), ("dark", "de"), ("light", "ar"))):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
        )
        page = context.new_page()
        open_question(page, address, "bread dense")
        # A face that came late for the first page is there for the next.
        page.reload()
        shot = Image.open(io.BytesIO(page.screenshot()))
        picture.paste(shot, (gap + column * (width + gap), gap))
        context.close()
    keep(picture, "question-many")


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("No Chromium was found. Install the package chromium, or name one in CHROMIUM.")
    PICTURES.mkdir(exist_ok=True)
    with fresh_site() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, address, password)
        take_side_by_side(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
