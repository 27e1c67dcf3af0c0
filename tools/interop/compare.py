"""compare.py PROGRAM FOLDER ROWS: converts the table with the program, reads
every file with other programs and compares each value with what is true."""

import datetime as dt
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import corpus
import places
import table
from readers import READERS

FORMATS = "csv,tsv,json,ndjson,xlsx,ods,parquet,geojson"

# What a reader does to texts by itself, so that it is not held against the
# file. openpyxl leaves OOXML's escapes as they are; LibreOffice and pandas drop
# the tabs of an ods, of one that LibreOffice wrote too.
READS_AS = {
    ("xlsx", "openpyxl"): lambda s: s.replace("_x0041_", "_x005F_x0041_"),
    ("xlsx", "pandas"): lambda s: s.replace("_x0041_", "_x005F_x0041_"),
    ("ods", "pandas with odfpy"): lambda s: s.replace("\t", ""),
    ("ods", "LibreOffice"): lambda s: s.replace("\t", ""),
}
TEXT_ONLY = {"csv", "tsv"}


def same(kind, want, got, reader, form):
    if want is None:
        return got is None or got == ""
    if kind == "text":
        return isinstance(got, str) and got == READS_AS.get((form, reader), str)(want)
    if form in TEXT_ONLY:
        return got == canonical(want)
    if kind in ("integer", "year"):
        return not isinstance(got, (str, bool)) and got == want
    if kind == "number":
        return not isinstance(got, (str, bool)) and Decimal(repr(float(got))) == want
    if kind == "boolean":
        return isinstance(got, bool) and got == want
    if isinstance(got, str):  # JSON has no dates, parquet no times that pass 24 hours
        return (kind == "time" or form in ("json", "ndjson", "geojson")) and got == canonical(want)
    if kind == "date" and isinstance(got, dt.datetime):
        return got == dt.datetime.combine(want, dt.time())
    return type(want) is type(got) and got == want or kind == "datetime" and got == want


def canonical(value):
    """A value as our text formats write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def compare(form, reader, want, got):
    """The first differences, at most five."""
    wrong = []
    if len(got) != len(want):
        wrong.append("%d rows of %d" % (len(got), len(want)))
    for number, (w, g) in enumerate(zip(want, got), 1):
        for column, kind in table.COLUMNS.items():
            if column not in g:
                if w[column] is not None:
                    wrong.append("row %d: no %s" % (number, column))
            elif not same(kind, w[column], g[column], reader, form):
                wrong.append("row %d, %s: %r instead of %r" % (number, column, g[column], w[column]))
            if len(wrong) == 5:
                return wrong
    return wrong


def convert(program, source, folder):
    subprocess.run([program, "convert", source, "-o", folder, "--to", FORMATS, "--quiet"], check=True)


def main():
    program, folder, count = Path(sys.argv[1]).resolve(), Path(sys.argv[2]), int(sys.argv[3])
    truth = list(table.rows(count))
    source = folder / "tabla.csv"
    table.write_source(source, truth)
    out, again = folder / "out", folder / "again"
    convert(program, source, out)
    convert(program, source, again)
    failed = 0
    for form in FORMATS.split(","):
        same_bytes = (out / ("tabla." + form)).read_bytes() == (again / ("tabla." + form)).read_bytes()
        failed += not same_bytes
        if not same_bytes:
            print("%-8s the same table gave other bytes the second time" % form)
    for form, reader, read in READERS:
        if reader == "LibreOffice" and not shutil.which("soffice"):
            print("%-8s %-18s not run: soffice is not installed" % (form, reader))
            continue
        wrong = compare(form, reader, truth, read(out / ("tabla." + form)))
        failed += bool(wrong)
        print("%-8s %-18s %s" % (form, reader, "%d rows x %d columns equal" % (count, len(table.COLUMNS)) if not wrong else "DIFFERS"))
        for line in wrong:
            print("           " + line)
    failed += places.check(program, folder)
    failed += corpus.check(program, folder)
    print("interop: %s" % ("every value came back" if not failed else "%d comparisons failed" % failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
