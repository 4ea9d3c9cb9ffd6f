"""Whatever cannot be loaded is refused in a plain sentence, with exit status 1 and the database as it was."""

import subprocess
import sys
from pathlib import Path

import py7zr
import pytest
from django.core.management import CommandError

from tests.stackexchange import dumps
from tests.stackexchange.dumps import answer, comment, question, user

pytestmark = pytest.mark.django_db

GOOD = {
    "users": [user(7, "Ada")],
    "posts": [question(1, "What is a qubit?"), answer(2, 1)],
    "comments": [comment(10, 2, "Thanks")],
}


@pytest.fixture
def refused(import_it, count_rows, settings):
    """Import, expect to be refused, and return the message."""

    def run(path, **options) -> str:
        before = count_rows()
        with pytest.raises(CommandError) as caught:
            import_it(path, **options)
        assert caught.value.returncode == 1
        assert str(caught.value).endswith("Nothing was loaded.")
        assert count_rows() == before
        assert not list(Path(settings.VAR_DIR).glob("import-*"))
        return str(caught.value)

    return run


@pytest.fixture
def folder(tmp_path):
    return dumps.write(tmp_path / "qubits", **GOOD)


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_path_that_is_not_there(refused, tmp_path):
    assert "no such file or folder" in refused(tmp_path / "nothing")


def test_a_folder_without_posts(refused, folder):
    (folder / "Posts.xml").unlink()
    assert "there is no Posts.xml in it" in refused(folder)


def test_a_name_that_is_no_name(refused, folder):
    assert "--site" in refused(folder, site="a b/c")


@pytest.mark.parametrize("name", ["Posts.xml", "Comments.xml", "Users.xml"])
def test_a_file_that_was_cut_off(refused, folder, name):
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) * 2 // 3])
    assert name in refused(folder)


def test_a_file_that_was_cut_off_between_rows(refused, folder):
    _change(folder / "Posts.xml", "</posts>", "")
    assert "Posts.xml, line 4: the file ends in the middle. It was cut off." in refused(folder)


def test_a_file_cut_off_after_its_first_line(refused, folder):
    (folder / "Posts.xml").write_text('<?xml version="1.0" encoding="utf-8"?>\n<posts>\n')
    assert "Posts.xml, line 3" in refused(folder)


def test_xml_that_is_not_a_dump(refused, folder):
    (folder / "Posts.xml").write_text("<html><body>Not found</body></html>")
    assert "begins with <posts>, and this begins with <html>" in refused(folder)


def test_a_file_that_is_not_xml(refused, folder):
    (folder / "Posts.xml").write_text("Id,Title\n1,What is a qubit?\n")
    assert "Posts.xml, line 1: this is not XML" in refused(folder)


def test_an_empty_file(refused, folder):
    (folder / "Posts.xml").write_text("")
    assert "Posts.xml" in refused(folder)


def test_files_that_changed_places(refused, folder):
    (folder / "Users.xml").write_bytes((folder / "Posts.xml").read_bytes())
    assert "Users.xml" in refused(folder)


def test_elements_that_are_not_rows(refused, folder):
    _change(folder / "Posts.xml", "</posts>", "<row Id='9'><b/></row></posts>")
    assert "Posts.xml, line 5: there is a <b>" in refused(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('Id="2"', 'Id="two"', "Posts.xml, line 4: Id=“two” is not a number."),
        ('Id="2"', 'Id="２"', "is not a number"),
        ('Id="2"', 'Id="99999999999999999999"', "is not a number"),
        (' Id="2"', "", "Posts.xml, line 4: this row has no Id."),
        ('ParentId="1"', 'ParentId="1.5"', "Posts.xml, line 4: ParentId=“1.5” is not a number."),
        ('Score="2"', 'Score="3000000000"', "too large"),
        (dumps.DAY, "yesterday", "Posts.xml, line 3: CreationDate=“yesterday” is not a date."),
        (dumps.DAY, "2018-02-30T00:00:00", "is not a date"),
        ("What is a qubit?", "What is a &qubit;?", "Posts.xml, line 3: the file is damaged"),
        ("What is a qubit?", "What is a \x01 qubit?", "Posts.xml, line 3: the file is damaged"),
        ("What is a qubit?", "What is &#0; a qubit?", "Posts.xml, line 3: the file is damaged"),
        ("What is a qubit?", "What is < a qubit?", "Posts.xml, line 3: the file is damaged"),
        ("/>", ">", "Posts.xml, line 4: there is a <row>"),
    ],
)
def test_a_damaged_row(refused, folder, old, new, says):
    _change(folder / "Posts.xml", old, new)
    assert says in refused(folder)


def test_bytes_that_are_not_utf_8(refused, folder):
    posts = folder / "Posts.xml"
    posts.write_bytes(posts.read_bytes().replace(b"qubit?", b"qubit \xe9?"))
    assert "Posts.xml, line 3: the file is damaged" in refused(folder)


def test_another_encoding(refused, folder):
    posts = folder / "Posts.xml"
    posts.write_bytes(posts.read_text().replace("utf-8", "utf-16").encode("utf-16"))
    assert "Posts.xml, line 1: this is not XML in UTF-8" in refused(folder)


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE posts SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_of_its_own(refused, folder, dtd):
    _change(folder / "Posts.xml", "<posts>", dtd + "<posts>")
    assert "Posts.xml, line 2: a dump has no DTD and no entities of its own" in refused(folder)


def test_damage_in_the_last_file_undoes_all_before_it(refused, folder):
    _change(folder / "Comments.xml", 'PostId="2"', 'PostId="two"')
    assert "Comments.xml, line 3: PostId=“two” is not a number." in refused(folder)


def test_damage_seen_by_a_worker_process_is_told_as_well(refused, folder):
    _change(folder / "Posts.xml", 'Id="2"', 'Id="two"')
    assert "Posts.xml, line 4: Id=“two” is not a number." in refused(folder, workers=1)


def test_an_archive_as_published(import_it, folder, tmp_path, settings):
    path = tmp_path / "qubits.stackexchange.com.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
        archive.writestr("never unpacked", "Badges.xml")
    assert "Taken in from qubits:\n  1 person\n  1 question\n  1 answer\n" in import_it(path)
    assert not list(Path(settings.VAR_DIR).iterdir())


def test_an_archive_that_is_none(refused, tmp_path):
    path = tmp_path / "qubits.7z"
    path.write_text("not an archive at all")
    assert "qubits.7z: this is not a .7z file, or it is damaged" in refused(path)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_damaged_archive(refused, folder, tmp_path, at):
    path = tmp_path / "qubits.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.write(folder / "Posts.xml", "Posts.xml")
    data = bytearray(path.read_bytes())
    place = int(len(data) * at)
    data[place : place + 8] = b"\xff\x00" * 4
    path.write_bytes(data)
    assert "qubits.7z: this is not a .7z file, or it is damaged" in refused(path)


def test_an_archive_cut_off(refused, folder, tmp_path):
    path = tmp_path / "qubits.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.write(folder / "Posts.xml", "Posts.xml")
    path.write_bytes(path.read_bytes()[:-40])
    assert "qubits.7z: this is not a .7z file, or it is damaged" in refused(path)


def test_an_archive_without_posts(refused, folder, tmp_path):
    path = tmp_path / "qubits.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.write(folder / "Posts.xml", "elsewhere/Posts.xml")
    assert "qubits.7z: there is no Posts.xml in it" in refused(path)


@pytest.mark.parametrize("names_too", [False, True])
def test_an_encrypted_archive(refused, folder, tmp_path, names_too):
    path = tmp_path / "qubits.7z"
    with py7zr.SevenZipFile(path, "w", password="secret", header_encryption=names_too) as archive:
        archive.write(folder / "Posts.xml", "Posts.xml")
    assert "qubits.7z: the archive is encrypted." in refused(path)


def test_an_archive_with_a_link_out_of_it(refused, folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    inside = tmp_path / "Users.xml"
    inside.symlink_to(tmp_path / "secret")
    path = tmp_path / "qubits.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.write(folder / "Posts.xml", "Posts.xml")
        archive.write(inside, "Users.xml")
    assert "qubits.7z" in refused(path)


def test_the_exit_status_is_1_and_there_is_no_traceback(tmp_path):
    """From a shell; nothing is connected to before the path is looked at."""
    run = subprocess.run(
        [sys.executable, "manage.py", "import_stackexchange", str(tmp_path / "nothing"), "--skip-checks"],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "nothing: there is no such file or folder. Nothing was loaded." in run.stderr
    assert "Traceback" not in run.stderr
