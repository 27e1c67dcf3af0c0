"""The table that is converted: what is true of it, and its CSV as an office
would export it. Every column has values that formats tend to change."""

import csv
import datetime as dt
import random
from decimal import Decimal

COLUMNS = {
    "codigo": "text", "cuenta": "text", "nombre": "text", "personas": "integer", "monto": "number",
    "tasa": "number", "activo": "boolean", "fecha": "date", "momento": "datetime", "hora": "time",
    "anio": "year", "latitud": "number", "longitud": "number",
}

NAMES = [
    "Ñandú & Compañía", 'con "comillas", coma y <marca>', "línea 1\nlínea 2", "=1+1", "- Puente", "+51 999 888 777", "@muni",
    "  blancos  dentro ", "_x0041_", "😀 plaza", "TRUE", "1e5", "a\tb", "'apóstrofo", "nulo", "ÁÉÍÓÚ ü",
]


def rows(count, seed=7):
    """Rows of typed values; None is missing."""
    rnd = random.Random(seed)
    day = dt.date(1950, 1, 1)

    def maybe(value):
        return None if rnd.random() < 0.1 else value

    for i in range(count):
        yield {
            "codigo": "%06d" % (i % 900),
            "cuenta": "%018d" % rnd.randrange(10**17, 10**18),
            "nombre": NAMES[i % len(NAMES)] if i % 3 == 0 else "Obra %d" % i,
            "personas": maybe(rnd.choice([0, -1, 7, 2214494, 999999999999, rnd.randrange(10**6)])),
            "monto": maybe(Decimal(rnd.randrange(-10**9, 10**11)).scaleb(-2)),
            "tasa": maybe(Decimal(rnd.randrange(1, 10**12)).scaleb(-12)),
            "activo": rnd.random() < 0.5,
            "fecha": maybe(day + dt.timedelta(days=rnd.randrange(30000))),
            "momento": dt.datetime(2020, 1, 1) + dt.timedelta(seconds=rnd.randrange(2 * 10**8)),
            "hora": maybe((dt.datetime(2020, 1, 1) + dt.timedelta(seconds=rnd.randrange(86400))).time()),
            "anio": rnd.randrange(1990, 2030),
            "latitud": Decimal(rnd.randrange(-5499999, 3200000)).scaleb(-5),
            "longitud": Decimal(rnd.randrange(-11799999, -3400000)).scaleb(-5),
        }


def text(value):
    """A value as the CSV that is converted has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def write_source(path, table):
    """Semicolons and decimal commas in Windows-1252 would lose the emoji: UTF-8."""
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, delimiter=";")
        out.writerow(["Código", "Cuenta", "Nombre", "Personas", "Monto", "Tasa", "Activo", "Fecha", "Momento", "Hora", "Año", "Latitud", "Longitud"])
        for row in table:
            out.writerow([text(v) for v in row.values()])
