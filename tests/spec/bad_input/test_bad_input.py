"""What a person meets when something is wrong: one clear text, the exit code, and the last state intact.

| what is wrong                         | exit code | the text names                     |
|---------------------------------------|-----------|------------------------------------|
| the file is not there                 | 3         | the file                           |
| the folder is no project              | 3         | the folder                         |
| the layer is not in the file          | 3         | the layer and those that are there |
| blocks overlap, blocks leave a gap    | 3         | the blocks                         |
| a CSV of a kind nobody declared       | 3         | the sources that are known         |
| a CSV that breaks its declaration     | 3         | row and column                     |
| an unknown reading rule               | 2         | those that exist                   |
| areas that cannot exist               | 4         | why, in persons                    |
| a report before anything was computed | 5         | what to do first                   |
| the disk is full                      | 3         | that it is full                    |
| Ctrl-C                                | 130       | that the last state stands         |
"""

import resource
import signal
import subprocess
import sys
import time

import pyogrio
import pytest

from sozialraum.cli.commands import run
from village import draw_municipality, village_blocks


def write_layers(path, blocks, **municipality):
    pyogrio.write_dataframe(draw_municipality(**municipality), path, layer="municipalities")
    pyogrio.write_dataframe(blocks, path, layer="blocks")
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "kreis"
    assert run(["new", str(folder), "--name", "Kreis Muster"]) == 0
    return folder


@pytest.fixture
def with_blocks(folder, tmp_path):
    file = write_layers(tmp_path / "bausteine.gpkg", village_blocks())
    assert run(["blocks", "import", str(folder), str(file)]) == 0
    return folder


def refused(capsys, *arguments):
    """Exit code and text of a command that is refused; there is never a traceback."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    text = capsys.readouterr().err
    assert "Traceback" not in text
    return code, text


def test_a_file_that_is_not_there_is_named(with_blocks, tmp_path, capsys):
    code, text = refused(capsys, "deliver", with_blocks, tmp_path / "fehlt.csv")
    assert code == 3
    assert "fehlt.csv" in text


def test_a_folder_that_is_no_project_is_named(tmp_path, capsys):
    code, text = refused(capsys, "compute", tmp_path)
    assert code == 3
    assert str(tmp_path) in text or tmp_path.name in text


def test_a_layer_that_is_not_there_is_named_with_those_that_are(folder, tmp_path, capsys):
    file = write_layers(tmp_path / "bausteine.gpkg", village_blocks())
    code, text = refused(capsys, "blocks", "import", folder, file, "--layer", "bloecke")
    assert code == 3
    assert "bloecke" in text
    assert "blocks" in text


def test_blocks_that_overlap_are_named_and_nothing_is_taken_over(folder, tmp_path, capsys):
    blocks = village_blocks()
    blocks.loc[blocks["block_id"] == "05999004-A", "geometry"] = blocks.geometry.iloc[0].buffer(30, join_style="mitre")
    file = write_layers(tmp_path / "bausteine.gpkg", blocks)
    code, text = refused(capsys, "blocks", "import", folder, file)
    assert code == 3
    assert "05999004-A" in text
    assert "nichts übernommen" in text
    assert refused(capsys, "propose", folder)[0] == 3


def test_blocks_that_leave_a_gap_are_refused(folder, tmp_path, capsys):
    blocks = village_blocks()
    file = write_layers(tmp_path / "bausteine.gpkg", blocks[blocks["block_id"] != "05999004-E"])
    code, text = refused(capsys, "blocks", "import", folder, file)
    assert code == 3
    assert "Lücke" in text or "lücke" in text


def test_a_file_of_an_unknown_kind_is_refused_with_the_known_ones(with_blocks, tmp_path, capsys):
    file = tmp_path / "irgendwas.csv"
    file.write_text("Farbe;Zahl\nblau;3\n", encoding="utf-8")
    code, text = refused(capsys, "deliver", with_blocks, file)
    assert code == 3
    assert "Haushalte" in text


def test_a_csv_that_breaks_its_declaration_names_row_and_column(with_blocks, tmp_path, capsys):
    file = tmp_path / "haushalte_2025-12-31.csv"
    head = "Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende"
    rows = ["31.12.2025;05999004-A;ca. 40;10;3", "31.12.2025;05999004-Z;40;10;3"]
    file.write_text("\r\n".join([head, *rows]), encoding="cp1252")
    code, text = refused(capsys, "deliver", with_blocks, file)
    assert code == 3
    assert "Zeile 2" in text
    assert "ca. 40" in text
    assert "05999004-Z" in text


def test_an_unknown_reading_rule_is_a_wrong_call(with_blocks, tmp_path, capsys):
    file = tmp_path / "da.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    code, text = refused(capsys, "deliver", with_blocks, file, "--recipe", "unbekannt")
    assert code == 2
    assert "households" in text


def test_areas_that_cannot_exist_end_with_4_and_the_reason(with_blocks, capsys):
    code, text = refused(capsys, "propose", with_blocks, "--municipality", "05999004", "--areas", "9")
    assert code == 4
    assert "700" in text


def test_a_report_before_anything_was_computed_ends_with_5(with_blocks, capsys):
    code, text = refused(capsys, "report", with_blocks)
    assert code == 5
    assert "Rechnen Sie zuerst" in text


def test_a_full_disk_is_said_and_the_last_state_stands(with_blocks):
    """The limit on the size of files stands for a disk that is full."""
    limit = (with_blocks / "project.gpkg").stat().st_size // 2

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "sozialraum.cli", "propose", str(with_blocks)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False)
    assert done.returncode == 3, done.stderr
    assert "voll" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(["check", str(with_blocks)]) == 0
    assert run(["propose", str(with_blocks)]) == 0


def test_ctrl_c_ends_with_130_and_the_project_is_whole(tmp_path):
    folder = tmp_path / "beispiel"
    command = [sys.executable, "-m", "sozialraum.cli", "demo", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while not (folder / "project.gpkg").exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _out, text = process.communicate(timeout=60)
    assert process.returncode == 130, text
    assert "Traceback" not in text
    assert "Stand ist erhalten" in text
    assert run(["check", str(folder)]) == 0


def test_a_second_opener_is_told_who_has_the_project_open(with_blocks, capsys):
    hold = "project = Project.open(sys.argv[1], purpose='Probe'); print('offen', flush=True); time.sleep(60)"
    code = f"import sys, time; from sozialraum.project import Project; {hold}"
    holder = subprocess.Popen([sys.executable, "-c", code, str(with_blocks)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "offen"
        refusal, text = refused(capsys, "propose", with_blocks)
        assert refusal == 3
        assert str(holder.pid) in text
    finally:
        holder.kill()
        holder.wait()
    assert run(["propose", str(with_blocks)]) == 0
