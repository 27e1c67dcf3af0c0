"""One function for each program and format: path -> rows of values. What a
program makes of a cell is left as it is; compare.py judges it."""

import csv
import datetime as dt
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import shapely.geometry


def python_csv(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t" if path.suffix == ".tsv" else ","))


def python_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def python_ndjson(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def duck(query):
    def read(path):
        got = duckdb.sql(query.format(path=path))
        return [dict(zip(got.columns, row)) for row in got.fetchall()]
    return read


def openpyxl_xlsx(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Datos", "Diccionario"], book.sheetnames
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.b, "the header is not frozen and bold"
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row), "a text became a formula"
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row)) for row in rows]


def frame_rows(frame):
    return [{k: None if v is None or v is pandas.NaT or v != v else v for k, v in row.items()} for row in frame.astype(object).to_dict("records")]


def pandas_xlsx(path):
    return frame_rows(pandas.read_excel(path, engine="openpyxl", keep_default_na=False, na_values=[""], dtype={"codigo": str, "cuenta": str}))


def pandas_ods(path):
    return frame_rows(pandas.read_excel(path, engine="odf", keep_default_na=False, na_values=[""], dtype={"codigo": str, "cuenta": str}))


def pyarrow_parquet(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def pandas_parquet(path):
    return frame_rows(pandas.read_parquet(path, dtype_backend="pyarrow"))


def shapely_geojson(path):
    rows = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        point = shapely.geometry.shape(feature["geometry"])
        row = feature["properties"]
        assert (point.x, point.y) == (row["longitud"], row["latitud"]), "a point lies elsewhere than its row says: %s" % row
        rows.append(row)
    return rows


def libreoffice(path):
    """The sheet as LibreOffice understood it: it saves flat XML, whose cells
    have types and values."""
    out = path.parent / "libreoffice"
    subprocess.run(
        [shutil.which("soffice"), "-env:UserInstallation=file://%s" % (path.parent / "profile"), "--headless", "--convert-to", "fods", "--outdir", out, path],
        check=True, capture_output=True, timeout=600,
    )
    space = {k: "urn:oasis:names:tc:opendocument:xmlns:%s:1.0" % k for k in ("office", "table", "text")}
    name = lambda prefix, tag: "{%s}%s" % (space[prefix], tag)
    rows = []
    sheet = ET.parse(out / (path.stem + ".fods")).getroot().find(".//table:table", space)
    for row in sheet.iter(name("table", "table-row")):
        cells = []
        for cell in row.findall("table:table-cell", space):
            repeated = int(cell.get(name("table", "number-columns-repeated"), 1))
            cells += [flat_cell(cell, name)] * min(repeated, 20)
        if any(v is not None for v in cells):
            rows.append(cells)
    head, *rows = rows
    return [dict(zip(head[:13], row + [None] * 13)) for row in rows]


def flat_cell(cell, name):
    kind = cell.get(name("office", "value-type"))
    if kind is None:
        return None
    if kind == "boolean":
        return cell.get(name("office", "boolean-value")) == "true"
    if kind == "float":
        return float(cell.get(name("office", "value")))
    if kind == "date":
        value = cell.get(name("office", "date-value"))
        return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    if kind == "time":
        h, m, s = cell.get(name("office", "time-value"))[2:].replace("H", ":").replace("M", ":").rstrip("S").split(":")
        return dt.time(int(h), int(m), round(float(s)))
    return "\n".join(flat_text(p, name) for p in cell.findall(name("text", "p")))


def flat_text(node, name):
    out = node.text or ""
    for child in node:
        if child.tag == name("text", "s"):
            out += " " * int(child.get(name("text", "c"), 1))
        elif child.tag == name("text", "tab"):
            out += "\t"
        elif child.tag == name("text", "line-break"):
            out += "\n"
        else:
            out += flat_text(child, name)
        out += child.tail or ""
    return out


READERS = [
    ("csv", "Python's csv", python_csv),
    ("csv", "DuckDB", duck("select * from read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')")),
    ("tsv", "Python's csv", python_csv),
    ("json", "Python's json", python_json),
    ("json", "DuckDB", duck("select * from read_json('{path}', columns={{codigo:'VARCHAR',cuenta:'VARCHAR',nombre:'VARCHAR',personas:'BIGINT',monto:'DOUBLE',tasa:'DOUBLE',"
                            "activo:'BOOLEAN',fecha:'DATE',momento:'TIMESTAMP',hora:'TIME',anio:'INTEGER',latitud:'DOUBLE',longitud:'DOUBLE'}})")),
    ("ndjson", "Python's json", python_ndjson),
    ("xlsx", "openpyxl", openpyxl_xlsx),
    ("xlsx", "pandas", pandas_xlsx),
    ("xlsx", "LibreOffice", libreoffice),
    ("ods", "pandas with odfpy", pandas_ods),
    ("ods", "LibreOffice", libreoffice),
    ("parquet", "pyarrow", pyarrow_parquet),
    ("parquet", "DuckDB", duck("select * from read_parquet('{path}')")),
    ("parquet", "pandas", pandas_parquet),
    ("geojson", "shapely", shapely_geojson),
]
