//! The Rust peer of `bench peers`: writes the cells of a workbook's first sheet
//! into a CSV file, as fast as calamine reads them: streamed from an xlsx, as a
//! range from other formats.
use calamine::{open_workbook, open_workbook_auto, Data, DataRef, Reader, Xlsx};
use std::fs::File;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    if !args[1].ends_with(".xlsx") {
        return range(&args[1], &args[2]);
    }
    let mut book: Xlsx<_> = open_workbook(&args[1])?;
    let name = book.sheet_names()[0].clone();
    let mut out = BufWriter::with_capacity(1 << 16, File::create(&args[2])?);
    let mut cells = book.worksheet_cells_reader(&name)?;
    let (mut row, mut col) = (0, 0);
    while let Some(cell) = cells.next_cell()? {
        let (r, c) = cell.get_position();
        while row < r {
            out.write_all(b"\n")?;
            row += 1;
            col = 0;
        }
        while col < c {
            out.write_all(b",")?;
            col += 1;
        }
        match cell.get_value() {
            DataRef::Int(v) => write!(out, "{v}")?,
            DataRef::Float(v) => write!(out, "{v}")?,
            DataRef::String(v) => text(&mut out, v)?,
            DataRef::SharedString(v) => text(&mut out, v)?,
            DataRef::Bool(v) => write!(out, "{v}")?,
            DataRef::DateTime(v) => write!(out, "{}", v.as_f64())?,
            DataRef::DateTimeIso(v) | DataRef::DurationIso(v) => out.write_all(v.as_bytes())?,
            DataRef::Error(v) => write!(out, "{v}")?,
            DataRef::Empty => {}
        }
    }
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Writes the first sheet of a format that calamine reads whole.
fn range(from: &str, to: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut book = open_workbook_auto(from)?;
    let name = book.sheet_names()[0].clone();
    let mut out = BufWriter::with_capacity(1 << 16, File::create(to)?);
    for row in book.worksheet_range(&name)?.rows() {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.write_all(b",")?;
            }
            match cell {
                Data::String(v) | Data::DateTimeIso(v) | Data::DurationIso(v) => text(&mut out, v)?,
                Data::Empty => {}
                other => write!(out, "{other}")?,
            }
        }
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Quotes what needs quotes.
fn text(out: &mut impl Write, s: &str) -> std::io::Result<()> {
    if !s.contains([',', '"', '\n', '\r']) {
        return out.write_all(s.as_bytes());
    }
    write!(out, "\"{}\"", s.replace('"', "\"\""))
}
