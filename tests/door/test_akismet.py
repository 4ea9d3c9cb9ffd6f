"""A service that speaks Akismet's protocol, here a server of our own that answers, is slow, drips, breaks or lies."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.checks import run_checks

from door.checking import Opinion, Submission, opinion

SUBMISSION = Submission(
    text="Cheap pills — сюда",
    kind="comment",
    name="Bo",
    email="bo@example.org",
    website="https://bo.example/",
    address="192.0.2.7",
    user_agent="Browser/1",
    page="https://questions.example/questions/1/",
)


class Service(ThreadingHTTPServer):
    daemon_threads = True
    answer = b"true"
    status = 200
    behaviour = "answers"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[dict[str, list[str]]] = []
        self.over = threading.Event()

    def handle_error(self, request, client_address) -> None:
        """Who asked has hung up, which is what is tried here."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.received.append(parse_qs(body))
        if self.server.behaviour == "hangs":
            self.server.over.wait()
            return
        if self.server.behaviour == "breaks":
            self.wfile.write(b"HTTP/1.1 20")
            return
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        if self.server.behaviour == "drips":
            while not self.server.over.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
        self.wfile.write(self.server.answer)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def service(settings):
    with Service() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SPAM_CHECKER = "door.akismet.check"
        settings.SPAM_CHECKER_TIMEOUT = 1
        settings.SPAM_CHECKER_KEY = "a key"
        settings.SPAM_CHECKER_SITE = "https://questions.example/"
        settings.SPAM_CHECKER_URL = f"http://127.0.0.1:{server.server_port}/1.1/comment-check"
        yield server
        server.over.set()
        server.shutdown()


@pytest.mark.parametrize(("answer", "means"), [(b"true", Opinion.SPAM), (b"false\n", Opinion.FINE)])
def test_the_service_is_told_and_believed(service, answer, means):
    service.answer = answer
    assert opinion(SUBMISSION) == means
    [told] = service.received
    assert told["api_key"] == ["a key"]
    assert told["comment_content"] == [SUBMISSION.text]
    assert told["comment_author_email"] == ["bo@example.org"]
    assert told["user_ip"] == ["192.0.2.7"]
    assert told["comment_type"] == ["comment"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, b"invalid"), (200, b""), (200, b"true" * 1000), (500, b"true"), (302, b"true"), (404, b"false")],
)
def test_whatever_is_no_answer_is_unsure(service, caplog, status, answer):
    service.status, service.answer = status, answer
    assert opinion(SUBMISSION) == Opinion.UNSURE
    assert len(service.received) == 1
    assert "held" in caplog.text
    assert "pills" not in caplog.text
    assert "bo@" not in caplog.text


@pytest.mark.parametrize("behaviour", ["hangs", "drips", "breaks"])
def test_a_service_in_trouble_keeps_nobody_waiting(service, settings, behaviour):
    settings.SPAM_CHECKER_TIMEOUT = 0.3
    service.behaviour = behaviour
    # The service itself goes on until the test is over.
    assert opinion(SUBMISSION) == Opinion.UNSURE


def test_a_service_that_is_not_there_is_unsure(service, settings):
    settings.SPAM_CHECKER_URL = "http://127.0.0.1:9/"
    assert opinion(SUBMISSION) == Opinion.UNSURE
    settings.SPAM_CHECKER_URL = "file:///etc/passwd"
    assert opinion(SUBMISSION) == Opinion.UNSURE


@pytest.mark.parametrize(
    ("path", "key", "wrong"),
    [
        ("", "", []),
        ("door.akismet.check", "a key", []),
        ("door.akismet.check", "", ["door.E003"]),
        ("door.akismet.nothing", "a key", ["door.E001"]),
        ("nonsense", "a key", ["door.E001"]),
        ("door.models.MAX_GUEST_NAME_LENGTH", "a key", ["door.E002"]),
    ],
)
def test_a_path_that_cannot_work_is_told_before_the_site_starts(settings, path, key, wrong):
    settings.SPAM_CHECKER, settings.SPAM_CHECKER_KEY, settings.SPAM_CHECKER_SITE = path, key, key
    assert [message.id for message in run_checks() if message.id.startswith("door.")] == wrong
