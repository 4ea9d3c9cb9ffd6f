"""The files of the model: whether they are the right ones, and their weights as multiplying wants them.

A linear layer of a published model is stored as (outputs, inputs), with which the few word pieces of a question take
1.1 to 1.2 times as long as with (inputs, outputs) (benchmarks/encoder.py). So such a copy is made once and mapped into
memory: nothing is read at a start, and all processes of the site share one copy.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
# Of the files as published at https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LAYERS = 6

Tensors = dict[str, NDArray[np.float32]]


class ModelError(Exception):
    """The files of the model are not what they should be; the message says which, and what is wrong with it."""


def check(directory: Path) -> None:
    """Raise ModelError unless the files are there, whole, and those of the model."""
    for name, expected in SHA256.items():
        path = directory / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise ModelError(f"{path} is missing.") from None
        except OSError as error:
            raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
        if found != expected:
            raise ModelError(
                f"{path} is damaged or another file: its SHA-256 is {found[:12]}…, not {expected[:12]}…."
            )


def turned_weights(directory: Path, copies: Path) -> Tensors:
    """Return the weights of a checked directory, turned; written to the folder `copies` the first time.

    Matrices are (inputs, outputs), and the three of an attention's query, key and value are one, "qkv".
    Raises ModelError when the copy cannot be written.
    """
    path = copies / f"turned-{SHA256[WEIGHTS][:12]}.safetensors"
    try:
        if not path.exists():
            copies.mkdir(parents=True, exist_ok=True)
            _write(path, _turn(_map(directory / WEIGHTS)))
        return _map(path)
    except OSError as error:
        raise ModelError(f"{path} cannot be written: {error.strerror}.") from error


def _turn(weights: Tensors) -> Tensors:
    turned = {name: tensor for name, tensor in weights.items() if not name.startswith("encoder.")}
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        own = {name: tensor for name, tensor in weights.items() if name.startswith(layer)}
        parts = [f"{layer}attention.self.{part}" for part in ("query", "key", "value")]
        for kind in ("weight", "bias"):
            own[f"{layer}attention.qkv.{kind}"] = np.concatenate([own.pop(f"{p}.{kind}") for p in parts])
        turned |= {name: tensor.T if tensor.ndim == 2 else tensor for name, tensor in own.items()}
    return turned


def _map(path: Path) -> Tensors:
    """Return the tensors of a safetensors file (https://github.com/huggingface/safetensors) without reading them.

    Such a file is a length in 8 bytes, a description in JSON of that length, and the numbers. The package of
    that name would copy every tensor into the memory of each process.
    """
    with path.open("rb") as file:
        memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(memory[:8], "little")
    return {
        name: np.frombuffer(
            memory, np.float32, int(np.prod(tensor["shape"])), start + tensor["data_offsets"][0]
        ).reshape(tensor["shape"])
        for name, tensor in json.loads(memory[8:start]).items()
        if tensor.get("dtype") == "F32"
    }


def _write(path: Path, tensors: Mapping[str, NDArray[np.float32]]) -> None:
    """Write a safetensors file, whole or not at all, whoever else is writing it."""
    description, end = {}, 0
    for name, tensor in tensors.items():
        description[name] = {
            "dtype": "F32",
            "shape": tensor.shape,
            "data_offsets": [end, end + tensor.nbytes],
        }
        end += tensor.nbytes
    head = json.dumps(description).encode()
    head += b" " * (-(8 + len(head)) % 64)  # numbers begin where a line of the processor's cache does
    # Two processes may start at once, and in containers even with one number; each writes a file of its own,
    # and either may come last.
    unfinished = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        with unfinished.open("wb") as file:
            file.write(len(head).to_bytes(8, "little") + head)
            for tensor in tensors.values():
                file.write(np.ascontiguousarray(tensor).tobytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
