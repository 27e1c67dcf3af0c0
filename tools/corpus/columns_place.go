package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// around draws a point near lat, lon, each with so many decimals.
func around(r *rand.Rand, lat, lon float64, places int) (string, string) {
	near := func(v float64) string { return strconv.FormatFloat(v+r.Float64()/5-0.1, 'f', places, 64) }
	return near(lat), near(lon)
}

// pair writes points; LAT and LON in the form stand for the two.
func pair(lat, lon float64, places int, form string) cell {
	return func(r *rand.Rand, _ int) string {
		a, b := around(r, lat, lon, places)
		return strings.NewReplacer("LAT", a, "LON", b).Replace(form)
	}
}

// commaPair is pair with decimal commas, as a Spanish or French sheet shows it.
func commaPair(lat, lon float64, places int, form string) cell {
	return func(r *rand.Rand, _ int) string {
		a, b := around(r, lat, lon, places)
		return strings.NewReplacer("LAT", strings.Replace(a, ".", ",", 1), "LON", strings.Replace(b, ".", ",", 1)).Replace(form)
	}
}

// placeColumns are points on the earth in one cell.
func placeColumns() []column {
	return []column{
		{comma, "Coordenadas", "geopoint", pair(-34.6, -58.4, 6, "LAT, LON")},
		{comma, "Ubicación", "geopoint", pair(-31.4, -64.2, 5, "LAT,LON")},
		{comma, "Punto", "geopoint", every(4, "s/d", pair(-33.4, -70.6, 6, "LAT, LON"))},
		{comma, "GPS", "geopoint", pair(-24.8, -65.4, 7, "(LAT, LON)")},
		{comma, "Lat-Long", "geopoint", pair(4.6, -74.1, 4, "LAT LON")},
		{comma, "Georreferencia", "geopoint", commaPair(-38.7, -62.3, 5, "LAT; LON")},
		{comma, "Posición", "geopoint", pair(-27.5, -58.8, 6, "LAT;LON")},
		{point, "Coordenadas GPS", "geopoint", pair(-12.0, -77.0, 6, "LAT, LON")},
		{point, "lon_lat", "geopoint", pair(-8.1, -79.0, 5, "LON, LAT")},
		{point, "UBICACION", "geopoint", pair(19.4, -99.1, 6, "LAT,LON")},
		{point, "Geolocalización", "geopoint", pair(14.6, -90.5, 5, "[LAT, LON]")},
		{point, "Coordenada", "geopoint", every(3, "", pair(9.9, -84.1, 6, "LAT, LON"))},
		{point, "Localización", "geopoint", pair(13.7, -89.2, 8, "LAT , LON")},
		{brazil, "Coordenadas", "geopoint", pair(-23.5, -46.6, 6, "LAT, LON")},
		{brazil, "Localização", "geopoint", pair(-15.8, -47.9, 5, "LAT,LON")},
		{brazil, "Ponto GPS", "geopoint", pair(-3.1, -60.0, 6, "(LAT,LON)")},
		{brazil, "Georreferenciamento", "geopoint", pair(-22.9, -43.2, 5, "LAT LON")},
		{france, "Coordonnées", "geopoint", pair(14.6, -61.1, 6, "LAT, LON")},
		{france, "geo_point_2d", "geopoint", pair(48.9, 2.4, 13, "LAT,LON")},
		{france, "Position", "geopoint", pair(4.9, -52.3, 5, "LAT, LON")},
		{english, "Location", "geopoint", pair(17.3, -88.7, 6, "LAT, LON")},
		{english, "longitude, latitude", "geopoint", pair(10.6, -61.5, 5, "LON, LAT")},
		{english, "Point", "geopoint", pair(13.1, -59.6, 6, "[LON, LAT]")},
	}
}
