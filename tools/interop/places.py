"""Places: grids against PROJ, well-known text against shapely."""

import csv
import json
import math
import random
import subprocess

import pyproj
import shapely
import shapely.geometry

ZONES = ["12N", "14N", "16N", "17N", "17S", "18S", "19S", "20S", "21S", "23S"]
CENTIMETRE = 0.01


def convert(program, path, *flags):
    out = path.with_suffix(".geojson")
    subprocess.run([program, "convert", path, "-o", out, "--quiet", *flags], check=True)
    return json.loads(out.read_text(encoding="utf-8"))["features"]


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(head)
        out.writerows(rows)


def grid(program, folder, count=200):
    """The greatest distance from PROJ's place in metres, over all zones."""
    rnd = random.Random(3)
    farthest = 0
    geod = pyproj.Geod(ellps="WGS84")
    for zone in ZONES:
        south = zone.endswith("S")
        points = [(round(rnd.uniform(170000, 830000), 3), round(rnd.uniform(4000000, 9999000) if south else rnd.uniform(1000, 3600000), 3)) for _ in range(count)]
        path = folder / ("utm%s.csv" % zone)
        write(path, ["obra", "este", "norte"], [["Obra %d" % i, "%.3f" % e, "%.3f" % n] for i, (e, n) in enumerate(points)])
        features = convert(program, path, "--utm", zone)
        code = (32700 if south else 32600) + int(zone[:-1])
        to_degrees = pyproj.Transformer.from_crs(code, 4326, always_xy=True)
        assert len(features) == count, "%d features of %d" % (len(features), count)
        for feature, (e, n) in zip(features, points):
            lon, lat = feature["geometry"]["coordinates"]
            farthest = max(farthest, geod.inv(lon, lat, *to_degrees.transform(e, n))[2])
    return farthest, count * len(ZONES)


def shapes(program, folder, count=300):
    """Geometries that differ from shapely's reading of the same text."""
    rnd = random.Random(5)
    wanted = [shape(rnd, i) for i in range(count)]
    path = folder / "wkt.csv"
    write(path, ["obra", "geometria"], [["Obra %d" % i, g.wkt] for i, g in enumerate(wanted)])
    wrong = []
    for feature, want in zip(convert(program, path), wanted):
        got = shapely.geometry.shape(feature["geometry"])
        if got.geom_type != want.geom_type or not got.normalize().equals_exact(want.normalize(), 0):
            wrong.append("%s instead of %s" % (got.wkt, want.wkt))
        for polygon in getattr(got, "geoms", [got]):
            if polygon.geom_type == "Polygon" and (not polygon.exterior.is_ccw or any(r.is_ccw for r in polygon.interiors)):
                wrong.append("rings of %s turn the wrong way" % polygon.wkt)
    return wrong, count


def shape(rnd, i):
    x, y = round(rnd.uniform(-90, -40), 5), round(rnd.uniform(-50, 25), 5)

    def ring(radius, corners, clockwise):
        turn = -1 if clockwise else 1
        return [(round(x + radius * math.cos(turn * k * 2 * math.pi / corners), 6), round(y + radius * math.sin(turn * k * 2 * math.pi / corners), 6)) for k in range(corners)]

    clockwise = bool(i & 1)
    polygon = shapely.Polygon(ring(1, 7, clockwise), [ring(0.3, 5, clockwise)])
    line = shapely.LineString(ring(0.5, 6, clockwise))
    return [
        shapely.Point(x, y), shapely.Point(x, y, 12.5), line, polygon, shapely.MultiPoint(ring(1, 4, clockwise)),
        shapely.MultiLineString([line.coords, ring(0.7, 3, clockwise)]),
        shapely.MultiPolygon([polygon, shapely.Polygon(ring(2, 5, clockwise), [ring(1.2, 9, clockwise)])]),
    ][i % 7]


def check(program, folder):
    """Prints what was compared and returns the number of failures."""
    distance, points = grid(program, folder)
    print("%-8s %-18s %d points of %d zones, farthest %.2g m%s" % ("geojson", "PROJ", points, len(ZONES), distance, "" if distance < CENTIMETRE else ": DIFFERS"))
    wrong, count = shapes(program, folder)
    print("%-8s %-18s %s" % ("geojson", "shapely's WKT", "%d geometries equal" % count if not wrong else "DIFFERS"))
    for line in wrong[:5]:
        print("           " + line)
    return (distance >= CENTIMETRE) + bool(wrong)
