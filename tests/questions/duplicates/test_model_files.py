"""The files of the model are checked, and their weights turned once, whole, for all processes."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from questions.duplicates import model_files
from questions.duplicates.encoder import Encoder
from questions.duplicates.model_files import SHA256, TOKENIZER, WEIGHTS, ModelError

WIDTH = 4
NAMES = ["attention.self.query", "attention.self.key", "attention.self.value", "output.dense"]


@pytest.fixture
def folder(tmp_path, weights) -> Path:
    """A folder with the files of the model, to be spoiled."""
    for name in (WEIGHTS, TOKENIZER):
        (tmp_path / name).symlink_to(weights / name)
    return tmp_path


def spoil(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


@pytest.fixture
def small(tmp_path) -> Path:
    """A folder with weights of the model's shape, but few of them."""
    tensors = {"embeddings.word_embeddings.weight": np.arange(12, dtype="f4").reshape(3, WIDTH)}
    for layer in range(model_files.LAYERS):
        for place, name in enumerate(NAMES):
            start = 1000 * layer + 100 * place
            square = np.arange(start, start + WIDTH**2, dtype="f4").reshape(WIDTH, WIDTH)
            tensors[f"encoder.layer.{layer}.{name}.weight"] = square
            tensors[f"encoder.layer.{layer}.{name}.bias"] = square[0]
    description, numbers = {}, b""
    for name, tensor in tensors.items():
        offsets = [len(numbers), len(numbers) + tensor.nbytes]
        description[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": offsets}
        numbers += tensor.tobytes()
    # One that is not made of such numbers, as the published file has.
    description["embeddings.position_ids"] = {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}
    head = json.dumps(description).encode()
    (tmp_path / WEIGHTS).write_bytes(len(head).to_bytes(8, "little") + head + numbers)
    return tmp_path


def test_the_files_of_the_model_are_in_order(folder):
    model_files.check(folder)


def test_a_missing_file_is_named(folder):
    (folder / TOKENIZER).unlink()
    with pytest.raises(ModelError, match=rf"^{folder / TOKENIZER} is missing\.$"):
        model_files.check(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nothing/model\.safetensors is missing\.$"):
        model_files.check(tmp_path / "nothing")


@pytest.mark.parametrize("size", [0, 8, 1_000_000])
def test_weights_that_were_not_loaded_to_the_end_are_damaged(folder, weights, size):
    with (weights / WEIGHTS).open("rb") as whole:
        spoil(folder / WEIGHTS, whole.read(size))
    with pytest.raises(
        ModelError, match=rf"{WEIGHTS} is damaged or another file: .*not {SHA256[WEIGHTS][:12]}"
    ):
        model_files.check(folder)


def test_the_tokenizer_of_another_model_is_not_taken(folder):
    spoil(folder / TOKENIZER, b"{}")
    with pytest.raises(ModelError, match=f"{TOKENIZER} is damaged or another file"):
        Encoder(folder, folder / "copies")
    assert not (folder / "copies").exists()


def test_a_folder_in_place_of_a_file_is_an_error_of_the_model(folder):
    (folder / WEIGHTS).unlink()
    (folder / WEIGHTS).mkdir()
    with pytest.raises(ModelError, match=rf"{WEIGHTS} cannot be read: Is a directory\.$"):
        model_files.check(folder)


def test_weights_are_turned_and_those_of_an_attention_joined(small):
    turned = model_files.turned_weights(small, small / "copies")
    joined = turned["encoder.layer.2.attention.qkv.weight"]
    assert joined.shape == (WIDTH, 3 * WIDTH)
    assert joined[1].tolist() == [2001, 2005, 2009, 2013, 2101, 2105, 2109, 2113, 2201, 2205, 2209, 2213]
    assert turned["encoder.layer.5.output.dense.weight"][0].tolist() == [5300, 5304, 5308, 5312]
    assert turned["encoder.layer.5.attention.qkv.bias"].shape == (3 * WIDTH,)
    assert turned["embeddings.word_embeddings.weight"].tolist() == np.arange(12).reshape(3, WIDTH).tolist()
    assert "embeddings.position_ids" not in turned


def test_the_copy_is_written_once_and_read_ever_after(small):
    first = model_files.turned_weights(small, small / "copies")
    [copy] = (small / "copies").iterdir()
    written = copy.stat()
    (small / WEIGHTS).unlink()
    second = model_files.turned_weights(small, small / "copies")
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert first.keys() == second.keys()
    assert all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="the kernel's list of what is mapped is Linux's"
)
def test_processes_share_the_memory_of_the_copy(small):
    turned = model_files.turned_weights(small, small / "copies")
    [copy] = (small / "copies").iterdir()
    [mapped] = [line for line in Path("/proc/self/maps").read_text().splitlines() if line.endswith(str(copy))]
    assert mapped.split()[1] == "r--s"
    assert not any(tensor.flags.writeable or tensor.flags.owndata for tensor in turned.values())


def test_a_folder_that_cannot_be_written_is_an_error_of_the_model(small):
    (small / "file").touch()
    with pytest.raises(
        ModelError, match=r"file/copies/turned-\w+\.safetensors cannot be written: Not a directory\.$"
    ):
        model_files.turned_weights(small, small / "file" / "copies")


def test_a_full_disk_leaves_no_half_copy(small):
    run = f"""
import resource, signal
from pathlib import Path
from questions.duplicates import model_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    model_files.turned_weights(Path({str(small)!r}), Path({str(small / "copies")!r}))
except model_files.ModelError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("cannot be written: File too large.\n")
    assert list((small / "copies").iterdir()) == []


def test_processes_that_start_at_once_all_get_the_weights(small):
    run = f"""
import sys
from pathlib import Path
from questions.duplicates import model_files
print("ready", flush=True)
sys.stdin.readline()
turned = model_files.turned_weights(Path({str(small)!r}), Path({str(small / "copies")!r}))
print(sum(float(tensor.sum()) for tensor in turned.values()))
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", run], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 4
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    sums = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    assert len(sums) == 1
    assert len(list((small / "copies").iterdir())) == 1
