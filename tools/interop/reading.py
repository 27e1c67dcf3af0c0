"""reading.py PROGRAM FOLDER: what the program reads of a file, cell by cell,
against what other programs read of the same file.

The files: the table of table.py as LibreOffice writes it in each of its formats,
the real xls, ods and xlsx of the corpus beside the clone, a dbf with memos by the
package dbf, json by pandas, and shapefiles by pyshp. Workbooks of up to a megabyte
are also read as SheetJS writes them, among others in xlsb and as Excel 5 did."""

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

import dbf
import dbfread
import duckdb
import pandas
import python_calamine
import shapefile
import shapely
import shapely.wkt

import table

EPOCH = dt.datetime(1899, 12, 30)
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}


def ours(program, path, *more):
    """The records of a file's first table as the program writes them, with no
    type changed, its layout first."""
    layout = json.loads(subprocess.run([program, "inspect", path, "--json"], capture_output=True, check=True).stdout)
    text = subprocess.run([program, "convert", path, "--as-is", "--to", "csv", "-o", "-", "--quiet", *more], capture_output=True, check=True).stdout
    return layout, list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))


def number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def same(got, want):
    """Whether our text is the value that another program read."""
    if want is None or want == "" or want != want:
        return got == "" or got in ERRORS  # calamine's Python package shows errors as nothing
    if isinstance(want, bool):
        return got == str(want).lower()
    if isinstance(want, (int, float)):
        n = number(got)
        if n is None:  # a date or a time whose number the other program shows
            return moment(got) is not None and abs((moment(got) - EPOCH).total_seconds() / 86400 - want) < 1e-6
        return float(n) == float(want) or abs(float(n) - want) <= abs(want) * 1e-14
    if isinstance(want, dt.timedelta):
        return got == "%d:%02d:%02d" % (want.total_seconds() // 3600, want.seconds // 60 % 60, want.seconds % 60) or moment(got) == EPOCH + want
    if isinstance(want, (dt.datetime, dt.date, dt.time)):
        m = moment(got)
        if isinstance(want, dt.datetime):
            return m is not None and abs((m - want).total_seconds()) < 1.001
        if isinstance(want, dt.time):
            return m is not None and m.time().replace(microsecond=0) == want.replace(microsecond=0)
        return m is not None and m.date() == want
    # calamine drops the tabs of an ods
    return str(want).replace("\r\n", "\n").replace("_x000D_", "") in (got, got.replace("\t", ""))


def moment(text):
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"):
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            pass
    for form in ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f"):
        try:
            return dt.datetime.combine(EPOCH.date(), dt.datetime.strptime(text, form).time())
        except ValueError:
            pass
    return None


def compare(name, reader, got, want):
    """Prints how many cells are equal, and the first that differ."""
    cells, wrong = 0, []
    if len(got) != len(want):
        wrong.append("%d rows, %s reads %d" % (len(got), reader, len(want)))
    for row, (g, w) in enumerate(zip(got, want), 1):
        for col, value in enumerate(w):
            cells += 1
            mine = g[col] if col < len(g) else ""
            if not same(mine, value):
                wrong.append("row %d, column %d: %r, %s reads %r" % (row, col + 1, mine, reader, value))
    print("%-34s %-10s %s" % (name[:34], reader, "%d cells equal" % cells if not wrong else "%d of %d DIFFER" % (len(wrong), cells)))
    for line in wrong[:4]:
        print("           " + line)
    return len(wrong)


def calamine_rows(path, layout):
    """The records of the first table, where the layout says that they are."""
    for sheet in layout["sheets"]:
        for t in sheet["tables"][:1]:
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            grid = book.get_sheet_by_name(sheet["name"]).to_python(skip_empty_area=False)
            last = max([t["data_last"], *t["totals"]]) if t["totals"] and max(t["totals"]) > t["data_last"] else t["data_last"]
            columns = [f["col"] - 1 for f in t["fields"]]
            rows = grid[t["data_first"] - 1 : last]
            return [[row[c] if c < len(row) else None for c in columns] for row in rows]
    return None


def workbooks(program, folder):
    """LibreOffice's own files, and the corpus."""
    failed = 0
    files = []
    if shutil.which("soffice"):
        source = folder / "tabla.csv"
        table.write_source(source, list(table.rows(2000)))
        book = folder / "tabla.xlsx"
        subprocess.run([program, "convert", source, "-o", book, "--quiet"], check=True)
        for to in ("xls", "ods", "fods", "xlsx:Calc MS Excel 2007 XML"):
            out = folder / ("lo-" + to.split(":")[-1].replace(" ", "").replace("/", ""))
            subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", out, book], check=True, capture_output=True)
            files += sorted(out.iterdir())
    else:
        print("LibreOffice's files are not compared: soffice is not installed")
    corpus = Path(os.environ.get("CHASQUI_SHARED", "../shared")) / "corpus" / "files"
    if corpus.is_dir():
        files += sorted(p for p in corpus.iterdir() if p.suffix in (".xls", ".ods", ".xlsx"))
    else:
        print("real sheets are not compared: there is no corpus at CHASQUI_SHARED or ../shared")
    for path in files:
        layout, got = ours(program, path)
        other = path
        if path.suffix == ".fods":  # calamine does not read it: LibreOffice's ods of the same
            other = path.parent.parent / "lo-ods" / "tabla.ods"
        failed += against_calamine(path, other, layout, got)
    return failed


def against_calamine(path, other, layout, got):
    """Compares our records of a file with calamine's of the same, or of another
    that holds the same; 1 if they differ."""
    want = calamine_rows(other, layout)
    if want is None:
        print("%-34s no table" % path.name)
        return 0
    header = any(t["header_first"] for s in layout["sheets"] for t in s["tables"][:1])
    return compare(path.name, "calamine", got[1:] if header else got, want) > 0


def rewritten(program, folder):
    """The workbooks that are here as SheetJS writes them again."""
    if not (Path(os.environ.get("NODE_PATH", "")) / "xlsx").is_dir():
        print("SheetJS's files are not compared: npm is not installed")
        return 0
    corpus = Path(os.environ.get("CHASQUI_SHARED", "../shared")) / "corpus" / "files"
    files = sorted(folder.glob("*.xlsx")) + sorted(p for p in corpus.glob("*.xls*") if p.stat().st_size < 1 << 20)
    out = folder / "sheetjs"
    out.mkdir()
    failed = 0
    for path in files:
        try:
            subprocess.run(["node", Path(__file__).with_name("sheetjs.js"), out, path], check=True, timeout=60)
        except subprocess.TimeoutExpired:
            print("%-34s SheetJS    takes more than a minute" % path.name)
            continue
        _, want = ours(program, path)
        for other in sorted(out.glob(path.name + ".*")):
            layout, got = ours(program, other)
            if other.suffix == ".xls":
                failed += against_calamine(other, other, layout, got)
                continue
            # calamine passes over most cells of these: they must read as the workbook itself
            failed += compare(other.name, path.suffix[1:], got, [[exact(text) for text in row] for row in want]) > 0
    return failed


def exact(text):
    """A text that is to come back as it is, or a number, whose last digit another
    program may round."""
    n = number(text)
    return text if n is None or text != str(n) else float(n)


def tables_of_dbase(program, folder):
    failed = 0
    for kind in ("db3", "fp", "vfp"):
        path = folder / (kind + ".dbf")
        made = dbf.Table(str(path), "codigo C(6); nombre C(30); monto N(14,2); fecha D; activo L; nota M", dbf_type=kind, codepage="cp1252")
        made.open(dbf.READ_WRITE)
        for i, row in enumerate(table.rows(500)):
            made.append((row["codigo"], "Señor Ñandú %d" % i, float(row["monto"] or 0), row["fecha"], row["activo"], "" if i % 3 else "nota larga %d " % i * 40))
        made.close()
        _, got = ours(program, path)
        want = [[None if v is None else v.strip() if isinstance(v, str) else v for v in r.values()] for r in dbfread.DBF(str(path), encoding="cp1252")]
        failed += compare(path.name, "dbfread", [[c.strip() for c in r] for r in got[1:]], want) > 0
    return failed


def records(program, folder):
    failed = 0
    frame = pandas.DataFrame([{k: str(v) if isinstance(v, (dt.date, dt.time)) else float(v) if isinstance(v, Decimal) else v for k, v in r.items()} for r in table.rows(2000)])
    for name, lines in (("tabla.json", False), ("tabla.ndjson", True)):
        path = folder / name
        frame.to_json(path, orient="records", lines=lines, force_ascii=False)
        _, got = ours(program, path)
        names = ", ".join('"%s": \'VARCHAR\'' % c if table.COLUMNS[c] in ("date", "datetime", "time", "text") else '"%s": \'%s\'' % (c, "BOOLEAN" if table.COLUMNS[c] == "boolean" else "DOUBLE") for c in frame)
        rows = duckdb.sql("select * from read_json('%s', columns={%s})" % (path, names)).fetchall()
        failed += compare(name, "DuckDB", got[1:], [list(r) for r in rows]) > 0
    return failed


def shapes(program, folder):
    failed = 0
    forms = {"puntos": shapefile.POINT, "lineas": shapefile.POLYLINE, "zonas": shapefile.POLYGON}
    for name, form in forms.items():
        base = folder / name
        with shapefile.Writer(str(base), shapeType=form, encoding="utf-8") as w:
            w.field("CODIGO", "C", 6)
            w.field("NOMBRE", "C", 30)
            for i in range(300):
                x, y = -84 + i / 1000, 9 + i / 2000
                if form == shapefile.POINT:
                    w.point(x, y)
                elif form == shapefile.POLYLINE:
                    w.line([[[x, y], [x + 0.01, y + 0.02], [x + 0.03, y]], [[x, y + 1], [x + 1, y + 1]]][: 1 + i % 2])
                else:
                    outer = [[x, y], [x, y + 1], [x + 1, y + 1], [x + 1, y], [x, y]]
                    hole = [[x + 0.2, y + 0.2], [x + 0.4, y + 0.2], [x + 0.4, y + 0.4], [x + 0.2, y + 0.4], [x + 0.2, y + 0.2]]
                    w.poly([outer, hole][: 1 + i % 2])
                w.record("%06d" % i, "Señal %d" % i)
        (folder / (name + ".prj")).write_text('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')
        archive = folder / (name + ".zip")
        subprocess.run([sys.executable, "-m", "zipfile", "-c", archive.name, *[name + e for e in (".shp", ".shx", ".dbf", ".prj", ".cpg") if (folder / (name + e)).exists()]], cwd=folder, check=True)
        _, got = ours(program, archive)
        wrong = 0
        with shapefile.Reader(str(base), encoding="utf-8") as r:
            for mine, theirs in zip(got[1:], r.shapeRecords()):
                values = dict(zip(got[0], mine))
                geometry = next(v for k, v in values.items() if k.lower() in ("geometria", "geometry", "wkt", "geom", "geometría"))
                same_place = shapely.equals(shapely.normalize(shapely.wkt.loads(geometry)), shapely.normalize(shapely.geometry.shape(theirs.shape.__geo_interface__)))
                wrong += not (same_place and list(theirs.record)[0] == values["CODIGO"] and list(theirs.record)[1] == values["NOMBRE"])
        print("%-34s %-10s %s" % (archive.name, "pyshp", "%d shapes equal" % (len(got) - 1) if not wrong and len(got) == 301 else "%d of %d DIFFER" % (wrong, len(got) - 1)))
        failed += bool(wrong) or len(got) != 301
    return failed


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]) / "reading"
    folder.mkdir(parents=True)
    failed = workbooks(program, folder) + rewritten(program, folder) + tables_of_dbase(program, folder) + records(program, folder) + shapes(program, folder)
    print("reading: %s" % ("every cell as others read it" if not failed else "%d files differ" % failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
