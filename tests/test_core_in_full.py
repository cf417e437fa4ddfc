"""What a programme becomes, in full: every node of the core with its type and the words it stands for."""

from pathlib import Path

import pytest

import grantrules as gr
from core_in_full import in_full
from several_files import files_in
from storing import stored

FILES = sorted((Path(__file__).parent / "data" / "core").glob("*.rules"))
LIMITS = gr.Limits(diagnostics=1_000)  # Nothing uses most of the figures, which is only a warning.


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_core_of_a_programme_in_full(file):
    main, others = files_in(file.read_text(encoding="utf-8"))
    text = in_full(gr.compile(main, root=others, limits=LIMITS)._program)

    assert text == stored(f"core/{file.stem}.txt", text)
