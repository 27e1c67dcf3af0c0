"""Real sheets: what openpyxl, pandas and pyarrow read of each, compared with
the ndjson of the same conversion."""

import datetime as dt
import json
import os
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas
import pyarrow.parquet

LONGEST = 20000  # rows of a sheet that is compared
LONGEST_ODS = 3000  # pandas is slow with these


def folder():
    """The corpus that lies beside the clone, or None."""
    path = Path(os.environ.get("CHASQUI_SHARED", "../shared")) / "corpus" / "files"
    return path if path.is_dir() else None


def sheet_rows(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)][1:]


def ods_rows(path):
    frame = pandas.read_excel(path, engine="odf", keep_default_na=False, na_values=[], header=None, dtype=object)
    return frame.values.tolist()[1:]


def parquet_rows(path):
    table = pyarrow.parquet.read_table(path)
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns))]


def same(want, got):
    """A schema's string may be a number, a date or a boolean in a workbook,
    which types each cell."""
    if want is None:
        return got is None or got == ""
    if isinstance(got, bool) or isinstance(want, bool):
        return str(got).lower() == str(want).lower()
    if isinstance(got, (int, float)):
        return Decimal(repr(got)) == Decimal(want)
    if isinstance(want, Decimal):
        return Decimal(got) == want
    if isinstance(got, dt.datetime):
        return want in (got.isoformat(), got.date().isoformat() if got.time() == dt.time() else None)
    if isinstance(got, (dt.date, dt.time)):
        return got.isoformat() == want
    return got == want


def compare(want, got, known=str):
    """The number of values and the differences of one file."""
    values, wrong = 0, []
    if len(got) != len(want):
        return 0, ["%d rows of %d" % (len(got), len(want))]
    for number, (w, g) in enumerate(zip(want, got), 1):
        for place, (name, value) in enumerate(w.items()):
            values += 1
            read = g[place] if place < len(g) else None
            if not same(known(value) if isinstance(value, str) else value, read):
                wrong.append("row %d, %s: %r instead of %r" % (number, name, read, value))
    return values, wrong


def check(program, work):
    """Prints what was compared and returns the number of failures."""
    source = folder()
    if source is None:
        print("real sheets are not compared: there is no corpus at CHASQUI_SHARED or ../shared")
        return 0
    failed, values, files = 0, 0, 0
    readers = [("xlsx", sheet_rows, str), ("parquet", parquet_rows, str), ("ods", ods_rows, lambda s: s.replace("\t", ""))]
    for path in sorted(source.iterdir()):
        out = work / "corpus" / path.name
        done = subprocess.run([program, "convert", path, "-o", out, "--to", "ndjson,xlsx,ods,parquet", "--json", "--lang", "en"], capture_output=True, text=True)
        if done.returncode != 0:
            print("         %s is not converted: %s" % (path.name, json.loads(done.stdout)["error"]["code"]))
            continue
        written = {f["format"]: Path(f["path"]) for f in json.loads(done.stdout)["files"]}
        with open(written["ndjson"], encoding="utf-8") as lines:
            want = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]
        files += 1
        for form, read, known in readers:
            if len(want) > (LONGEST_ODS if form == "ods" else LONGEST):
                continue
            count, wrong = compare(want, read(written[form]), known)
            values += count
            failed += bool(wrong)
            for line in wrong[:5]:
                print("         %s, %s: %s" % (path.name, form, line))
    print("corpus   %-18s %d values of %d real files equal" % ("all", values, files) if not failed else "corpus   DIFFERS in %d files" % failed)
    return failed
